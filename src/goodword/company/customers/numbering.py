"""Short numbers for people to say: given once, never twice, in order."""

from __future__ import annotations

from django.db.models import F

from goodword.base.core.transactions import require_transaction

from .models import Counter

BEFORE_FIRST = 1000


def next_number(name: str = "customer") -> int:
    """The next number of `name`, from 1001 on. The counter's row stays locked until the commit."""
    require_transaction()
    Counter.objects.bulk_create([Counter(name=name, last=BEFORE_FIRST)], ignore_conflicts=True)
    Counter.objects.filter(name=name).update(last=F("last") + 1)
    return Counter.objects.values_list("last", flat=True).get(name=name)
