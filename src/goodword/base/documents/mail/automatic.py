"""Whether a person wrote a mail: absence notes, bulk, loops, and reports that another mail did not arrive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from goodword.base.documents.mail import charsets, headers
from goodword.base.documents.mail.headers import Header
from goodword.base.documents.mail.parts import Tree

REPLY, BULK, NOTICE, LOOP, BOUNCE = "reply", "bulk", "notice", "loop", "bounce"
MOST_HOPS = 50  # a mail that was handed on more often goes in circles
LOOKED_AT = 20_000  # characters of a bounce's text that are searched
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.])([45]\d\d)[ -](?=[#\dA-Za-z(])")
MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,128}@[A-Za-z0-9.-]{1,250}[A-Za-z0-9]", re.ASCII)
MESSAGE_ID = re.compile(r"^message-id:[ \t]*(?:\n[ \t]+)?<([^\s<>]{1,500})>", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail that did not arrive is told by. status: 5.1.1; message_id: of the mail that was sent.

    action: failed or delayed (it is still being tried). Empty where the report does not say.
    """

    recipient: str = ""
    status: str = ""
    action: str = "failed"
    reason: str = ""
    message_id: str = ""
    recipients: list[str] = field(default_factory=list)


@cache
def _known() -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("automatic.yaml").read_text("utf-8"))
    return said


def kind_of(tree: Tree, *, subject: str, sender: str, is_bounce: bool) -> str:
    """Why the mail counts as automatic; empty for what a person wrote."""
    header, known = tree.header, _known()
    if is_bounce:
        return BOUNCE
    if len(header.every("received")) > MOST_HOPS:
        return LOOP
    submitted = header.written("auto-submitted").lower()
    if submitted and not submitted.startswith("no"):
        return REPLY if submitted.startswith("auto-replied") else NOTICE
    precedence = header.written("precedence").lower()
    if _is_reply(header, subject, precedence):
        return REPLY
    if precedence in known["precedence"]:
        return BULK
    is_receipt = tree.options.get("report-type", "") == "disposition-notification"
    return NOTICE if is_receipt or sender.partition("@")[0].lower() in known["senders"] else ""


def _is_reply(header: Header, subject: str, precedence: str) -> bool:
    known = _known()
    return (
        subject.lower().strip().startswith(tuple(known["subjects"]))
        or (precedence in known["precedence"] and "reply" in precedence)
        or any(
            header.has(name) and header.written(name).lower().startswith(tuple(begins))
            for name, begins in known["fields"].items()
        )
    )


def bounce_of(tree: Tree, *, subject: str, sender: str, text: str) -> Bounce | None:
    """The report that another mail did not arrive, or None."""
    reports = [
        part
        for part in tree.leaves
        if part.kind in ("message/delivery-status", "message/global-delivery-status")
    ]
    said = text[:LOOKED_AT]
    failed = MAIL.findall(tree.header.text("x-failed-recipients"))
    if not reports and not failed and not _looks_like_one(tree, subject=subject, sender=sender, text=said):
        return None
    fields = [each for part in reports for each in _report(charsets.decode(part.content[: 4 * LOOKED_AT]))]
    worst = next(
        (each for each in fields if each.get("action", "failed") == "failed"), fields[0] if fields else {}
    )
    if worst.get("action") in ("delivered", "relayed", "expanded"):
        return None
    recipients = list(
        dict.fromkeys([*(each["recipient"] for each in fields if each.get("recipient")), *failed])
    )
    if not recipients:
        recipients = _named_in(said, sender)
    reason = worst.get("diagnostic") or _reason(said)
    return Bounce(
        recipient=worst.get("recipient") or (recipients[0] if recipients else ""),
        status=_status(worst.get("status", ""), reason, said),
        action="delayed" if worst.get("action") == "delayed" else "failed",
        reason=reason[:500],
        message_id=_original_id(tree, said),
        recipients=recipients[:20],
    )


def _looks_like_one(tree: Tree, *, subject: str, sender: str, text: str) -> bool:
    known = _known()
    if tree.kind == "multipart/report" and tree.options.get("report-type", "").lower() == "delivery-status":
        return True
    of_system = sender.partition("@")[0].lower() in known["senders"] or (
        tree.header.has("return-path") and tree.header.written("return-path").replace(" ", "") == "<>"
    )
    named = subject.lower().strip().startswith(tuple(known["bounce_subjects"]))
    worded = any(words in text[:2_000].lower() for words in known["bounce_texts"])
    return (of_system and (named or worded)) or (
        named and worded and (not sender or STATUS.search(text) is not None)
    )


def _report(text: str) -> list[dict[str, str]]:
    """The recipients of a delivery report, each with its fields."""
    found: list[dict[str, str]] = []
    at, data = 0, text.replace("\r\n", "\n").encode("utf-8")
    while at < len(data) and len(found) < 50:
        own, after = headers.split(data, at, len(data), most=4_000)
        recipient = own.text("final-recipient") or own.text("original-recipient")
        if recipient:
            address = MAIL.search(recipient)
            found.append(
                {
                    "recipient": address[0] if address else recipient.rpartition(";")[2].strip(),
                    "action": own.text("action").lower().split(" ")[0] or "failed",
                    "status": own.text("status"),
                    "diagnostic": own.text("diagnostic-code").partition(";")[2].strip(),
                }
            )
        at = max(after, at + 1)
    return found


def _status(named: str, reason: str, text: str) -> str:
    found = (
        STATUS.search(named)
        or STATUS.search(reason)
        or STATUS.search(text)
        or REPLY_CODE.search(reason or text)
    )
    return found[1] if found else ""


def _reason(text: str) -> str:
    """The line of a plain report that holds a code, else its first line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next(
        (line for line in lines if STATUS.search(line) or REPLY_CODE.search(line)), lines[0] if lines else ""
    )


def _named_in(text: str, sender: str) -> list[str]:
    own = sender.lower()
    named = [
        mail
        for mail in MAIL.findall(text)
        if mail.lower() != own and not mail.lower().startswith("postmaster@")
    ]
    return list(dict.fromkeys(named))[:1]


def _original_id(tree: Tree, text: str) -> str:
    """The Message-ID of the mail that came back: from its copy, its header, or what the report refers to."""
    kinds = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
    copies: Sequence[str] = [
        charsets.decode(part.content[: 4 * LOOKED_AT]) for part in tree.leaves if part.kind in kinds
    ]
    for copy in [*copies, text]:
        found = MESSAGE_ID.search(copy.replace("\r\n", "\n"))
        if found:
            return found[1]
    referred = re.search(
        r"<([^\s<>]{1,500})>", tree.header.written("in-reply-to") or tree.header.written("references")
    )
    return referred[1] if referred else ""
