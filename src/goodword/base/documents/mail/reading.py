"""A mail as bytes to what it says: `read`, a pure function. Any bytes give a Mail."""

from __future__ import annotations

import html
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from goodword.base.documents.limits import Limits
from goodword.base.documents.mail import addresses, automatic, contents, dates, pages, parts, quoting, texts
from goodword.base.documents.mail.addresses import Address
from goodword.base.documents.mail.automatic import Bounce
from goodword.base.documents.mail.contents import Attachment, Piece
from goodword.base.documents.mail.headers import Header
from goodword.base.documents.mail.pages import Line

IDENTITY = re.compile(r"<\s*([^<>\s]{1,500})\s*>")
MOST_REFERENCES = 200


@dataclass(slots=True)
class Mail:
    """What a mail says. Ids are without their angle brackets; `date` is in UTC.

    reply_text: what the writer said now, quotes and signatures folded away. auto: no person wrote it; auto_kind says
    why (reply, bulk, notice, loop, bounce). is_list: it came through a mailing list. cut: it held more than is read.
    remote_pictures: how many were left out of body_html.
    """

    sender: Address
    to: list[Address]
    cc: list[Address]
    reply_to: list[Address]
    subject: str
    date: datetime | None
    message_id: str
    references: list[str]
    body_text: str
    body_html: str
    reply_text: str
    attachments: list[Attachment]
    auto_kind: str
    bounce: Bounce | None
    is_list: bool
    cut: bool
    remote_pictures: int
    others_from: list[Address] = field(default_factory=list)

    @property
    def auto(self) -> bool:
        """Whether it must not be answered automatically."""
        return bool(self.auto_kind)


def read(raw: bytes, limits: Limits | None = None) -> Mail:
    """Read a mail, however broken. Time grows with its size; what is beyond `limits` is passed over and said (cut)."""
    limits = limits or Limits()
    tree = parts.walk(raw, limits)
    header = tree.header
    found = contents.sort(tree, limits)
    body_text, body_html, reply_text, blocked = _bodies(found, limits)
    senders = _people(header, "from") or _people(header, "sender")
    sender = next((each for each in senders if each.email), senders[0] if senders else Address("", ""))
    subject = header.text("subject")
    bounce = automatic.bounce_of(tree, subject=subject, sender=sender.email, text=body_text)
    return Mail(
        sender=sender,
        to=_people(header, "to"),
        cc=_people(header, "cc"),
        reply_to=_people(header, "reply-to"),
        subject=subject,
        date=dates.parse(header.text("date")),
        message_id=_identity(header.written("message-id")),
        references=_references(header),
        body_text=body_text,
        body_html=body_html,
        reply_text=reply_text,
        attachments=found.files,
        auto_kind=automatic.kind_of(tree, subject=subject, sender=sender.email, is_bounce=bounce is not None),
        bounce=bounce,
        is_list=header.has("list-id")
        or header.has("list-post")
        or header.text("precedence").lower() == "list",
        cut=found.cut,
        remote_pictures=blocked,
        others_from=[each for each in senders if each != sender],
    )


def as_dict(mail: Mail) -> dict[str, Any]:
    """A mail as JSON says it: address fields written out and as lists of plain addresses."""
    return {
        "from": str(mail.sender),
        "from_email": mail.sender.email,
        "from_name": mail.sender.name,
        "to": _written(mail.to),
        "cc": _written(mail.cc),
        "reply_to": _written(mail.reply_to),
        "to_emails": [each.email for each in mail.to if each.email],
        "cc_emails": [each.email for each in mail.cc if each.email],
        "subject": mail.subject,
        "date": mail.date.strftime("%Y-%m-%dT%H:%M:%SZ") if mail.date else None,
        "message_id": mail.message_id,
        "references": mail.references,
        "body_text": mail.body_text,
        "body_html": mail.body_html,
        "reply_text": mail.reply_text,
        "attachments": [
            {
                "name": file.name,
                "type": file.type,
                "size": file.size,
                "sha256": file.sha256,
                "inline": file.inline,
            }
            for file in mail.attachments
        ],
        "auto": mail.auto,
        "auto_kind": mail.auto_kind,
        "bounce": asdict(mail.bounce) if mail.bounce else None,
        "list": mail.is_list,
        "remote_pictures": mail.remote_pictures,
        "cut": mail.cut,
    }


def _written(people: list[Address]) -> str:
    return ", ".join(str(each) for each in people)


def _people(header: Header, name: str) -> list[Address]:
    """Everybody in the fields of this name; some programs write several."""
    return [person for value in header.every(name) for person in addresses.parse(header.characters(value))]


def _identity(written: str) -> str:
    found = IDENTITY.search(written)
    return found[1] if found else written.strip("<> ").split(" ")[0][:500]


def _references(header: Header) -> list[str]:
    """Message ids this one answers, oldest first, In-Reply-To at the end; each once."""
    said: list[str] = []
    for name in ("references", "in-reply-to"):
        for value in header.every(name):
            written = header.characters(value)
            found = IDENTITY.findall(written)
            bare = [word for word in written.replace(",", " ").split() if "@" in word or name == "references"]
            said += found or bare
    return list(dict.fromkeys(said))[-MOST_REFERENCES:]


def _bodies(found: contents.Contents, limits: Limits) -> tuple[str, str, str, int]:
    """The whole text, the safe page, the writer's own words, how many pictures were left out."""
    spoken = [_lines(piece, limits) for piece in found.texts()]
    whole = texts.tidy("\n\n".join(texts.tidy("\n".join(line.text for line in lines)) for lines in spoken))
    folded = quoting.fold_lines([line for lines in spoken for line in (*lines, Line(""))])
    shown = found.shown()
    if len(folded) >= len(whole.strip()) and shown != found.texts():  # the text shows no quotes; the page may
        lines = [line for piece in shown for line in (*_lines(piece, limits), Line(""))]
        marked = quoting.fold_lines(lines)
        folded = marked if len(marked) < len("\n".join(line.text for line in lines).strip()) else folded
    page = "\n".join(piece.text if piece.is_page else _as_page(piece.text) for piece in shown)
    safe, blocked = pages.safe(pages.thinned(page[: limits.text_chars])) if shown else ("", 0)
    return whole, safe, folded, blocked


def _lines(piece: Piece, limits: Limits) -> list[Line]:
    if not piece.is_page:
        return [Line(line) for line in piece.text.split("\n")]
    return pages.lines(pages.thinned(piece.text[: limits.text_chars]), quoting.known().signs)


def _as_page(text: str) -> str:
    return "<p>" + html.escape(text, quote=False).replace("\n", "<br>") + "</p>"
