"""The channel notice (FB-2.1b): every way in which a customer reaches the company, and where that is published.

Which channels and which places there are is the regulation's (FB-2.1a, FB-2.1b); how each is reached is the company's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from goodword.engine.policy.queries import values_of

from .models import ContactPoint, Publication

CHANNELS, NOTICE = "FB-2.1a", "FB-2.1b"


@dataclass(frozen=True, slots=True)
class Line:
    """One channel of the regulation and how it is reached; `shown` is empty while the company has not said."""

    code: str
    zh: str
    en: str
    is_open: bool = False
    shown: str = ""
    note_zh: str = ""
    note_en: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The open channels in the regulation's order. version: changes whenever a word of it does; empty for no line."""

    lines: Sequence[Line]
    version: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the notice has to stand. published: when it was put there last; is_current: what stands there holds."""

    code: str
    zh: str
    en: str
    published: Publication | None
    is_current: bool


def channels(*, on: date) -> list[Line]:
    """Every channel of the regulation on that day, open or not. One query besides the clause's."""
    points = {point.code: point for point in ContactPoint.objects.all()}
    return [_line(named, points.get(named["code"])) for named in values_of(CHANNELS, on=on)["channels"]]


def called(code: str, *, on: date) -> tuple[str, str]:
    """What the regulation calls a channel or a place, in Chinese and English; the code where it knows none such."""
    named = [*values_of(CHANNELS, on=on)["channels"], *values_of(NOTICE, on=on)["places"]]
    return next(((one["zh"], one["en"]) for one in named if one["code"] == code), (code, code))


def notice_of(lines: Sequence[Line]) -> Notice:
    """What customers read: the open ones."""
    found = [line for line in lines if line.is_open]
    words = [
        [line.code, line.zh, line.en, line.shown, line.note_zh, line.note_en, line.link] for line in found
    ]
    digest = sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()
    return Notice(found, digest[:12] if found else "")


def places(notice: Notice, *, on: date) -> list[Place]:
    """Every place the regulation names, with what was put there last. One query besides the clause's."""
    last = {row.place: row for row in Publication.objects.order_by("at", "pk")}
    return [
        Place(
            named["code"],
            named["zh"],
            named["en"],
            row := last.get(named["code"]),
            row is not None and row.version == notice.version,
        )
        for named in values_of(NOTICE, on=on)["places"]
    ]


def _line(named: dict[str, str], point: ContactPoint | None) -> Line:
    if point is None:
        return Line(named["code"], named["zh"], named["en"])
    return Line(
        named["code"],
        named["zh"],
        named["en"],
        point.is_open,
        point.shown,
        point.note_zh,
        point.note_en,
        point.link,
    )
