"""What follows a receipt: duplicates are proposed, and what is sure may go its way unattended."""

from __future__ import annotations

from uuid import UUID

from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import linking, unattended
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import duplicates


def after_receipt(entry: Entry) -> None:
    """Look for the same matter coming twice, for a person to decide; then dispatch where the company allows it (FB-3.2c).

    The case is read only where one of the two can come to something; ledger history is left alone.
    """
    if entry.facts.get("history"):
        return
    known = "customer" in entry.facts or "order" in entry.facts
    comparable = known or duplicates.is_alike_to_another(UUID(entry.subject_id))
    dispatchable = unattended.is_allowed(at=entry.at)
    if not (comparable or dispatchable):
        return
    case = Case.objects.get(pk=entry.subject_id)
    if comparable:
        linking.propose_duplicates(case, at=entry.at)
    if dispatchable:
        unattended.dispatch_unattended(case, at=entry.at)
