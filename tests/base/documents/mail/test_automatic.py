"""Mails no person wrote, and those that say another one did not arrive."""

from __future__ import annotations

import pytest
from tests.base.documents.mail.letters import letter, part, several

from goodword.base.documents.mail import read

STATUS = (
    "Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; nobody@example.com\r\nAction: {action}\r\n"
    "Status: {status}\r\nDiagnostic-Code: smtp; 550 {status} no such user\r\n"
)
SENT = b"Message-ID: <m1@goodword.example>\r\nSubject: Case\r\n\r\nwords"


def report(*, action: str = "failed", status: str = "5.1.1", copy: str = "message/rfc822") -> bytes:
    return several(
        part("text/plain", "Delivery failed."),
        part("message/delivery-status", STATUS.format(action=action, status=status)),
        part(copy, SENT),
        kind="report; report-type=delivery-status",
        boundary="b2",
        From="MAILER-DAEMON@example.com",
    )


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"Auto_Submitted": "auto-replied"}, "reply"),
        ({"Auto_Submitted": "auto-generated (x)"}, "notice"),
        ({"Auto_Submitted": "no"}, ""),
        ({"X_Autoreply": "yes"}, "reply"),
        ({"X_Autorespond": ""}, "reply"),
        ({"Precedence": "bulk"}, "bulk"),
        ({"Precedence": "auto_reply"}, "reply"),
        ({"Precedence": "list"}, ""),
        ({"X_Auto_Response_Suppress": "All"}, "reply"),
        ({"Subject": "Automatic reply: Encoder"}, "reply"),
        ({"Subject": "自动回复：编码器"}, "reply"),
        ({"Subject": "=?gb2312?B?19S2r7vYuLQ6ILHgwuvG9w==?="}, "reply"),
        ({"Subject": "Out of Office Re: x"}, "reply"),
        ({"Subject": "The automatic reply is wrong"}, ""),
        ({"From": "postmaster@example.com"}, "notice"),
        ({"Subject": "Re: 自动回复不对"}, ""),
    ],
)
def test_who_wrote_it(fields, kind):
    mail = read(letter("hello", **fields))
    assert (mail.auto_kind, mail.auto) == (kind, bool(kind))


def test_a_list_is_no_machine_and_a_mail_that_goes_in_circles_is():
    assert read(letter("hello", List_Id="<x.example.com>")).is_list
    hops = b"".join(b"Received: from a by b\r\n" for _ in range(60))
    assert read(hops + letter("hello")).auto_kind == "loop"


@pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
def test_a_delivery_report_says_who_why_and_which_mail(copy):
    mail = read(report(copy=copy))
    assert mail.bounce is not None
    assert (mail.auto_kind, mail.bounce.recipient, mail.bounce.status) == (
        "bounce",
        "nobody@example.com",
        "5.1.1",
    )
    assert (mail.bounce.message_id, mail.bounce.action, mail.bounce.reason) == (
        "m1@goodword.example",
        "failed",
        "550 5.1.1 no such user",
    )


def test_a_delay_is_told_apart_and_an_arrival_is_no_bounce():
    late = read(report(action="delayed", status="4.4.7")).bounce
    assert late is not None
    assert late.action == "delayed"
    assert read(report(action="delivered", status="2.0.0")).bounce is None


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("MAILER-DAEMON@mail.example.com", "failure notice", "Hi. This is the qmail-send program at mail.example.com.\n\n<nobody@example.com>:\n550 5.1.1 unknown\n\nMessage-ID: <m1@goodword.example>"),
        ("Mail Delivery System <Mailer-Daemon@mx.example.com>", "Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\n  nobody@example.com\n    550 5.1.1 unknown\n\nMessage-Id: <m1@goodword.example>"),
        ("postmaster@qq.example.com", "系统退信", "抱歉，您的邮件被退回来了……\n收件人邮件地址（nobody@example.com）不存在\n5.1.1\nMessage-ID:\n <m1@goodword.example>"),
    ],
)  # fmt: skip
def test_reports_in_plain_words(sender, subject, text):
    bounce = read(letter(text, From=sender, Subject=subject, Content_Type="text/plain; charset=utf-8")).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.status, bounce.message_id) == (
        "nobody@example.com",
        "5.1.1",
        "m1@goodword.example",
    )


def test_a_customer_who_forwards_a_report_is_no_report():
    raw = several(part("text/plain", "Your mail came back, why?"), part("message/rfc822", report()))
    assert read(raw).bounce is None
    assert read(letter("It says: could not be delivered", Subject="Undelivered mail")).bounce is None
