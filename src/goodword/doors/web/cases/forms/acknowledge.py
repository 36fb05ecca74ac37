"""Thanks for a suggestion or praise."""

from __future__ import annotations

from typing import Any

from ...bilingual import Both
from .base import Words
from .written import WrittenForm


class AcknowledgeForm(WrittenForm):
    """Thanks for a suggestion or praise."""

    text = Words(label=Both("感谢的话", "Words of thanks"), required=False)

    def facts(self) -> dict[str, Any]:
        """Thanks go through the case's own channel."""
        typed = super().facts()
        typed.pop("channel")
        return typed
