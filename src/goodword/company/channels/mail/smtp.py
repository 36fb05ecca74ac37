"""A line to the SMTP server of a mailbox, logged in and bounded in time."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from .models import Mailbox
from .oauth import held_to_be_good

SENT_WITHIN = 30.0
"""Seconds for one mail from the first byte to the last answer: the outbox's lease is 45."""
CONNECTS_WITHIN = 8.0


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
            with held_to_be_good(box) as token:
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
    line = smtplib.SMTP(local_hostname=name, timeout=CONNECTS_WITHIN)
    if box.smtp_security == "tls":
        line = smtplib.SMTP_SSL(local_hostname=name, timeout=CONNECTS_WITHIN, context=context)
    line._host = box.smtp_host  # type: ignore[attr-defined]  # the name its certificate is checked against
    return line


def _cut_off(line: smtplib.SMTP) -> None:
    if line.sock is not None:
        with suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)
