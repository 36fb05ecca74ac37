"""A reason, where one may be given."""

from __future__ import annotations

from ...bilingual import Both
from .base import CaseForm, Words


class ReasonForm(CaseForm):
    """A reason, where one may be given."""

    reason = Words(label=Both("原因", "Reason"), required=False, rows=2)
