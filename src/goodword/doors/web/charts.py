"""Charts as plain geometry, for `<c-trend>` and `<c-columns>`: no colours, no words of their own, no page.

Everything lies in a square of 100 by 100 whose top left is (0, 0); the drawing is stretched to its place and strokes
keep their width. Every chart has its figures as a table behind it: the page's to draw, in the component's slot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FLOORS = (0.8, 0.6, 0.2, 0.0)
"""Where the scale of shares may begin, the highest that fits: each gives five round marks up to 100 %."""
MARKS = 5
MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class Share:
    """One point of a trend: its label, the share and its interval (0 to 1, None where nothing is decided), in words."""

    label: str
    share: float | None
    low: float | None
    high: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A drawn point: where, its whisker's ends, what is said on hover."""

    x: str
    y: str
    top: str
    bottom: str
    said: str


@dataclass(frozen=True, slots=True)
class Trend:
    """What `<c-trend>` draws. goal: the height of the goal's line, empty without one; marks: from the top down."""

    dots: list[Dot]
    paths: list[str]
    goal: str
    marks: list[str]
    labels: list[str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands and how high, what is said on hover, whether it lies beyond the limit."""

    x: str
    y: str
    width: str
    height: str
    said: str
    is_beyond: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """What `<c-columns>` draws. limit: where the line of the limit stands, empty without one."""

    columns: list[Column]
    limit: str
    marks: list[str]
    labels: list[str]


def trend(shares: Sequence[Share], *, goal: float | None = None) -> Trend:
    """Shares over time with their intervals; where nothing is decided the line is broken."""
    seen = [low for one in shares if (low := one.low) is not None]
    least = min([*seen, *([goal] if goal is not None else [])], default=0.0)
    floor = next(floor for floor in FLOORS if least >= floor)
    step = 100 / len(shares) if shares else 100.0

    def height(value: float) -> str:
        return _number((1 - (value - floor) / (1 - floor)) * 100)

    dots: list[Dot | None] = [
        None
        if one.share is None
        else Dot(
            x=_number((place + 0.5) * step),
            y=height(one.share),
            top=height(one.share if one.high is None else one.high),
            bottom=height(one.share if one.low is None else one.low),
            said=one.said,
        )
        for place, one in enumerate(shares)
    ]
    gap = (1 - floor) / (MARKS - 1)
    return Trend(
        dots=[dot for dot in dots if dot is not None],
        paths=[" ".join(f"{dot.x},{dot.y}" for dot in run) for run in _runs(dots)],
        goal="" if goal is None else height(goal),
        marks=[f"{round((1 - gap * place) * 100)}%" for place in range(MARKS)],
        labels=spaced([one.label for one in shares]),
    )


def columns(
    counts: Sequence[int], said: Sequence[str], *, limit: int | None, labels: Sequence[str]
) -> Columns:
    """Counts side by side; `limit`: the number of columns before the limit's line."""
    longest = max(counts, default=0) or 1
    step = 100 / len(counts) if counts else 100.0
    return Columns(
        columns=[
            Column(
                x=_number(place * step + step * 0.08),
                y=_number(100 - count * 100 / longest),
                width=_number(step * 0.84),
                height=_number(count * 100 / longest),
                said=words,
                is_beyond=limit is not None and place >= limit,
            )
            for place, (count, words) in enumerate(zip(counts, said, strict=True))
        ],
        limit="" if limit is None else _number(limit * step),
        marks=[str(longest), "0"],
        labels=list(labels),
    )


def spaced(labels: Sequence[str]) -> list[str]:
    """The first, the last and some between, evenly: what has room under a chart."""
    if len(labels) <= MOST_LABELS:
        return list(labels)
    last = len(labels) - 1
    return [labels[round(place * last / (MOST_LABELS - 1))] for place in range(MOST_LABELS)]


def _runs(dots: Sequence[Dot | None]) -> Iterator[list[Dot]]:
    """The stretches of at least two points without a gap."""
    run: list[Dot] = []
    for dot in [*dots, None]:
        if dot is not None:
            run.append(dot)
            continue
        if len(run) > 1:
            yield run
        run = []


def _number(value: float) -> str:
    """Two digits after the point, whatever the page's language writes."""
    return f"{min(max(value, 0.0), 100.0):.2f}"
