"""What shows that it is done."""

from __future__ import annotations

from ...bilingual import Both
from .base import CaseForm, Words


class ProofForm(CaseForm):
    """What shows that it is done."""

    proof = Words(label=Both("完成凭证", "Proof"), required=False, rows=2)
