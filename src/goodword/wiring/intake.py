"""What follows a receipt: duplicates are proposed, and what is sure may go its way unattended."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from goodword.engine.journal.models import Entry
from goodword.engine.journal.reactions import together
from goodword.voice.cases.actions import linking, unattended
from goodword.voice.cases.models import Case

from . import case_notices


@together
def after_receipt(entries: Sequence[Entry]) -> None:
    """Look for the same matter coming twice, for a person to decide; then dispatch where the company allows it (FB-3.2c).

    The whole case is read only where it may be dispatched; ledger history is left alone.
    """
    fresh = [entry for entry in entries if not entry.facts.get("history")]
    if not fresh:
        return
    linking.propose_duplicates(*[UUID(entry.subject_id) for entry in fresh], at=fresh[-1].at)
    for entry in fresh:
        _goes_its_way(entry)


def _goes_its_way(entry: Entry) -> None:
    is_sent = unattended.is_allowed(at=entry.at) and unattended.dispatch_unattended(
        Case.objects.get(pk=entry.subject_id), at=entry.at
    )
    if not is_sent:
        case_notices.came_to_department(entry)
