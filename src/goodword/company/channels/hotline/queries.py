"""Reading calls: who is on the line for somebody, which wait to be returned, how soon the hotline is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from goodword.base.core.asking import asked_often

from .models import Call, Line, ReturnCall

POPS_FOR = timedelta(minutes=30)
"""How long a call stays on the screen of whoever had it, unless it is taken down or put away."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Answering:
    """How incoming calls of a period were answered, by outcome (FB-2.2a)."""

    counts: Mapping[str, int]

    @property
    def decided(self) -> int:
        """Those it can be said of: answered in time, late, or not at all."""
        return sum(self.counts.get(one, 0) for one in ("in_time", "late", "missed"))

    @property
    def share(self) -> float | None:
        """Answered in time of the decided; None of none."""
        return self.counts.get("in_time", 0) / self.decided if self.decided else None


def answering(began_from: datetime, began_to: datetime) -> Answering:
    """The incoming calls that began in [from, to), counted by outcome. One query, on an index."""
    rows = counted(began_from, began_to).order_by().values_list("outcome")
    return Answering(dict(rows.annotate(number=Count("pk"))))


def counted(began_from: datetime, began_to: datetime, outcome: str = "") -> QuerySet[Call]:
    """The calls behind the figure, the newest first."""
    rows = Call.objects.filter(direction="in", began_at__gte=began_from, began_at__lt=began_to)
    return (rows.filter(outcome=outcome) if outcome else rows).order_by("-began_at", "-pk")


@asked_often
def _on_the_line(account: int, since: datetime) -> QuerySet[Call]:
    rows = Call.objects.filter(account=account, direction="in", seen_at=None, case_id=None)
    return rows.filter(began_at__gte=since, state__in=["ringing", "answered", "ended"]).order_by("-began_at")[
        :1
    ]


def on_the_line(account_id: int, *, at: datetime) -> Call | None:
    """The newest call at somebody's telephone that is neither taken down nor put away. One query."""
    return _on_the_line.first(account_id, at - POPS_FOR)


def to_return(*, limit: int = 12) -> list[ReturnCall]:
    """Missed calls to ring back, the oldest first."""
    return list(ReturnCall.objects.filter(state="open").order_by("opened_at")[: min(limit, MOST)])


def latest(*, limit: int = 100) -> list[Call]:
    """The newest calls, with who had them."""
    rows = Call.objects.select_related("account__person").order_by("-began_at", "-pk")
    return list(rows[: min(limit, MOST)])


def known_call(key: UUID) -> Call | None:
    """The call with this key, with who had it."""
    return Call.objects.select_related("account__person").filter(pk=key).first()


def calls_of_case(case_id: UUID) -> list[Call]:
    """The calls a case was taken down from or that belong to it, the oldest first."""
    rows = Call.objects.filter(case_id=case_id).select_related("account__person").order_by("began_at")
    return list(rows[:50])


def line() -> Line:
    """How the connection is; empty before the first message."""
    return Line.objects.filter(pk=1).first() or Line()
