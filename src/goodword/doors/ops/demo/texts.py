"""The demo company's invented words, from data files beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Matter:
    """Something customers come with: its labels, how often, and the words for it. `group` says which course it takes."""

    group: str
    kind: str
    content: str
    subclass: str
    severity: str
    share: float
    stage: str
    devices: tuple[str, ...]
    texts: tuple[str, ...]
    answers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    solutions: tuple[str, ...] = ()
    causes: tuple[tuple[str, str], ...] = ()
    urgent_need: bool = False


@lru_cache(maxsize=1)
def matters() -> tuple[Matter, ...]:
    """Everything customers may come with."""
    found = _read("matters.yaml")
    return tuple(_matter(group, row) for group, rows in found.items() for row in rows)


def say(key: str, luck: Random, **values: object) -> str:
    """One of the sentences for an occasion, with its blanks filled."""
    return str(luck.choice(_words()[key])).format(**values)


def verdict(code: str, luck: Random) -> str:
    """The reason given with the assessment of a suggestion or praise."""
    return str(luck.choice(_words()["verdicts"][code]))


def told(matter: Matter, luck: Random, *, device: tuple[str, str], order: str) -> str:
    """What the customer says: one of the matter's texts with its blanks filled, and what people say around it.

    device: its name in Chinese and in English.
    """
    text = luck.choice(matter.texts)
    in_english = text.isascii()
    name = device[1].lower() if in_english else device[0]
    core = text.format(device=name, place=say("places", luck), day=say("days", luck), n=luck.randint(2, 9))
    if in_english:
        return core
    named = say("orders", luck, order=order) if order else ""
    return f"{say('openers', luck)}{core}{named}{say('closers', luck)}"


def _matter(group: str, row: Mapping[str, Any]) -> Matter:
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    lists["causes"] = tuple((cause, party) for cause, party in row["causes"])
    return Matter(group=group, **{**row, **lists})


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    return _read("words.yaml")


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))
    return found
