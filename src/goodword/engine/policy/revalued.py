"""A clause as another edition's figures make it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from .reading import pack_from, plain_data
from .schema import Clause


def clause_with(clause_id: str, values: Any) -> Clause:
    """The clause with `values` in place of its pack's: its binding's times, ladders and conditions follow.

    Raises KeyError for an unknown clause, PackError when the figures do not fit the binding.
    """
    file, pack, index = _place_of(clause_id)
    clauses = [*pack["clauses"][:index], {**pack["clauses"][index], "values": dict(values)}]
    return pack_from({**pack, "clauses": clauses[index:]}, file=file).clauses[0]


def _place_of(clause_id: str) -> tuple[str, dict[str, Any], int]:
    for file, pack in _raw().items():
        for index, clause in enumerate(pack["clauses"]):
            if clause["id"] == clause_id:
                return file, pack, index
    raise KeyError(clause_id)


@cache
def _raw() -> dict[str, dict[str, Any]]:
    folder = resources.files("goodword.engine.policy") / "packs"
    return {f.name: plain_data(f.read_bytes(), f.name) for f in folder.iterdir() if f.name.endswith(".yaml")}
