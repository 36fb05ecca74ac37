"""A mail is handed to its mail server, at most once: what is not known to have failed is never handed over again."""

from __future__ import annotations

import smtplib
import threading
import time
from datetime import datetime
from email.message import EmailMessage

from ..ways import CannotSendError, OutcomeUnknownError
from .models import Mailbox, MailOut
from .smtp import smtp

RESTS_FOR = 60.0
"""Seconds in which a server that did not answer is not asked again by this process: a hundred letters do not wait for
it one after another."""
_resting: dict[tuple[str, int], float] = {}
_turn = threading.Lock()


class NotNowError(Exception):
    """The server was not reached, or asks to come again: the outbox tries later."""


def hand_over(
    box: Mailbox, message: EmailMessage, *, to: str, key: str, at: datetime, is_first_try: bool = True
) -> None:
    """Hand the mail over.

    key: names the mail for good. is_first_try: the first since it was queued, so that whoever sends again what was of
    unknown outcome has decided it. Effects: a row stands from the mail's last byte on until the server has refused it.
    Raises CannotSendError (refused for good), OutcomeUnknownError (cut off, now or in a try before, when the server may have
    had the whole), NotNowError (nothing was taken).
    """
    if not is_first_try and MailOut.objects.filter(key=key).exists():
        raise OutcomeUnknownError("cut off while the mail server was taking it")
    where = (box.smtp_host, box.smtp_port)
    if _resting.get(where, 0.0) > time.monotonic():
        raise NotNowError(f"{box.smtp_host} did not answer a moment ago")
    try:
        with smtp(box) as line:
            _hand(line, box, message, to=to, key=key, at=at)
    except smtplib.SMTPAuthenticationError as problem:
        _rest(where)
        raise NotNowError(f"log-in refused: {_said(problem.smtp_code, problem.smtp_error)}") from problem
    except (smtplib.SMTPException, OSError) as problem:
        _rest(where)
        raise NotNowError(f"{type(problem).__name__}: {str(problem)[:200]}") from problem


def forget_rest() -> None:
    """Ask every server again, now."""
    with _turn:
        _resting.clear()


def _rest(where: tuple[str, int]) -> None:
    with _turn:
        _resting[where] = time.monotonic() + RESTS_FOR


def _hand(
    line: smtplib.SMTP, box: Mailbox, message: EmailMessage, *, to: str, key: str, at: datetime
) -> None:
    _answered(line.mail(box.address))
    _answered(line.rcpt(to))
    _answered(line.docmd("DATA"), good=3)
    body = smtplib._quote_periods(message.as_bytes().removesuffix(b"\r\n") + b"\r\n")  # type: ignore[attr-defined]
    MailOut.objects.update_or_create(key=key, defaults={"handed_at": at})
    try:
        line.send(body + b".\r\n")
        answer = line.getreply()
    except (smtplib.SMTPException, OSError) as problem:
        raise OutcomeUnknownError(f"cut off while it was handed over: {type(problem).__name__}") from problem
    if answer[0] // 100 != 2:
        MailOut.objects.filter(key=key).delete()
        _answered(answer)


def _answered(answer: tuple[int, bytes], *, good: int = 2) -> None:
    code, said = answer
    if code // 100 == good:
        return
    if code // 100 == 5:
        raise CannotSendError(_said(code, said))
    raise NotNowError(_said(code, said))


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())[:300]}"
