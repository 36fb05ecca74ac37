"""What becomes of a mail once it is kept: whose conversation it is, what is set aside, what comes back undelivered."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from tests.cast import Cast, make_cast
from tests.company.channels.mail.boxes import a_box
from tests.company.channels.mail.writing import CUSTOMER, a_mail, a_reply
from tests.support.mail_servers import Smtp

from goodword.base.core import clock
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.correspondence.models import Arrival, Letter, Party
from goodword.company.channels.mail.actions.keeping import keep_mail
from goodword.company.channels.mail.actions.taking_in import take_in
from goodword.company.channels.mail.models import Mailbox, MailIn
from goodword.company.channels.mail.settings import MailRules, keep
from goodword.company.channels.models import InboundMessage, OutboxMessage
from goodword.voice.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=2))


@pytest.fixture
def out(smtp: Smtp) -> Mailbox:
    """A mailbox that sends; what comes by it is put in by hand."""
    return a_box(smtp_port=smtp.port)


def came(box: Mailbox, raw: bytes) -> MailIn:
    box.refresh_from_db()
    mail = keep_mail(box, box.last_uid + 1, raw, at=clock.now())
    return take_in(mail, at=clock.now())


def sent() -> None:
    deliver(now=clock.now(), worker="w")


def test_a_stranger_in_a_known_thread_is_held_and_no_subject_alone_threads(
    cast: Cast, out: Mailbox, smtp: Smtp
) -> None:
    first = came(out, a_mail(to=out.address))
    sent()
    stranger = came(out, a_reply(smtp.taken[0], "把押金退到这个账户。", sender="other@elsewhere.example"))
    assert stranger.note == "stranger"
    assert Arrival.objects.get(outside_id=stranger.name).held == "stranger"
    case = Case.objects.get(channel="mail")
    assert case.messages.filter(direction="in").count() == 1

    alike = came(out, a_mail("又黑屏了", to=out.address, subject="Re: 直播机黑屏"))
    guessed = came(
        out, a_mail("再说一次", to=out.address, subject=f"Re: 直播机黑屏 [#{case.number}-0123456789ab]")
    )
    assert (alike.note, guessed.note, first.note) == ("", "", "")
    assert Case.objects.filter(channel="mail").count() == 3


@pytest.mark.parametrize(
    ("sender", "headers", "note"),
    [
        ("店长 <lead@rental.example>", {}, "staff"),
        ("Boss <boss@staff.rental.example>", {}, "staff"),
        (CUSTOMER, {"Auto_Submitted": "auto-replied"}, "auto"),
        (CUSTOMER, {"Precedence": "bulk"}, "auto"),
        (CUSTOMER, {"List_Id": "<news.customer.example>"}, "auto"),
        ("", {}, "auto"),
    ],
)
def test_what_no_customer_wrote_is_set_aside_and_answered_by_nobody(
    cast: Cast, out: Mailbox, smtp: Smtp, sender: str, headers: dict[str, str], note: str
) -> None:
    keep(MailRules(domains=("rental.example",)))
    mail = came(out, a_mail(to=out.address, sender=sender, **headers))
    assert mail.note == note
    assert mail.inbound.raw
    sent()
    assert (Case.objects.filter(channel="mail").count(), smtp.taken) == (0, [])


def test_our_own_mail_that_comes_back_and_a_sender_who_never_stops_do_no_harm(
    cast: Cast, out: Mailbox, smtp: Smtp
) -> None:
    keep(MailRules(most_an_hour=3))
    came(out, a_mail(to=out.address))
    sent()
    assert came(out, smtp.taken[0].as_bytes()).note == "own"
    notes = [came(out, a_mail(f"第 {number} 封", to=out.address)).note for number in range(4)]
    assert notes == ["", "", "many", "many"]


def test_the_same_mail_by_two_mailboxes_is_one_and_another_under_its_name_is_another(
    cast: Cast, out: Mailbox
) -> None:
    other = a_box()
    raw = a_mail(to=out.address, message_id="<one@customer.example>")
    first, again = came(out, raw), came(out, raw)
    copy = came(other, b"Received: from elsewhere\r\n" + raw)
    taken_name = came(out, a_mail("别的事", to=out.address, message_id="<one@customer.example>"))
    assert (again.pk, copy.note, taken_name.note) == (first.pk, "copy", "")
    assert taken_name.name != first.name
    assert Case.objects.filter(channel="mail").count() == 2
    assert InboundMessage.objects.filter(channel="mail", state="parsed").count() == 3


def a_bounce(of: EmailMessage, *, action: str, status: str) -> bytes:
    report = (
        f"Reporting-MTA: dns; mx.customer.example\n\nFinal-Recipient: rfc822; {CUSTOMER}\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {status} mailbox unavailable\n"
    )
    raw = (
        "From: MAILER-DAEMON@mx.customer.example\nSubject: Undelivered Mail Returned to Sender\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nnot delivered\n\n"
        f"--b\nContent-Type: message/delivery-status\n\n{report}\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {of['Message-ID']}\nSubject: x\n\n--b--\n"
    )
    return raw.encode()


def test_a_bounce_fails_its_letter_for_good_and_a_delay_is_only_noted(
    cast: Cast, out: Mailbox, smtp: Smtp
) -> None:
    came(out, a_mail(to=out.address))
    sent()
    late = came(out, a_bounce(smtp.taken[0], action="delayed", status="4.4.1"))
    assert (late.note, Letter.objects.get().state) == ("delayed", "sent")
    lost = came(out, a_bounce(smtp.taken[0], action="failed", status="5.1.1"))
    letter = Letter.objects.get()
    assert (lost.note, letter.state) == ("bounce", "failed")
    assert "5.1.1" in letter.why
    party = Party.objects.get(pk=letter.party_id)
    assert party.gone_at is not None


def test_a_mail_that_cannot_be_taken_in_stays_in_sight(cast: Cast, out: Mailbox) -> None:
    mail = keep_mail(out, 5, a_mail(to=out.address), at=clock.now(), is_whole=False, size=40 * 2**20)
    assert (mail.note, "40 MB" in mail.said, mail.inbound.state) == ("too_big", True, "stored")


@pytest.mark.parametrize(
    ("said", "state", "letter"),
    [("550 5.1.1 no such user", "dead", "failed"), ("451 4.3.0 come again", "failed", "queued")],
)
def test_what_the_server_refuses_for_good_fails_and_what_it_puts_off_is_tried_again(
    cast: Cast, out: Mailbox, smtp: Smtp, said: str, state: str, letter: str
) -> None:
    smtp.refuses[CUSTOMER] = said
    came(out, a_mail(to=out.address))
    sent()
    [row] = OutboxMessage.objects.filter(way="mail")
    assert (row.state, Letter.objects.get().state) == (state, letter)
    assert said.split()[1] in row.last_error


def test_a_server_that_does_not_answer_is_asked_once_and_all_leaves_later(
    cast: Cast, out: Mailbox, smtp: Smtp
) -> None:
    from goodword.company.channels.mail.handing import forget_rest

    Mailbox.objects.filter(pk=out.pk).update(smtp_port=1)
    for number in range(3):
        came(out, a_mail(f"第 {number} 封", to=out.address, sender=f"c{number}@customer.example"))
    sent()
    waiting = OutboxMessage.objects.filter(way="mail", state="failed")
    assert sum("a moment ago" in row.last_error for row in waiting) == 2
    Mailbox.objects.filter(pk=out.pk).update(smtp_port=smtp.port)
    forget_rest()
    deliver(now=clock.now() + timedelta(minutes=2), worker="w")
    assert len(smtp.taken) == 3


def test_what_may_have_been_taken_is_not_sent_again_until_a_person_says_so(
    cast: Cast, out: Mailbox, smtp: Smtp
) -> None:
    from goodword.company.channels.actions.sending_again import send_again

    came(out, a_mail(to=out.address))
    smtp.answer = lambda _raw: "421 going down"
    sent()
    [row] = OutboxMessage.objects.filter(way="mail")
    assert row.state == "failed"  # the server said no: it has not got it
    # The worker dies after the server took it and before that is written down.
    smtp.answer = lambda _raw: "250 taken"
    from goodword.company.channels.mail.models import MailOut

    MailOut.objects.create(key=f"letter:{Letter.objects.get().pk}", handed_at=clock.now())
    deliver(now=clock.now() + timedelta(minutes=2), worker="w")
    row.refresh_from_db()
    assert (row.state, Letter.objects.get().state, smtp.taken) == ("unknown", "unknown", [])
    send_again(row, by=cast.administrator.by, at=clock.now())
    deliver(now=clock.now() + timedelta(minutes=3), worker="w")
    assert (Letter.objects.get().state, len(smtp.taken)) == ("sent", 1)


def test_a_header_cannot_be_broken_out_of() -> None:
    from goodword.company.channels.mail.composing import NotAnAddressError, Outgoing, compose

    mail = Outgoing(
        sender="a@rental.example",
        sender_name="好物\r\nBcc: x@evil.example",
        to=CUSTOMER,
        to_name='"张\n测试" <x@evil.example>',
        subject="Re: x\r\nBcc: x@evil.example\r\n\r\nbody",
        text="一行\n>二行\nFrom 三行\n" + "word " * 40,
        signature="好物",
        message_id="m1@rental.example",
        answers=["a@b", "c d\r\nBcc: x@y"],
        at=clock.now(),
    )
    raw = compose(mail).as_bytes()
    read = message_from_bytes(raw, policy=policy.default)
    assert read["Bcc"] is None
    assert [each.addr_spec for each in read["To"].addresses] == [CUSTOMER]
    assert read["References"] == "<a@b>"
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert isinstance(read, EmailMessage)
    plain = read.get_body(("plain",))
    assert plain is not None
    assert plain["Content-Type"].params["format"] == "flowed"
    assert " >二行\n From 三行\n" in plain.get_content().replace("\r\n", "\n")
    for address in ("x@y\r\nBcc: z@w", "nobody", "", "a b@c.example"):
        with pytest.raises(NotAnAddressError):
            compose(Outgoing(**{**{n: getattr(mail, n) for n in mail.__slots__}, "to": address}))
