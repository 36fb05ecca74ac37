"""The channel "mail" out: which mailbox writes, what it answers, and how it is known again."""

from __future__ import annotations

from datetime import datetime

from goodword.engine.attachments.models import Attachment
from goodword.engine.attachments.queries import open_for_download
from goodword.engine.attachments.rules import MEGABYTE

from ..correspondence.carrying import Carriage, Load
from ..correspondence.models import Arrival, Letter, Party
from ..correspondence.ways import CustomerWay, LetterToSend
from ..ways import CannotSendError
from .composing import NotAnAddressError, Outgoing, compose, is_address
from .handing import hand_over
from .models import Mailbox, MailIn
from .threads import CHANNEL, mark, message_id, without_marks

NOWHERE = "没有可以发信的邮箱 / no mailbox to send from"
NOT_AN_ADDRESS = "地址无法投递 / not an address"
MOST_FILES = 18 * MEGABYTE
"""Bytes: in base64 still within what mail servers commonly take."""
CARRIES = Carriage((Load("file", frozenset(), MOST_FILES, ("文件", "files")),), together=MOST_FILES)


def senders() -> list[Mailbox]:
    """Mailboxes that can send, the one added first first."""
    return list(Mailbox.objects.filter(is_active=True).exclude(smtp_host="").order_by("pk"))


def send(letter: LetterToSend, now: datetime) -> str:
    """Send the letter; its Message-ID. Raises as a Way does."""
    mails = _answered(letter)
    box = _mailbox(mails)
    if box is None:
        raise CannotSendError(NOWHERE)
    name = letter.letter.outside_id or message_id(letter.letter, box.domain)
    mail = Outgoing(
        sender=box.address,
        sender_name=box.shown,
        to=letter.address,
        to_name=letter.party.name.clear() if letter.party.name else "",
        subject=_subject(letter),
        text=letter.text,
        signature=box.signature,
        message_id=name,
        at=letter.letter.written_at,
        answers=_references(mails),
        files=[_file(each) for each in letter.files],
        automatic="auto-replied" if letter.is_automatic else "",
    )
    try:
        message = compose(mail)
    except NotAnAddressError as problem:
        raise CannotSendError(NOT_AN_ADDRESS) from problem
    hand_over(
        box,
        message,
        to=letter.address,
        key=f"letter:{letter.letter.pk}",
        at=now,
        is_first_try=letter.attempt <= 1,
    )
    return name


def hindrance(party: Party, _now: datetime) -> str:
    """Why nothing can be sent to the party by mail now."""
    if not Mailbox.objects.filter(is_active=True).exclude(smtp_host="").exists():
        return NOWHERE
    return "" if is_address(party.address.clear()) else NOT_AN_ADDRESS


def name_before(letter: Letter) -> str:
    """The Message-ID the letter will have, whenever and however often it is tried."""
    wrote = Arrival.objects.filter(case_id=letter.case_id, party=letter.party, channel=CHANNEL, held="")
    names = wrote.order_by("-at").values_list("outside_id", flat=True)[:1]
    mail = MailIn.objects.select_related("mailbox").filter(name__in=list(names)).first()
    box = _mailbox([mail] if mail else [])
    return message_id(letter, box.domain if box else "goodword.invalid")


def _answered(letter: LetterToSend) -> list[MailIn]:
    """What the party wrote about the case, as it came, the newest last."""
    found = MailIn.objects.select_related("mailbox").filter(name__in=letter.answers)
    by_name = {mail.name: mail for mail in found}
    return [by_name[name] for name in letter.answers if name in by_name]


def _mailbox(mails: list[MailIn]) -> Mailbox | None:
    """The one the customer last wrote to; where it cannot send, another of its department, else the first that can."""
    able = senders()
    last = mails[-1].mailbox if mails else None
    if last is not None:
        able.sort(key=lambda box: (box.pk != last.pk, box.department_id != last.department_id, box.pk))
    return able[0] if able else None


def _references(mails: list[MailIn]) -> list[str]:
    if not mails:
        return []
    return [*mails[-1].references, *([mails[-1].message_id] if mails[-1].message_id else [])]


def _subject(letter: LetterToSend) -> str:
    """`Re: …` with the mark that brings the answer back where a program drops its references."""
    subject = without_marks(letter.subject).strip()
    while subject[:3].lower() in ("re:", "re：", "回复:", "回复："):
        subject = subject[3:].strip()
    return f"Re: {subject} {mark(letter.letter.case_id, letter.number)}".replace("  ", " ")


def _file(file: Attachment) -> tuple[str, str, bytes]:
    opened = open_for_download(file)
    with opened.content as content:
        return opened.name, file.content_type, content.read()


MAIL = CustomerWay(
    CHANNEL, send, hindrance, repeatable=True, name_before=name_before, carries=lambda _party, _at: CARRIES
)
"""Repeatable: a letter whose sender died is claimed again, and `handing` tells whether the server may have had it."""
