"""One look into a mailbox: what is new there is kept byte for byte, and only then the pointer moves on."""

from __future__ import annotations

import imaplib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from ..actions.receiving import MOST_BYTES
from .actions.keeping import keep_mail, start_anew
from .models import Mailbox, MailIn

AT_ONCE = 100
SLACK = timedelta(minutes=5)
"""The mail server's clock may be behind ours by so much when it is said from when on mails are taken in."""
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lying:
    """A mail on the server: its number there, its size, when it came."""

    uid: int
    size: int
    came_at: datetime | None


def look(
    box: Mailbox, line: BaseMailBox, *, now: Callable[[], datetime], kept: Callable[[MailIn], object]
) -> int:
    """Keep what is new; `kept` is called with each mail once its bytes and the pointer are written. How many there were.

    Nothing is deleted on the server; marking as seen, or moving, is the mailbox's own choice.
    """
    validity = int(line.folder.status(box.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
    line.folder.set(box.folder, readonly=box.afterwards == "leave")
    if box.validity != validity:
        start_anew(box, validity)
    count = 0
    for some in _new(box, line):
        for lying in some:
            mail = _keep(box, line, lying, at=now())
            if mail is not None:
                count += 1
                kept(mail)
    return count


def _new(box: Mailbox, line: BaseMailBox) -> Iterator[list[Lying]]:
    """What lies beyond the pointer, the oldest first, by the hundred."""
    asked = f"UID {box.last_uid + 1}:*"
    if box.begins == "new" and box.last_uid == 0:
        asked += f" SINCE {(box.began_at - timedelta(days=2)).strftime('%d-%b-%Y')}"
    said = _answer(line, "SEARCH", asked)
    uids = sorted(
        int(uid) for part in said if isinstance(part, bytes) for uid in part.split() if uid.isdigit()
    )
    beyond = [uid for uid in uids if uid > box.last_uid]
    for start in range(0, len(beyond), AT_ONCE):
        some = beyond[start : start + AT_ONCE]
        lying = _facts(line, some)
        yield [lying[uid] for uid in some if uid in lying and not _is_old(box, lying[uid])]


def _facts(line: BaseMailBox, uids: list[int]) -> dict[int, Lying]:
    said = _answer(line, "FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE INTERNALDATE)")
    found = {}
    for part in said:
        text = part if isinstance(part, bytes) else b" ".join(part) if isinstance(part, tuple) else b""
        uid, size = _UID.search(text), _SIZE.search(text)
        if uid is not None:
            found[int(uid[1])] = Lying(int(uid[1]), int(size[1]) if size else 0, _came_at(text))
    return found


def _came_at(text: bytes) -> datetime | None:
    with suppress(ValueError, OverflowError):
        local = imaplib.Internaldate2tuple(text)
        if local is not None:
            return datetime.fromtimestamp(time.mktime(local), UTC)
    return None


def _is_old(box: Mailbox, lying: Lying) -> bool:
    return box.begins == "new" and lying.came_at is not None and lying.came_at < box.began_at - SLACK


def _keep(box: Mailbox, line: BaseMailBox, lying: Lying, *, at: datetime) -> MailIn | None:
    raw = None if lying.size > MOST_BYTES else _bytes(line, lying.uid, f"BODY.PEEK[]<0.{MOST_BYTES + 1}>")
    is_whole = raw is not None and len(raw) <= MOST_BYTES
    if not is_whole:
        raw = _bytes(line, lying.uid, "BODY.PEEK[HEADER]<0.524288>")
    if raw is None:  # somebody took it away meanwhile
        return None
    mail = keep_mail(box, lying.uid, raw, is_whole=is_whole, size=lying.size, at=at)
    with suppress(
        ImapToolsError, imaplib.IMAP4.error
    ):  # it is ours already; the server may keep it as it likes
        if box.afterwards == "seen":
            _answer(line, "STORE", str(lying.uid), "+FLAGS.SILENT", "(\\Seen)")
        elif box.afterwards == "move" and box.moved_to:
            line.move(str(lying.uid), box.moved_to)
    return mail


def _bytes(line: BaseMailBox, uid: int, what: str) -> bytes | None:
    for part in _answer(line, "FETCH", str(uid), f"({what})"):
        if isinstance(part, tuple) and len(part) > 1:
            return bytes(part[1])
    return None


def _answer(line: BaseMailBox, command: str, *arguments: str) -> list[object]:
    status, said = line.client.uid(command, *arguments)
    if status != "OK":
        raise imaplib.IMAP4.error(f"{command}: {said!r}"[:200])
    return list(said)
