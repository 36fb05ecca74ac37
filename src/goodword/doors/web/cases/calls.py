"""The calls a case was said in."""

from __future__ import annotations

from typing import Any

from goodword.company.channels.hotline.queries import calls_of_case
from goodword.voice.cases.models import Case

from ..telephone import shown

OF_A_CALL = "call:"
"""How the outside id of a case begins that was taken down from a call."""


def calls_of(case: Case) -> dict[str, Any]:
    """`case_calls` for the page; asked only of a case that came by a call."""
    return {"case_calls": shown(calls_of_case(case.pk)) if case.outside_id.startswith(OF_A_CALL) else []}
