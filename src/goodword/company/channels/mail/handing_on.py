"""A mail as every channel hands over what arrived: the writer's own words, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goodword.base.documents.mail.contents import Attachment

from ..correspondence.arriving import Arrived, ArrivedFile
from .models import MailIn
from .threads import CHANNEL, named_in, without_marks

LONGEST_TEXT = 20_000
CUT = "\n……（邮件很长，全文见原邮件 / the whole is in the mail）"
NO_WORDS = "（没有正文的邮件 / a mail without words）"


def arrived(
    said: Mapping[str, Any], files: Sequence[ArrivedFile], mail: MailIn, *, address: str, let_in: bool = False
) -> Arrived:
    """The mail as the channels take it. let_in: a person has looked at it and decided."""
    answers = list(reversed(said["references"]))
    return Arrived(
        CHANNEL,
        str(mail.name),
        address,
        text_of(said),
        mail.at,
        name=str(said["from_name"]),
        subject=without_marks(str(said["subject"]))[:200],
        files=tuple(files),
        answers=tuple(dict.fromkeys([*answers, *named_in(str(said["subject"]))])),
        is_talk=False,
        is_automatic=not let_in and mail.note in ("auto", "many"),
        is_forged=not let_in and mail.note == "staff",
        department=mail.mailbox.department.code if mail.mailbox.department else "",
        inbound=mail.inbound,
    )


def files_of(files: Sequence[Attachment]) -> list[ArrivedFile]:
    """What came along with a mail, as the channels take it."""
    return [ArrivedFile(file.name or "file", file.content) for file in files]


def text_of(said: Mapping[str, Any]) -> str:
    """The writer's own words; the subject where there are none."""
    text = str(said["reply_text"] or said["body_text"]).replace("\x00", "").strip()
    text = text or without_marks(str(said["subject"])).replace("\x00", "").strip() or NO_WORDS
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + CUT
