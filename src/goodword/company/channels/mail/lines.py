"""Connections to a mail server: IMAP to read, SMTP to send, each with a time limit and a log-in."""

from __future__ import annotations

import imaplib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted

from .models import Mailbox
from .oauth import access_token, give_up

ANSWERS_WITHIN = 20.0
"""Seconds a mail server may take for one answer while a mailbox is read."""
SENT_WITHIN = 30.0
"""Seconds for one mail from the first byte to the last answer: the outbox's lease is 45."""
CONNECTS_WITHIN = 8.0
IDENTITY = '("name" "goodword" "vendor" "goodword")'
imaplib.Commands.setdefault("ID", ("AUTH", "SELECTED"))


@contextmanager
def imap(box: Mailbox) -> Iterator[BaseMailBox]:
    """Logged in, having said who we are (163 and 126 want that before a folder is opened), no folder open."""
    line = _imap_line(box)
    try:
        if box.auth == "oauth":
            with _held_to_be_good(box) as token:
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


@contextmanager
def smtp(box: Mailbox, *, within: float = SENT_WITHIN) -> Iterator[smtplib.SMTP]:
    """Logged in, ready for a mail; cut off when `within` seconds are over, however slowly the other side drips."""
    line = _smtp_line(box)
    timer = threading.Timer(within, _cut_off, [line])
    timer.daemon = True
    timer.start()
    try:
        line.connect(box.smtp_host, box.smtp_port)
        if line.sock is not None:
            line.sock.settimeout(within)
        if box.smtp_security == "starttls":
            line.starttls(context=ssl.create_default_context())
        line.ehlo_or_helo_if_needed()
        if box.auth == "oauth":
            with _held_to_be_good(box) as token:
                said = f"user={box.login}\x01auth=Bearer {token}\x01\x01"
                line.auth("XOAUTH2", lambda challenge=None: "" if challenge else said)
        elif box.secret("password"):
            line.login(box.login, box.secret("password"))
        yield line
    finally:
        with suppress(Exception):  # whatever a server says to a farewell
            line.quit()
        timer.cancel()
        line.close()


def _smtp_line(box: Mailbox) -> smtplib.SMTP:
    """Not connected yet, so that the whole of what is said can be bounded."""
    name, context = box.domain or "localhost", ssl.create_default_context()
    line = (
        smtplib.SMTP_SSL(local_hostname=name, timeout=CONNECTS_WITHIN, context=context)
        if box.smtp_security == "tls"
        else smtplib.SMTP(local_hostname=name, timeout=CONNECTS_WITHIN)
    )
    line._host = box.smtp_host  # type: ignore[attr-defined]  # the name its certificate is checked against
    return line


@contextmanager
def _held_to_be_good(box: Mailbox) -> Iterator[str]:
    """The access token; where the server refuses it, the next log-in gets another."""
    token = access_token(box)
    try:
        yield token
    except (imaplib.IMAP4.error, smtplib.SMTPAuthenticationError, MailboxLoginError):
        give_up(box, token)
        raise


def _cut_off(line: smtplib.SMTP) -> None:
    if line.sock is not None:
        with suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)
