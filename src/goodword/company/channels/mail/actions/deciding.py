"""What a person decides about a mail that was set aside, and the sight of one as it came."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goodword.base.core.errors import Invalid, NotFound, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ...actions.receiving import mark_parsed, opened
from ...correspondence.actions import letting_in
from ...correspondence.actions.arriving import arrive
from ..handing_on import arrived, files_of
from ..judging import address_of, digest_of, party_key
from ..kinds import LET_IN, PUT_AWAY, RAW_OPENED
from ..models import MailIn, RawSight
from ..queries import ASIDE, arrival_of, known_mail
from .taking_in import HELD, read_whole

MOST_SHOWN = 200_000


def let_in(mail_id: int, *, by: Actor, at: datetime) -> UUID | None:
    """The mail becomes part of the conversation it answers, or a case; the case's id.

    Effects: as `arrive` for what no conversation had; `mail.let_in`. Raises Forbidden without cases.receive, NotFound,
    Refused when it is not set aside, Invalid where it cannot be read.
    """
    by.require("cases.receive")
    with one_fact():
        mail = _waiting(mail_id)
        said, files = read_whole(mail)
        digest = mail.digest or digest_of(said)
        address, note = address_of(said, digest), mail.note
        mail.name = mail.name or f"mail:{mail.pk}"
        held = arrival_of(mail)
        word = arrived(said, files_of(files), mail, address=address, let_in=True)
        taken = letting_in.let_in(held, word) if held is not None else arrive(word)
        mark_parsed(mail.inbound, at=at)
        mail.note, mail.digest, mail.party_key = HELD.get(taken.held, ""), digest, party_key(address)
        mail.save()
        record(LET_IN, mail.pk, by=by, at=at, facts={"case": str(taken.case_id), "note": note})
    return taken.case_id


def put_away(mail_id: int, *, by: Actor, at: datetime) -> None:
    """It leaves the list and stays kept. Effects: its row; `mail.put_away`. Raises as `let_in`."""
    by.require("cases.receive")
    with one_fact():
        mail = _waiting(mail_id)
        MailIn.objects.filter(pk=mail.pk).update(put_away_at=at, put_away_by_id=by.account_id)
        record(PUT_AWAY, mail.pk, by=by, at=at, facts={"note": mail.note})


def open_raw(mail_id: int, *, reason: str, by: Actor, at: datetime) -> str:
    """The mail's bytes as text, as they came; 200,000 characters at most.

    Effects: who and why is kept; `mail.raw_opened` names that row. Raises Forbidden without customers.reveal, NotFound,
    Invalid without a reason.
    """
    by.require("customers.reveal")
    reason = reason.replace("\x00", "").strip()[:200]
    if not reason:
        raise Invalid("请写明为什么要看。", "Say why it is needed.", fields={"reason": "必填 / required"})
    mail = known_mail(mail_id)
    if mail is None:
        raise NotFound
    with one_fact():
        kept = RawSight.objects.create(mail=mail, reason=reason, by_id=by.account_id, at=at)
        record(RAW_OPENED, mail.pk, by=by, at=at, facts={"reason_id": kept.pk})
    return opened(mail.inbound)[:MOST_SHOWN].decode("utf-8", "replace")


def _waiting(mail_id: int) -> MailIn:
    lock_subject("mail", mail_id)
    mail = known_mail(mail_id)
    if mail is None:
        raise NotFound("没有这封邮件。", "There is no such mail.")
    if mail.note not in ASIDE or mail.put_away_at is not None:
        raise Refused("这封邮件不在搁置之列。", "This mail is not set aside.")
    return mail
