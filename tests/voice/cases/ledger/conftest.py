"""A whole import as one call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from goodword.voice.cases.models import LedgerRun


@pytest.fixture
def taken(db: None) -> Callable[..., LedgerRun]:
    """Rows (or a file's bytes) in, the finished run out."""
    from tests.voice.cases.ledger.ledgers import NOW, Ledger, as_csv, begun

    from goodword.voice.cases.ledger import running

    def take(rows: Ledger | bytes, *, history: bool = True, at: datetime = NOW) -> LedgerRun:
        raw = rows if isinstance(rows, bytes) else as_csv(rows)
        return running.carry_on(begun(raw, history=history, at=at), at=at)

    return take
