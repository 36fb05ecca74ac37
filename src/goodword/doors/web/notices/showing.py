"""What a message in the outbox is about and for whom, in words and masked, in as many queries as there are kinds of things."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from goodword.base.core.masks import mask_text
from goodword.company.channels.correspondence.models import Letter
from goodword.company.channels.models import INBOX, InboundMessage, OutboxMessage
from goodword.company.channels.readers import READERS
from goodword.company.channels.staff import STAFF_WAYS
from goodword.voice.cases.models import Case

from ..templatetags.goodword_ui import t

STATES = {
    "dead": ("未送达", "Not delivered"),
    "unknown": ("结果不明", "Outcome unknown"),
    "failed": ("将重试", "To be tried again"),
}
NAMES = {
    INBOX: ("收件箱", "Inbox"),
    "robot": ("群机器人", "Group robot"),
    "webhook": ("事件推送", "Webhook"),
}
TONES = {"dead": "bad", "unknown": "warn", "failed": "info"}
MOST_SHOWN = 600


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the page."""

    row: OutboxMessage
    way: str
    state: str
    tone: str
    about: str
    path: str
    to: str
    payload: str


def shown(rows: Sequence[OutboxMessage]) -> list[Shown]:
    """The lines of these messages: two queries where letters to customers are among them."""
    letters = Letter.objects.select_related("party").in_bulk(
        [row.payload["letter"] for row in rows if "letter" in row.payload]
    )
    numbers = _numbers(letters)
    return [_line(row, letters.get(row.payload.get("letter", 0)), numbers) for row in rows]


def _numbers(letters: Mapping[int, Letter]) -> dict[Any, int]:
    cases = {letter.case_id for letter in letters.values()}
    return dict(Case.objects.filter(pk__in=cases).values_list("pk", "number")) if cases else {}


def _line(row: OutboxMessage, letter: Letter | None, numbers: Mapping[Any, int]) -> Shown:
    about, path, to = "", "", str(row.recipient.person.name) if row.recipient else ""
    if letter is not None:
        number = numbers.get(letter.case_id)
        about, to = t("给客户的信", "A letter to the customer"), str(letter.party.address)
        if number is not None:
            about, path = f"{about} · #{number}", reverse("web:case", args=[number])
    elif "type" in row.payload:
        about = str(row.payload["type"])
    elif "title_zh" in row.payload:
        about, path = t(row.payload["title_zh"], row.payload["title_en"]), row.payload["path"]
    payload = mask_text(json.dumps(row.payload, ensure_ascii=False, sort_keys=True))[:MOST_SHOWN]
    state = t(*STATES[row.state])
    return Shown(row, way_words(row.way), state, TONES[row.state], mask_text(about), path, to, payload)


def way_words(code: str) -> str:
    """The way's name; a channel to customers goes by its code."""
    if code in NAMES:
        return t(*NAMES[code])
    way = STAFF_WAYS.get(code)
    return t(way.zh, way.en) if way else code


def came_in(row: InboundMessage) -> dict[str, Any]:
    """One line of what could not be read: its reason and its outside id masked, never its words."""
    return {"row": row, "outside_id": mask_text(row.outside_id), "may_read": row.channel in READERS}
