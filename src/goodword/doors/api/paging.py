"""Pages that stay put while new rows come in: a cursor says after which row to go on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from ninja import Query

from goodword.base.core.errors import Invalid

DEFAULT_LIMIT = 25
MOST = 100
T = TypeVar("T", bound=Model)

Cursor = Annotated[
    str, Query("", max_length=400, description="`next` of the page before; empty: the first page.")
]
Limit = Annotated[int, Query(DEFAULT_LIMIT, ge=1, le=MOST)]


def page(
    rows: QuerySet[T], *, by: str, cursor: str, limit: int, newest_first: bool = True
) -> tuple[list[T], str | None]:
    """One page of `rows` ordered by the moment `by` and the key, and the cursor of the next page, None at the end.

    Raises Invalid for a cursor that this kind of list never gave.
    """
    sign, beyond = ("-", "lt") if newest_first else ("", "gt")
    place = f"api.{rows.model.__name__}.{sign}{by}"
    rows = rows.order_by(f"{sign}{by}", f"{sign}pk")
    if after := read(cursor, place):
        at, key = after
        rows = rows.filter(
            Q(**{f"{by}__{beyond}": at}) | Q(**{by: at, f"pk__{beyond}": key}),
            **{f"{by}__{beyond}e": at},  # what an index can begin at
        )
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], written(getattr(last, by), last.pk, place)


def written(at: datetime, key: Any, place: str) -> str:
    """The cursor that says where in the list `place` a page ended."""
    return signing.dumps([at.isoformat(), key if isinstance(key, int) else str(key)], salt=place)


def read(cursor: str, place: str) -> tuple[datetime, Any] | None:
    """What `written` wrote; None for no cursor. Raises Invalid for one that the list `place` never gave."""
    if not cursor:
        return None
    try:
        at, key = signing.loads(cursor, salt=place)
    except signing.BadSignature:
        raise Invalid(
            "游标无效,请从第一页开始。",
            "This cursor was not given out by this list; start with the first page.",
            fields={"cursor": "?"},
        ) from None
    return datetime.fromisoformat(at), key
