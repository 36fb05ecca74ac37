"""A mail that was kept is read in the confined child and becomes part of a conversation, or is set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, InterfaceError, OperationalError

from goodword.base.core.masks import mask_email, mask_text
from goodword.base.core.transactions import one_fact
from goodword.base.documents.failures import ParseFailed
from goodword.base.documents.mail.confined import read_confined
from goodword.base.documents.mail.contents import Attachment

from ...actions.receiving import mark_failed, mark_parsed, opened
from ...correspondence.actions import heard
from ...correspondence.actions.arriving import arrive
from ...correspondence.arriving import ArrivedFile, files_laid_down, id_of
from ...correspondence.models import Letter
from ...models import InboundMessage
from ..handing_on import arrived, files_of
from ..judging import address_of, digest_of, judged, party_key
from ..models import Mailbox, MailIn
from ..threads import CHANNEL, named_in

HELD = {"stranger": "stranger"}
"""What the conversation itself holds apart, as it is noted on the mail."""


def take_in(mail: MailIn, *, at: datetime) -> MailIn:
    """Take in a mail that was kept; whatever it holds, nothing is raised but that the database is away, or
    the disk full.

    Effects in one fact: the mail's name and what became of it, and what `arrive` or a bounce does. One that cannot be
    read, or from which nothing can be made, is marked so and stays in sight.
    """
    if mail.inbound.state == "parsed" or mail.note == "too_big":
        return mail
    try:
        said, files = read_whole(mail)
    except ParseFailed as problem:
        return _unread(mail, f"{problem.zh} / {problem.en}", at=at)
    for is_last in (False, True):
        try:
            return _settled(mail, said, files, at=at)
        except (OperationalError, InterfaceError, OSError):
            raise  # no database, no room on the disk: it stays as it is and is taken in later
        except IntegrityError as problem:  # another mailbox was just taking in the same mail
            if is_last:
                return _unread(mail, type(problem).__name__, at=at)
        except Exception as problem:
            return _unread(mail, f"{type(problem).__name__}: {problem}", at=at)
    return mail


def read_whole(mail: MailIn) -> tuple[dict[str, Any], list[Attachment]]:
    """What the mail says, and its files, in characters every database takes. Raises ParseFailed."""
    said, files = read_confined(opened(mail.inbound))
    return _clean(said), [replace(file, name=_clean(file.name)) for file in files]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    return value


def take_in_waiting(box: Mailbox, *, at: datetime, limit: int = 100) -> int:
    """Take in what was kept and not read when its worker ended; how many."""
    rows = MailIn.objects.filter(mailbox=box, inbound__state="stored").exclude(note="too_big")
    waiting = list(rows.select_related("inbound", "mailbox").order_by("pk")[:limit])
    for mail in waiting:
        take_in(mail, at=at)
    return len(waiting)


def read_again(inbound: InboundMessage, at: datetime) -> MailIn:
    """Take in a mail whose reading failed, in the caller's fact. Raises Invalid where it still cannot be read."""
    mail = MailIn.objects.select_related("inbound", "mailbox").get(inbound=inbound)
    said, files = read_whole(mail)
    mail.note, mail.said = "", ""
    return _settled(mail, said, files, at=at)


def _unread(mail: MailIn, why: str, *, at: datetime) -> MailIn:
    with one_fact():
        if mark_failed(mail.inbound, error=why, at=at):
            mail.note, mail.said = "unread", mask_text(why)[:400]
            mail.save(update_fields=["note", "said"])
    return mail


def _settled(mail: MailIn, said: Mapping[str, Any], files: Sequence[Attachment], *, at: datetime) -> MailIn:
    with files_laid_down(files_of(files)) as laid, one_fact():
        if not mark_parsed(mail.inbound, at=at):
            return mail
        digest = digest_of(said)
        address = address_of(said, digest)
        mail.digest, mail.party_key = digest, party_key(address)
        mail.message_id = str(said["message_id"])[:500]
        mail.references = [each[:500] for each in said["references"]][-20:]
        mail.sender = mask_email(str(said["from_email"]))[:200]
        mail.subject = mask_text(str(said["subject"]).replace("\x00", ""))[:200]
        if _is_copy(mail, digest):
            mail.note = "copy"
        elif not (said["bounce"] and _bounced(mail, said, at=at)):
            _arrive(mail, said, laid, address=address)
        mail.save()
    return mail


def _arrive(mail: MailIn, said: Mapping[str, Any], files: Sequence[ArrivedFile], *, address: str) -> None:
    found = judged(said, key=mail.party_key, at=mail.at)
    mail.note, mail.said = found.note, mask_text(found.said)[:400]
    if found.note == "own":
        return
    taken = arrive(arrived(said, files, mail, address=address))
    mail.note = mail.note or HELD.get(taken.held, "")


def _is_copy(mail: MailIn, digest: str) -> bool:
    """Give the mail its name; True where the very same came before. Another mail's Message-ID proves nothing."""
    name = id_of(mail.message_id) if mail.message_id else f"none:{digest}"
    owner = MailIn.objects.filter(name=name).exclude(pk=mail.pk).values_list("digest", flat=True).first()
    if owner is not None and owner != digest:
        name = id_of(f"{mail.message_id}#{digest}")
        owner = MailIn.objects.filter(name=name).exclude(pk=mail.pk).values_list("digest", flat=True).first()
    if owner is not None:
        return True
    mail.name = name
    return False


def _bounced(mail: MailIn, said: Mapping[str, Any], *, at: datetime) -> bool:
    """It says that a mail of ours did not arrive, or not yet; False where none of ours is meant."""
    bounce = said["bounce"]
    named = [bounce["message_id"], *reversed(said["references"]), *named_in(str(said["subject"]))]
    ours = Letter.objects.filter(channel=CHANNEL, outside_id__in=[id_of(str(each)) for each in named if each])
    letter = ours.order_by("-written_at").first()
    if letter is None:
        return False
    why = " ".join(str(bounce[name] or "") for name in ("status", "reason")).strip() or "bounced"
    mail.said = mask_text(why)[:400]
    if bounce["action"] == "delayed":
        mail.note = "delayed"
        return True
    mail.note = "bounce"
    for_good = str(bounce["status"] or "").startswith("5")
    heard.bounced(CHANNEL, letter.outside_id, why=mail.said, at=at, for_good=for_good)
    return True
