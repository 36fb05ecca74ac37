"""From a real mailbox to a case, answered, threaded, closed (issue's whole path), with dovecot and an SMTP server."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_solution, accept, find_out, finish, make_cast
from tests.company.channels.mail.writing import CUSTOMER, a_mail, a_reply
from tests.support.mail_servers import Imap, Smtp

from goodword.base.core import clock
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.correspondence.models import Letter
from goodword.company.channels.mail.models import Mailbox, MailIn
from goodword.company.channels.mail.watching import look_once
from goodword.voice.cases.actions import callback, carrying_out, closing, investigating, replying, solving
from goodword.voice.cases.actions.triaging import triage
from goodword.voice.cases.models import Case, Solution

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=2))


def looked(box: Mailbox) -> int:
    box.refresh_from_db()
    return look_once(box, now=clock.now)


def sent() -> int:
    return deliver(now=clock.now(), worker="w")


def test_a_mail_becomes_a_case_is_answered_and_the_answer_threads_until_it_is_closed(
    cast: Cast, box: Mailbox, imap: Imap, smtp: Smtp
) -> None:
    imap.put(box.address, a_mail(to=box.address, files=(("机器.png", PNG),)))
    assert looked(box) == 1
    case = Case.objects.get(channel="mail")
    assert (case.subject, case.text) == ("直播机黑屏", "直播机黑屏了，今晚要用。")
    assert case.customer is not None
    assert not any(b"Seen" in flags for flags in imap.flags(box.address))

    sent()
    [receipt] = smtp.taken
    assert receipt["To"].addresses[0].addr_spec == CUSTOMER
    assert receipt["Auto-Submitted"] == "auto-replied"
    assert f"[#{case.number}-" in receipt["Subject"]
    assert receipt["In-Reply-To"] == f"<{MailIn.objects.get().message_id}>"

    text = "工程师今晚八点前到。" + "请把设备放在一楼。" * 20
    replying.reply(case, by=cast.intake.by, at=clock.now(), text=text, purpose="progress")
    sent()
    answer = smtp.taken[1]
    assert "Auto-Submitted" not in answer
    assert answer["From"].addresses[0].addr_spec == box.address
    plain = answer.get_body(("plain",))
    assert plain is not None
    assert text in plain.get_content().replace(" \n", "")
    assert "好物租赁 · 客户服务" in plain.get_content()

    imap.put(box.address, a_reply(answer, "八点可以，谢谢。"))
    imap.put(box.address, a_reply(answer, "地址是一号楼。", drops_references=True))
    assert looked(box) == 2
    words = list(case.messages.filter(direction="in").order_by("pk").values_list("text", flat=True))
    assert words == ["直播机黑屏了，今晚要用。", "八点可以，谢谢。", "地址是一号楼。"]
    assert Case.objects.count() == 1
    sent()
    assert (len(smtp.taken), looked(box)) == (2, 0)

    offer = offered_by_mail(cast, case)
    sent()
    offered = smtp.taken[2]
    assert offered["In-Reply-To"] == f"<{MailIn.objects.latest('pk').message_id}>"
    imap.put(box.address, a_reply(offered, "同意换一台。"))
    assert looked(box) == 1
    case.refresh_from_db()
    assert case.messages.latest("pk").text == "同意换一台。"

    accepted_and_done(cast, offer.case)
    case.refresh_from_db()
    assert case.state == "done"
    callback.call_back(case, by=cast.callback.by, at=clock.now(), solved=True, satisfaction=5)
    closing.close(case, by=cast.callback.by, at=clock.now())
    imap.put(box.address, a_reply(offered, "谢谢你们！"))
    assert looked(box) == 1
    sent()
    case.refresh_from_db()
    assert (case.state, case.messages.latest("pk").text) == ("closed", "谢谢你们！")
    assert (Case.objects.count(), len(smtp.taken)) == (1, 3)
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def offered_by_mail(cast: Cast, case: Case) -> Solution:
    """Triaged, looked into, and a replacement offered in a mail."""
    technology, at = cast.department("technology"), clock.now()
    labels = {"kind": "complaint", "content": "device", "subclass": "fault", "severity": "general"}
    more = {"device_type": "摄像机", "stage": "in_use", "department": technology}
    triage(case, by=cast.intake.by, at=at, assignee=cast.engineer.account, **labels, **more)
    investigating.start(case, by=cast.engineer.by, at=at)
    find_out(cast, case, at=at)
    offer = a_solution(cast, case, at=at)
    said = "今晚给您换一台同型号的，请回复是否同意。"
    return solving.communicate(offer, by=cast.engineer.by, at=at, channel="mail", text=said)


def accepted_and_done(cast: Cast, case: Case) -> None:
    """The customer's yes, the replacement carried out."""
    at = clock.now()
    agreed = accept(cast, case, at=at)
    steps = [{"what": "送换", "owner": cast.engineer.account, "due_at": at + timedelta(hours=4)}]
    finish(cast, carrying_out.start(agreed, by=cast.engineer.by, at=at, steps=steps), at=at)
