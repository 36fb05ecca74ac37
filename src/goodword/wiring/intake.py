"""What follows a receipt: duplicates are proposed, and what is sure may go its way unattended."""

from __future__ import annotations

from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import linking, unattended
from goodword.voice.cases.models import Case


def propose_duplicates(entry: Entry) -> None:
    """Look for the same matter coming twice; a person decides."""
    case = Case.objects.get(pk=entry.subject_id)
    if not case.history:
        linking.propose_duplicates(case, at=entry.at)


def dispatch_unattended(entry: Entry) -> None:
    """FB-3.2c: dispatch without a person where the company allows it."""
    unattended.dispatch_unattended(Case.objects.get(pk=entry.subject_id), at=entry.at)
