"""JSON lines in, JSON lines out: the time library for any program, with no database and no web.

    {"id":1,"op":"due","calendar":"cn","from":"2026-02-13T17:30:00","seconds":7200,"pauses":[["…","…"]]}
    {"id":2,"op":"due","calendar":{…},"from":"…","working_days":3}
    {"id":3,"op":"elapsed","calendar":{…},"from":"…","to":"…","pauses":[]}
    {"id":4,"op":"before","calendar":{…},"from":"…","seconds":3600}
    {"id":5,"op":"open","calendar":{…},"at":"…"}
    {"id":6,"op":"periods","calendar":{…},"from":"…","to":"…"}

The calendar is a document (document.py) or "cn". A moment without an offset is by the calendar's clock (the
first reading of a repeated hour). A line that cannot be answered gives {"id":…,"error":"…"}; none stops
the run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TextIO

from goodword.base.core.errors import DomainError
from goodword.base.worktime.calendar import Calendar, compiled, second
from goodword.base.worktime.errors import WorktimeError
from goodword.base.worktime.pauses import Span, merged

_cn: list[Calendar] = []


def run(stream_in: TextIO, stream_out: TextIO) -> None:
    """Answer every line of `stream_in` on `stream_out`, in order, each as soon as it is read."""
    encoding = (getattr(stream_out, "encoding", None) or "utf-8").lower()
    encode = json.JSONEncoder(ensure_ascii=not encoding.startswith("utf"), separators=(",", ":")).encode
    # Bytes where there are any: a line that is not UTF-8 is that line's error, not the end of the run.
    lines: Iterable[str | bytes] = getattr(stream_in, "buffer", stream_in)
    for line in lines:
        if line.strip():
            text = encode(_answer_text(line))
            if not text.isascii():  # half a surrogate pair goes back out as the escape it came in as
                text = text.encode("utf-8", "backslashreplace").decode()
            stream_out.write(text + "\n")
            stream_out.flush()


def answer(line: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one request, or {"id", "error"}; never raises."""
    number = line.get("id") if isinstance(line, Mapping) else None
    try:
        if not isinstance(line, Mapping):
            raise WorktimeError("每行必须是一个 JSON 对象。", "Each line must be a JSON object.")
        operation = _OPERATIONS.get(_text(line, "op"))
        if operation is None:
            names = ", ".join(_OPERATIONS)
            raise WorktimeError(f"未知操作,应为 {names} 之一。", f"Unknown op; use one of {names}.")
        return {"id": number, **operation(_calendar(line.get("calendar")), line)}
    except DomainError as refusal:
        return {"id": number, "error": f"{refusal.zh} {refusal.en}"}
    except Exception as unforeseen:  # one line must not end a run of a million
        return {"id": number, "error": f"无法处理。 Cannot be answered: {unforeseen!r}"}


def _answer_text(line: str | bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
        request = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as broken:
        return {"id": None, "error": f"不是有效的 JSON。 Not valid JSON: {broken}"}
    return answer(request)


def _due(calendar: Calendar, line: Mapping[str, Any]) -> dict[str, Any]:
    if ("seconds" in line) == ("working_days" in line):
        raise WorktimeError(
            "due 需要 seconds 或 working_days 之一。", "due needs either seconds or working_days."
        )
    start, pauses = _moment(line, "from", calendar), _pauses(line, calendar)
    if "seconds" in line:
        due = calendar.due_s(start, _whole(line, "seconds"), pauses)
    else:
        due = calendar.due_days_s(start, _whole(line, "working_days"), pauses)
    return _moment_answer("due", due, calendar)


def _before(calendar: Calendar, line: Mapping[str, Any]) -> dict[str, Any]:
    end, pauses = _moment(line, "from", calendar), _pauses(line, calendar)
    return _moment_answer("before", calendar.before_s(end, _whole(line, "seconds"), pauses), calendar)


def _elapsed(calendar: Calendar, line: Mapping[str, Any]) -> dict[str, Any]:
    start, end = _moment(line, "from", calendar), _moment(line, "to", calendar)
    return {"seconds": calendar.elapsed_s(start, end, _pauses(line, calendar))}


def _open(calendar: Calendar, line: Mapping[str, Any]) -> dict[str, Any]:
    return {"open": calendar.open_at_s(_moment(line, "at", calendar))}


def _periods(calendar: Calendar, line: Mapping[str, Any]) -> dict[str, Any]:
    found = calendar.periods_s(_moment(line, "from", calendar), _moment(line, "to", calendar))
    return {"periods": [[_local(p, calendar).isoformat(), _local(q, calendar).isoformat()] for p, q in found]}


_OPERATIONS: dict[str, Callable[[Calendar, Mapping[str, Any]], dict[str, Any]]] = {
    "due": _due,
    "elapsed": _elapsed,
    "before": _before,
    "open": _open,
    "periods": _periods,
}


def _calendar(asked: object) -> Calendar:
    if isinstance(asked, Mapping):
        return compiled(asked)
    if asked != "cn":
        raise WorktimeError('calendar 应为日历对象或 "cn"。', 'calendar must be a document or "cn".')
    if not _cn:
        from goodword.base.worktime.holidays_cn import cn_document  # noqa: PLC0415  (slow; only for "cn")

        _cn.append(compiled(cn_document()))
    return _cn[0]


def _local(at: int, calendar: Calendar) -> datetime:
    return datetime.fromtimestamp(at, calendar.document.zone)


def _moment_answer(name: str, at: int, calendar: Calendar) -> dict[str, Any]:
    local = _local(at, calendar)
    known_until = calendar.document.known_until
    return {
        name: local.isoformat(),
        "provisional": known_until is not None and local.date() > known_until,
    }


def _text(line: Mapping[str, Any], field: str) -> str:
    value = line.get(field)
    if not isinstance(value, str):
        raise WorktimeError(f"缺少 {field}。", f"{field} is missing or not a text.")
    return value


def _whole(line: Mapping[str, Any], field: str) -> int:
    value = line.get(field)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise WorktimeError(f"{field} 必须是整数。", f"{field} must be a whole number.")
    return value


def _moment(line: Mapping[str, Any], field: str, calendar: Calendar) -> int:
    return _second_of(_text(line, field), field, calendar)


def _second_of(text: object, field: str, calendar: Calendar) -> int:
    try:
        at = datetime.fromisoformat(text)  # type: ignore[arg-type]  # other types raise TypeError, as wanted
    except (TypeError, ValueError) as broken:
        raise WorktimeError(
            f"{field} 的时间无效:{text}。", f"Bad moment in {field}: {text}; use ISO 8601."
        ) from broken
    return second(at if at.tzinfo else at.replace(tzinfo=calendar.document.zone))


def _pauses(line: Mapping[str, Any], calendar: Calendar) -> Sequence[Span]:
    pauses = line.get("pauses")
    if not pauses:
        return ()
    if not isinstance(pauses, list) or any(not isinstance(p, list) or len(p) != 2 for p in pauses):
        raise WorktimeError("pauses 应为 [[开始, 结束], …]。", "pauses must be [[from, to], …].")
    return merged(
        (_second_of(start, "pauses", calendar), _second_of(end, "pauses", calendar)) for start, end in pauses
    )
