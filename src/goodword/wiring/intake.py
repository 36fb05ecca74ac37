"""What follows a receipt: duplicates are proposed, and what is sure may go its way unattended."""

from __future__ import annotations

from uuid import UUID

from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import linking, unattended
from goodword.voice.cases.models import Case

from . import case_notices


def after_receipt(entry: Entry) -> None:
    """Look for the same matter coming twice, for a person to decide; then dispatch where the company allows it (FB-3.2c).

    The whole case is read only where it may be dispatched; ledger history is left alone.
    """
    if entry.facts.get("history"):
        return
    linking.propose_duplicates(UUID(entry.subject_id), at=entry.at)
    is_sent = unattended.is_allowed(at=entry.at) and unattended.dispatch_unattended(
        Case.objects.get(pk=entry.subject_id), at=entry.at
    )
    if not is_sent:
        case_notices.came_to_department(entry)
