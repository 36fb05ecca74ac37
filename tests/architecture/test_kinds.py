"""Every process knows every kind that may stand in the journal."""

from __future__ import annotations

import re
from pathlib import Path

from goodword.engine.journal.kinds import declared

ROOT = Path(__file__).parents[2] / "src" / "goodword"


def test_every_declared_kind_is_known_once_django_has_started() -> None:
    written = set()
    for path in ROOT.rglob("kinds.py"):
        written |= set(re.findall(r'declare\(\s*"([a-z_]+\.[a-z_]+)"', path.read_text()))
    assert len(written) > 60
    assert written <= declared().keys()
