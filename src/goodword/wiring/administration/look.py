"""What the company looks like: its colour and its mark, on the workbench and the public pages."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from goodword.base.core.errors import Invalid
from goodword.base.core.models import Setting
from goodword.base.core.transactions import one_fact
from goodword.base.documents.sniff import may_show, safe_name
from goodword.base.people.actors import Actor
from goodword.engine.attachments.files import measured
from goodword.engine.attachments.rules import FileRefused, check_size, check_type

from .colours import is_colour, is_readable, readable
from .facts import begin, journal
from .kinds import COLOURED, MARKED

ACCENT, MARK = "company_accent", "company_mark"
MARK_BYTES = 256 * 1024
"""A mark is drawn 32 pixels high and sent with the first page of every visit."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The company's mark: a picture a browser may show in place."""

    content: bytes
    content_type: str
    sha256: str


def accent() -> str:
    """The company's colour as `#rrggbb`; empty for the product's own. One query."""
    kept = Setting.objects.filter(name=ACCENT).values_list("value", flat=True).first()
    return kept if isinstance(kept, str) else ""


def mark() -> Mark | None:
    """The company's mark; None for the product's own. One query."""
    kept = Setting.objects.filter(name=MARK).values_list("value", flat=True).first()
    if not isinstance(kept, dict) or not kept:
        return None
    return Mark(b64decode(kept["content"]), kept["content_type"], kept["sha256"])


def colour_company(colour: str, *, by: Actor, at: datetime) -> str:
    """Give the company its colour, `#rrggbb`; empty: the product's own again.

    Effects: the setting; `company.coloured` when it differs. Raises Forbidden without settings.edit; Invalid for what
    is no colour, or could not be read on the pages' grounds (AA): the nearest shade that could is named.
    """
    by.require("settings.edit")
    wanted = colour.strip().lower()
    if wanted and not is_colour(wanted):
        raise Invalid("颜色格式不对。", "This is no colour.", fields={"accent": "如 / such as #0c6b68"})
    if wanted and not is_readable(wanted):
        near = readable(wanted)
        raise Invalid(
            "这个颜色太浅，文字看不清（对比度低于 4.5 : 1）。",
            "This colour is too light to be read (its contrast is below 4.5 : 1).",
            fields={"accent": f"可以改用 / you may take {near}"},
            cure_zh=f"可以改用同色系的 {near}。",
            cure_en=f"Take {near}, a darker shade of it.",
        )
    with one_fact():
        begin()
        if accent() != wanted:
            Setting.objects.update_or_create(name=ACCENT, defaults={"value": wanted})
            journal(COLOURED, by=by, at=at, accent=wanted)
    return wanted


def mark_company(content: bytes | BinaryIO | None, *, name: str = "", by: Actor, at: datetime) -> None:
    """Give the company its mark, a PNG, JPEG, GIF or WebP of up to 256 kB; None: the product's own again.

    Effects: the setting; `company.marked` when it differs. Raises Forbidden without settings.edit, FileRefused.
    """
    by.require("settings.edit")
    kept = _checked(content, name) if content is not None else {}
    with one_fact():
        begin()
        before = mark()
        if (before.sha256 if before else "") == kept.get("sha256", ""):
            return
        Setting.objects.update_or_create(name=MARK, defaults={"value": kept})
        told = {key: kept.get(key, "") for key in ("sha256", "content_type", "size")}
        journal(MARKED, by=by, at=at, **told)


def _checked(content: bytes | BinaryIO, name: str) -> dict[str, object]:
    with measured(content) as file:
        check_size(file.size)
        check_type(file.content_type, safe_name(name))
        if not may_show(file.content_type):
            raise FileRefused(
                "unknown",
                "标志须是 PNG、JPEG、GIF 或 WebP 图片。",
                "A mark is a PNG, JPEG, GIF or WebP picture.",
            )
        if file.size > MARK_BYTES:
            raise FileRefused("large", "标志不能超过 256 KB。", "A mark may have 256 kB at most.")
        return {
            "content": b64encode(file.copy.read()).decode(),
            "content_type": file.content_type,
            "sha256": file.sha256,
            "size": file.size,
        }
