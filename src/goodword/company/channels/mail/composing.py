"""A letter as an e-mail: headers that cannot be broken out of, text that flows, the same as a plain page beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from .flowing import as_page, flowed

MOST_REFERENCES = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_IDENTITY = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,400}")


class NotAnAddressError(Exception):
    """Nothing can be sent there."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail before it is one. answers: Message-IDs it answers, the newest last. files: (name, type, bytes).

    automatic: what Auto-Submitted says (RFC 3834), "" for what a person wrote.
    """

    sender: str
    sender_name: str
    to: str
    subject: str
    text: str
    message_id: str
    at: datetime
    to_name: str = ""
    signature: str = ""
    answers: Sequence[str] = ()
    files: Sequence[tuple[str, str, bytes]] = ()
    automatic: str = ""


def compose(mail: Outgoing) -> EmailMessage:
    """The message. Raises NotAnAddressError for a sender or a recipient that is none."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _person(mail.sender, mail.sender_name)
    message["To"] = _person(mail.to, mail.to_name)
    message["Reply-To"] = _person(mail.sender, "")
    message["Subject"] = one_line(mail.subject)[:400]
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.message_id}>"
    answers = [each for each in mail.answers if _IDENTITY.fullmatch(each)][-MOST_REFERENCES:]
    if answers:
        message["In-Reply-To"] = f"<{answers[-1]}>"
        message["References"] = " ".join(f"<{each}>" for each in answers)
    if mail.automatic:
        message["Auto-Submitted"] = mail.automatic
        message["X-Auto-Response-Suppress"] = "All"
    whole = f"{mail.text}\n\n-- \n{mail.signature}" if mail.signature.strip() else mail.text
    message.set_content(flowed(whole), charset="utf-8", cte="base64")
    message.set_param("format", "flowed")
    message.add_alternative(as_page(mail.text, mail.signature), subtype="html", charset="utf-8", cte="base64")
    for name, kind, content in mail.files:
        main, _, sub = kind.partition("/")
        message.add_attachment(
            content, maintype=main, subtype=sub or "octet-stream", filename=one_line(name)[:120]
        )
    return message


def one_line(text: str) -> str:
    """Without line breaks and control characters: nothing typed begins another header field."""
    return _CONTROL.sub(" ", text).strip()


def is_address(address: str) -> bool:
    """Whether a mail server takes it as an address."""
    return bool(_ADDRESS.fullmatch(address))


def _person(address: str, name: str) -> Address:
    if not is_address(address):
        raise NotAnAddressError
    try:
        return Address(one_line(name)[:80], addr_spec=address)
    except (ValueError, HeaderParseError) as problem:
        raise NotAnAddressError from problem
