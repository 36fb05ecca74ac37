"""Every way out hangs: deadlines, inboxes and pages go on as before, and all is delivered once when it is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter

import pytest
from django.db import connection
from tests.cast import make_cast, triaged
from tests.support.looking import as_
from tests.support.platforms import SECRET, Platforms, platforms

from goodword.base.core import clock
from goodword.base.core.sealing import encrypt
from goodword.base.core.transactions import one_fact
from goodword.base.people.models import Account
from goodword.company.channels.actions.notifying import queue_notice
from goodword.company.channels.models import Notice, OutboxMessage, StaffAddress
from goodword.company.channels.robots.models import PlatformApp, Robot
from goodword.company.channels.robots.posting import PURPOSE
from goodword.company.channels.webhooks.actions.sending import PURPOSE as WEBHOOKS
from goodword.company.channels.webhooks.models import Endpoint
from goodword.doors.ops.worker import Worker
from goodword.engine.journal.models import Entry

WAYS = ("robot", "wecom_app", "dingtalk_app", "feishu_app", "webhook")


@pytest.fixture
def there() -> Iterator[Platforms]:
    with platforms() as found:
        yield found


def set_up(there: Platforms, account: Account) -> None:
    """A robot of each platform, an app of each, and an endpoint."""
    at, secret = clock.now(), encrypt(SECRET, purpose=PURPOSE)
    for platform in ("wecom", "dingtalk", "feishu"):
        Robot.objects.create(
            platform=platform,
            name=platform,
            sealed_address=encrypt(there.address(platform), purpose=PURPOSE),
            sealed_secret="" if platform == "wecom" else secret,
            private=True,
            made_at=at,
        )
        PlatformApp.objects.create(
            platform=platform, base=there.base, corp="corp", agent="1", sealed_secret=secret, private=True
        )
        StaffAddress.objects.create(account=account, way=f"{platform}_app", address="zhang.test")
    Endpoint.objects.create(
        name="a",
        host="localhost",
        sealed_address=encrypt(f"{there.base}/hook/a", purpose=WEBHOOKS),
        sealed_secret=encrypt("s", purpose=WEBHOOKS),
        kinds=["case.received"],
        private=True,
        last_id=Entry.objects.order_by("-pk")[0].pk,
        made_at=at,
    )


def told(account: Account, key: str) -> None:
    with one_fact():
        queue_notice(
            account.pk,
            kind="case.escalated",
            clause_id="FB-3.2b",
            subject=("case", key),
            title_zh=f"工单 #{key}:请接听",
            title_en=f"Case #{key}: ring",
            path=f"/cases/{key}/",
            urgent=True,
            at=clock.now(),
            dedupe_key=f"told:{key}:{account.pk}",
        )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_all_ways_hang_for_a_while_and_nothing_waits_for_them_and_everything_arrives_once(
    there: Platforms, request: pytest.FixtureRequest
) -> None:
    """A minute in the slow size, ten in the full one."""
    lasts = timedelta(minutes=10 if request.config.getoption("--size") == "full" else 1)
    cast = make_cast(clock.now() - timedelta(hours=3))
    account, client = cast.engineer.account, as_(cast.engineer)
    set_up(there, account)
    before = page_times(client)
    worker = Worker(name="w")
    working = threading.Thread(target=worker.run)
    working.start()
    try:
        there.is_hanging.set()
        triaged(cast)
        began, late, number, during = time.monotonic(), [], 0, []
        while time.monotonic() - began < lasts.total_seconds():
            number += 1
            asked = perf_counter()
            told(account, str(number))
            while not Notice.objects.filter(account=account, subject_id=str(number)).exists():
                time.sleep(0.05)
            late.append(perf_counter() - asked)
            during += page_times(client, times=3)
            time.sleep(5)
        there.is_hanging.clear()
        until = time.monotonic() + 1_200
        while OutboxMessage.objects.filter(way__in=WAYS).exclude(state="sent").exists():
            assert time.monotonic() < until, list(
                OutboxMessage.objects.exclude(state="sent").values("way", "state", "attempts", "last_error")
            )
            OutboxMessage.objects.filter(state="failed").update(next_at=clock.now())  # sooner than by itself
            time.sleep(1)
    finally:
        worker.stop()
        working.join(60)
        connection.close()
    assert max(late) < 15
    assert sorted(during)[len(during) // 2] < 3 * sorted(before)[len(before) // 2] + 0.05
    for where in ("wecom", "dingtalk", "feishu", "wecom_app", "dingtalk_app", "feishu_app"):
        said = "".join(text for place, text in there.heard if place == where)
        assert [said.count(f"#{one}:") for one in range(1, number + 1)] == [1] * number, where
    ids = [headers["webhook-id"] for _, headers, _ in there.hooks]
    assert len(ids) == len(set(ids)) >= 1
    assert not OutboxMessage.objects.filter(state__in=["dead", "unknown"]).exists()


def page_times(client: object, *, times: int = 10) -> list[float]:
    """Seconds for the desk, as often."""
    found = []
    for _ in range(times):
        asked = perf_counter()
        assert client.get("/").status_code == 200  # type: ignore[attr-defined]
        found.append(perf_counter() - asked)
    return found
