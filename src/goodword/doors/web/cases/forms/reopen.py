"""What the customer says now."""

from __future__ import annotations

from ...bilingual import Both
from .base import CaseForm, Words


class ReopenForm(CaseForm):
    """What the customer says now."""

    reason = Words(label=Both("客户现在怎么说", "What the customer says now"))
