"""What people said cases are: the company's own labels, confirmed and corrected, to train the reader with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from goodword.base.core.masks import mask_text

from ..models import Case

TAUGHT = ("content", "severity", "kind", "sentiment", "device_type", "stage")
AT_ONCE = 500
"""Cases read at a time: the export needs no more memory for a million."""


def labelled(*, since: datetime | None = None) -> Iterator[dict[str, str]]:
    """Each case a person has labelled since then: {"text", and those of TAUGHT that were given}, the oldest first.

    The person's word, whether it confirmed or corrected the proposal, never the reader's own. Personal values are
    masked, the customer's names too; a case whose words are gone is left out. Two queries for every 500 cases.
    """
    cases = Case.objects.filter(labelled_at__isnull=False).select_related("customer", "contact")
    if since is not None:
        cases = cases.filter(labelled_at__gte=since)
    rows = cases.defer("proposal").prefetch_related("labels").order_by("labelled_at", "pk")
    for case in rows.iterator(chunk_size=AT_ONCE):
        text = words(case)
        given = {name: getattr(case, name) for name in TAUGHT}
        # A blind check of what was over already left the case as it was: there the correction has the last word.
        given |= {label.name: label.chosen for label in case.labels.all() if label.name in TAUGHT}
        found = {name: code for name, code in given.items() if code}
        if text and found:
            yield {"text": text, **found}


def words(case: Case) -> str:
    """The customer's words, masked as everywhere, and where they name themselves, that too."""
    text = f"{case.subject}\n{case.text}".strip()
    named = [case.contact.name] if case.contact else []
    if case.customer is not None and not case.customer.public_name:
        named.append(case.customer.name)
    for name in named:
        if clear := name.clear():
            text = text.replace(clear, str(name))
    return mask_text(text)
