"""Reading the policy: clauses, their figures on a day, and the duties that are bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from django.db import connection

from .models import ClauseEdition
from .reading import clauses, read_packs
from .revalued import clause_with
from .schema import Clause

_looked: ContextVar[list[int] | None] = ContextVar("looked", default=None)
"""The stamp, once it was asked for, where one look is to do."""


@cache
def all_clauses() -> Mapping[str, Clause]:
    """Every clause of the product's packs by id, as the packs state them: the same all the life of a process."""
    return MappingProxyType(clauses(read_packs()))


@contextmanager
def one_look() -> Iterator[None]:
    """Within it editions are looked at once: for a page that asks for a dozen figures, for an act that changes none.

    A look within a look is the same look.
    """
    if _looked.get() is not None:
        yield
        return
    token = _looked.set([])
    try:
        yield
    finally:
        _looked.reset(token)


def stamp() -> int:
    """A number that changes whenever an edition is added or decided. One query, asked for every journal entry."""
    looked = _looked.get()
    if looked is None:
        return _stamp()
    if not looked:
        looked.append(_stamp())
    return looked[0]


def _stamp() -> int:
    with connection.cursor() as cursor:  # by hand: building it through the ORM costs twenty times the query
        cursor.execute("SELECT COALESCE(MAX(id), 0), COUNT(decided_at) FROM policy_clauseedition")
        last, decided = cursor.fetchone()
    return int(last) * 100_003 + int(decided)


def bound_duties() -> list[tuple[ClauseEdition, Clause]]:
    """Every approved edition of every bound duty, with the clause as that edition's figures make it."""
    packs = all_clauses()
    return [
        (edition, clause_with(edition.clause_id, _figures_of(edition)))
        for edition in ClauseEdition.objects.filter(state="approved").order_by("holds_from", "number")
        if edition.clause_id in packs and packs[edition.clause_id].binding is not None
    ]


def values_of(clause_id: str, *, on: date) -> Mapping[str, Any]:
    """The figures of a clause on a day: those of the edition that holds, of the first one before any does.

    A figure the edition does not know, because the software learnt it later, is as the product's pack has it.
    """
    return _values(stamp(), clause_id, on)


@lru_cache(maxsize=2048)
def _values(_at: int, clause_id: str, on: date) -> Mapping[str, Any]:
    editions = list(
        ClauseEdition.objects.filter(clause_id=clause_id, state="approved").order_by("holds_from", "number")
    )
    if not editions:
        return all_clauses()[clause_id].values
    held = [edition for edition in editions if edition.holds_from <= on]
    return _figures_of(held[-1] if held else editions[0])


def _figures_of(edition: ClauseEdition) -> Mapping[str, Any]:
    return {**all_clauses()[edition.clause_id].values, **edition.values}


def editions_of(clause_id: str) -> list[ClauseEdition]:
    """All editions of a clause, the oldest first, proposals and refusals included."""
    return list(
        ClauseEdition.objects.filter(clause_id=clause_id)
        .select_related("proposed_by__person", "decided_by__person")
        .order_by("number")
    )
