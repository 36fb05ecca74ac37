"""A line to the IMAP server of a mailbox, with a time limit and a log-in."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from .models import Mailbox
from .oauth import held_to_be_good

ANSWERS_WITHIN = 20.0
"""Seconds a mail server may take for one answer."""
IDENTITY = '("name" "goodword" "vendor" "goodword")'
imaplib.Commands.setdefault("ID", ("AUTH", "SELECTED"))


@contextmanager
def imap(box: Mailbox) -> Iterator[BaseMailBox]:
    """Logged in, having said who we are (163 and 126 want that before a folder is opened), no folder open."""
    line = _imap_line(box)
    try:
        if box.auth == "oauth":
            with held_to_be_good(box) as token:
                line.xoauth2(box.login, token, initial_folder=None)
        elif box.login.isascii() and box.secret("password").isascii():
            line.login(box.login, box.secret("password"), initial_folder=None)
        else:
            line.login_utf8(box.login, box.secret("password"), initial_folder=None)
        if "ID" in _abilities(line):
            with suppress(imaplib.IMAP4.error):
                line.client._simple_command("ID", IDENTITY)  # imaplib knows no ID
        yield line
    finally:
        with suppress(Exception):  # whatever a server says to a farewell
            line.logout()


def can_idle(line: BaseMailBox) -> bool:
    """Whether the server tells of new mails by itself."""
    return "IDLE" in _abilities(line)


def _imap_line(box: Mailbox) -> BaseMailBox:
    where = {"host": box.imap_host, "port": box.imap_port, "timeout": ANSWERS_WITHIN}
    if box.imap_security == "tls":
        return MailBox(**where, ssl_context=ssl.create_default_context())
    if box.imap_security == "starttls":
        return MailBoxStartTls(**where, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(**where)


def _abilities(line: BaseMailBox) -> set[str]:
    _, said = line.client.capability()
    return set(
        b" ".join(part for part in said if isinstance(part, bytes)).decode("ascii", "replace").upper().split()
    )
