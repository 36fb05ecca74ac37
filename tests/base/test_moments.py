"""A moment is the same moment in any zone, also in one PostgreSQL would refuse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from goodword.base.core.asking import AskedOften
from goodword.base.core.inserting import insert
from goodword.base.core.models import IdempotencyRecord

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ZONES = [timezone(timedelta(hours=hours, minutes=8)) for hours in (-23, -16, 0, 8, 16, 19, 23)]


@pytest.mark.parametrize("zone", ZONES)
def test_it_is_written_asked_for_and_changed_alike(zone: timezone) -> None:
    at = NOON.astimezone(zone)
    row = IdempotencyRecord(scope="test", key=str(zone), digest="", status=0, answer={}, created_at=at)
    insert(row)
    since = AskedOften(lambda moment: IdempotencyRecord.objects.filter(created_at__gte=moment))
    rows = IdempotencyRecord.objects.filter(scope="test")
    assert rows.get().created_at == NOON
    assert list(rows.filter(created_at=at)) == [row] == since(at)
    assert since((NOON + timedelta(seconds=1)).astimezone(zone)) == []
    rows.update(created_at=(NOON + timedelta(hours=1)).astimezone(zone))
    assert rows.get().created_at == NOON + timedelta(hours=1)
