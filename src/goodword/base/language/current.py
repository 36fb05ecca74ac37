"""The model in force: a company's own in its data folder, else the one that is shipped; none is said once."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from time import monotonic

from goodword.base.core.environment import data_folder
from goodword.base.language.model import Model, Unreadable, read

SHIPPED = Path(__file__).parent / "trained" / "language.model"
OWN = Path("language") / "language.model"
"""Where a company's own model stands in its data folder; `goodword language train` writes it there."""

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds after which a new model is noticed."""

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class InForce:
    """The model that reads messages and where it stands; none, and `problem` says why.

    `problem` is also there when a company's own model cannot be used and the shipped one reads in its place.
    """

    path: Path
    model: Model | None
    problem: str = ""


_looked: dict[str, tuple[float, InForce]] = {}


@cache
def own_path(data_dir: str) -> Path:
    """Where the company's own model is looked for, given what GOODWORD_DATA_DIR says."""
    return data_folder(data_dir) / OWN


def in_force(*, seconds: Callable[[], float] = monotonic) -> InForce:
    """Return the model in force. A file that changed is read anew, so a new model needs no restart.

    The files are looked at once a second at most (by the clock `seconds`): asking the system costs as much as
    reading a message.
    """
    data_dir, now = os.environ.get("GOODWORD_DATA_DIR", ""), seconds()
    known = _looked.get(data_dir)
    if known is None or not 0 <= now - known[0] < LOOK_EVERY:
        known = _looked[data_dir] = now, _look(own_path(data_dir))
    return known[1]


def _look(own: Path) -> InForce:
    stamp = _stamp(own)
    if stamp is None:
        return _read(SHIPPED, _stamp(SHIPPED))
    found = _read(own, stamp)
    if found.model is not None:
        return found
    shipped = _read(SHIPPED, _stamp(SHIPPED))
    return InForce(shipped.path, shipped.model, found.problem)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=4)
def _read(path: Path, stamp: Stamp | None) -> InForce:
    """Read one state of a file once; what is wrong with it is logged once."""
    try:
        if stamp is None:
            raise FileNotFoundError
        return InForce(path, read(path))
    except FileNotFoundError:
        problem = f"there is no model at {path}"
    except (Unreadable, OSError) as wrong:
        problem = f"the model at {path} cannot be used: {wrong}"
    log.warning("language: %s", problem)
    return InForce(path, None, problem)
