"""Reading what a call centre sends: strict about what is used, deaf to all else. The raw message keeps the rest."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from goodword.base.core.clock import of_this_age
from goodword.base.core.errors import Invalid

from ..bodies import an_object
from .models import EVENTS

MOST_BYTES = 64 * 1024
LONGEST_RING = 3600.0
KINDS = frozenset(code for code, _ in EVENTS)
_NUMBER = re.compile(r"\+?[\d\s()*#.-]{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """One event of one call. at: by the sender's clock. number: the other side's; empty for a withheld one."""

    kind: str
    call: str
    at: datetime
    direction: str = "in"
    number: str = ""
    line: str = ""
    extension: str = ""
    recording: str = ""
    rang_for: float | None = None


def read(raw: bytes, *, sent_at: datetime) -> Told:
    """The event in a JSON object. Raises Invalid with the fields that cannot be used.

    `event`, `call`; optional `at` (ISO 8601 or seconds since 1970; else when it was sent), `direction` (in, out),
    `from`, `to`, `extension`, `recording` (http or https), `ring_seconds`.
    """
    given = an_object(raw)
    wrong: dict[str, str] = {}
    direction = given.get("direction", "in")
    if not isinstance(direction, str) or direction not in ("in", "out"):
        wrong["direction"] = "in 或 out / in or out"
    kind = given.get("event")
    if not isinstance(kind, str) or kind not in KINDS:
        wrong["event"] = "、".join(sorted(KINDS))
    ends = [_number(given, name, wrong) for name in ("from", "to")]
    other, line = ends if direction == "in" else ends[::-1]
    told = Told(
        kind=str(kind),
        call=_text(given, "call", wrong, most=110, needed=True),
        at=_moment(given.get("at"), sent_at, wrong),
        direction=str(direction),
        number=other,
        line=line,
        extension=_text(given, "extension", wrong, most=40),
        recording=_address(given, wrong),
        rang_for=_seconds(given.get("ring_seconds"), wrong),
    )
    if wrong:
        raise Invalid("话务事件无法使用。", "The call event cannot be used.", fields=wrong)
    return told


def _text(given: dict[str, Any], name: str, wrong: dict[str, str], *, most: int, needed: bool = False) -> str:
    value = given.get(name)
    if value is None:
        value = ""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**20:
        value = str(value)
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        wrong[name] = f"最多 {most} 个可见字符 / printable text, {most} at most"
        return ""
    if needed and not value.strip():
        wrong[name] = "必填 / required"
    return value.strip()


def _number(given: dict[str, Any], name: str, wrong: dict[str, str]) -> str:
    """A telephone number, or empty: withheld numbers come as words (`anonymous`, `匿名`)."""
    value = _text(given, name, wrong, most=40)
    return value if _NUMBER.fullmatch(value) else ""


def _moment(value: object, sent_at: datetime, wrong: dict[str, str]) -> datetime:
    if value is None:
        return sent_at
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            found = found if found.tzinfo else timezone.make_aware(found, timezone.get_default_timezone())
        elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            found = datetime.fromtimestamp(value, UTC)
        else:
            raise ValueError
        if of_this_age(found):
            return found.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        pass
    wrong["at"] = "ISO 8601 时间或 1970 年以来的秒数 / an ISO 8601 moment or seconds since 1970"
    return sent_at


def _seconds(value: object, wrong: dict[str, str]) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LONGEST_RING:
        return float(value)
    wrong["ring_seconds"] = "0 至 3600 / 0 to 3600"
    return None


def _address(given: dict[str, Any], wrong: dict[str, str]) -> str:
    value = _text(given, "recording", wrong, most=1000)
    try:
        parts = urlsplit(value)
        is_good = not value or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:
        is_good = False
    if not is_good:
        wrong["recording"] = "http 或 https 地址 / an http or https address"
    return value if is_good else ""
