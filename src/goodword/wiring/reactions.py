"""The one table of who reacts to what. Each reaction runs in the transaction of the entry it reacts to."""

from __future__ import annotations

from goodword.engine.journal.reactions import EVERY, Reaction
from goodword.engine.obligations.application import apply_entry

TABLE: dict[str, tuple[Reaction, ...]] = {EVERY: (apply_entry,)}
