"""The button that tries a mailbox: both directions, without taking or sending anything."""

from __future__ import annotations

import imaplib
import smtplib
from dataclasses import dataclass

from imap_tools.errors import ImapToolsError

from .imap import can_idle, imap
from .models import Mailbox
from .oauth import NoAccessError
from .smtp import smtp
from .words import TOKENS, said_of

FAILURES = (OSError, ImapToolsError, imaplib.IMAP4.error, smtplib.SMTPException, NoAccessError, *TOKENS)


@dataclass(frozen=True, slots=True)
class Tried:
    """One direction. way: imap or smtp. is_good; said: what is wrong, in both languages; mails: how many lie there."""

    way: str
    is_good: bool
    said: str = ""
    mails: int = 0
    tells: bool = False


def try_out(box: Mailbox) -> list[Tried]:
    """Log in at both servers and open the folder. Never inside a fact: it waits for them."""
    return [*([_in(box)] if box.imap_host else []), *([_out(box)] if box.smtp_host else [])]


def _in(box: Mailbox) -> Tried:
    try:
        with imap(box) as line:
            mails = int(line.folder.status(box.folder, ["MESSAGES"])["MESSAGES"])
            if box.afterwards == "move":
                line.folder.status(box.moved_to, ["MESSAGES"])
            return Tried("imap", True, mails=mails, tells=can_idle(line))
    except FAILURES as problem:
        return Tried("imap", False, said_of(problem))


def _out(box: Mailbox) -> Tried:
    try:
        with smtp(box) as line:
            code, said = line.mail(box.address)
            if code // 100 != 2:
                raise smtplib.SMTPSenderRefused(code, said, box.address)
            line.rset()
            return Tried("smtp", True)
    except FAILURES as problem:
        return Tried("smtp", False, said_of(problem))
