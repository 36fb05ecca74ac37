"""FB-4.1f: what the colleague concerned says."""

from __future__ import annotations

from ...bilingual import Both
from .base import CaseForm, ColleagueField, Words


class StaffStatementForm(CaseForm):
    """FB-4.1f: what the colleague concerned says."""

    staff = ColleagueField(label=Both("当事人", "Colleague concerned"))
    what = Words(label=Both("书面说明", "Statement"))
