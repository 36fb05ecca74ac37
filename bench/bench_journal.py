"""How fast the journal is verified, and whether that grows in proportion: 10,000, 100,000 and 1,000,000 entries.

    python bench/bench_journal.py [--only 100000]

Twenty entries a subject, sealed every thousand. Processor time leaves out what other programs and the database's own
process take; memory is the most this process ever held, writing included.
"""

from __future__ import annotations

import argparse
import resource
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from harness import Row, run, start_django

SIZES = ("10000", "100000", "1000000")
EACH = 20
AT_ONCE = 1000
BEGAN_AT = datetime(2026, 1, 5, 2, tzinfo=UTC)


def write(number: int) -> None:
    """A genuine journal of `number` entries: chains, heads, seals."""
    from django.db import transaction

    from goodword.engine.journal import sealing

    last = datetime.now(UTC) - timedelta(days=1)
    for first in range(0, number, AT_ONCE):
        with transaction.atomic():
            _some(first, min(AT_ONCE, number - first), recorded_at=last)
        sealing.seal(now=last + timedelta(minutes=1, microseconds=first))


def _some(first: int, number: int, *, recorded_at: datetime) -> None:
    from goodword.engine.journal import chain
    from goodword.engine.journal.models import Entry, Head
    from goodword.engine.journal.recording import signing_key

    entries, heads, key = [], [], signing_key()
    for subject_number in range(first // EACH, (first + number) // EACH):
        subject, before = ("case", f"{subject_number:012}"), ""
        for place in range(1, EACH + 1):
            told: dict[str, Any] = {
                "number": place,
                "kind": "case.noted",
                "at": BEGAN_AT + timedelta(seconds=place),
                "recorded_at": recorded_at,
                "facts": {"note": subject_number, "mentions": [place]},
                "before": before,
            }
            digest = chain.entry_digest(subject=subject, by_id=None, **told)
            entries.append(Entry(subject_type=subject[0], subject_id=subject[1], digest=digest, **told))
            before = digest
        signature = chain.sign(key, *subject, EACH, before)
        heads.append(Head(subject_type=subject[0], subject_id=subject[1], number=EACH, digest=before, signature=signature))  # fmt: skip
    Entry.objects.bulk_create(entries)
    Head.objects.bulk_create(heads)


def measure(options: argparse.Namespace) -> list[Row]:
    """Verify once; it must find nothing."""
    start_django()
    from goodword.engine.journal.models import Entry
    from goodword.engine.journal.verifying import verify

    number = int(options.variant)
    write(number)
    began, processor = time.perf_counter(), time.process_time()
    found = list(verify())
    took, processor = time.perf_counter() - began, time.process_time() - processor
    assert not found, found[:3]
    entries = Entry.objects.count()
    return [
        {
            "entries": entries,
            "seconds": round(took, 2),
            "entries_per_s": round(entries / took),
            "processor_s": round(processor, 2),
            "us_each": round(processor / entries * 1e6, 1),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    ]


if __name__ == "__main__":
    run("journal", measure, variants=SIZES, script=__file__)
