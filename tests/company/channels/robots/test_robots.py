"""Group robots and apps of WeCom, DingTalk and Feishu against stand-ins that check signatures, tokens and limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.support.platforms import SECRET, Platforms, platforms

from goodword.base.core.sealing import encrypt
from goodword.base.core.transactions import one_fact
from goodword.base.people.models import Account, Department, Person
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_notice
from goodword.company.channels.models import AccessToken, OutboxMessage, StaffAddress
from goodword.company.channels.robots import signing
from goodword.company.channels.robots.models import PlatformApp, Robot
from goodword.company.channels.robots.posting import PURPOSE
from goodword.company.channels.spoken import light

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WHERE = ("wecom", "dingtalk", "feishu")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def listening() -> Iterator[Platforms]:
    with platforms() as there:
        yield there


@pytest.fixture
def there(listening: Platforms) -> Platforms:
    base = listening.base
    listening.__dict__.update(Platforms().__dict__)
    listening.base = base
    listening.now = AT.timestamp
    return listening


@pytest.fixture
def account() -> Account:
    person = Person.objects.create(name="张测试")
    return Account.objects.create(
        username="zhang", person=person, department=Department.objects.get(code="service")
    )


def robot(there: Platforms, platform: str, **changes: Any) -> Robot:
    facts: dict[str, Any] = {
        "sealed_address": encrypt(there.address(platform), purpose=PURPOSE),
        "sealed_secret": encrypt("" if platform == "wecom" else SECRET, purpose=PURPOSE),
        "name": platform,
        "private": True,
        "made_at": AT,
    }
    return Robot.objects.create(platform=platform, **{**facts, **changes})


def told(account: Account, key: str, *, title: str = "", urgent: bool = True, **changes: Any) -> None:
    facts: dict[str, Any] = {
        "kind": "case.dispatched",
        "clause_id": "FB-3.2b",
        "subject": ("case", key),
        "title_zh": title or f"工单 #{key}:请接听电话",
        "title_en": f"Case #{key}: ring",
        "path": f"/cases/{key}/",
        "at": AT,
        "dedupe_key": f"{key}:{account.pk}",
    }
    with one_fact():
        queue_notice(account.pk, urgent=urgent, **{**facts, **changes})


def work(now: datetime = AT) -> None:
    """One message at a time, as the worker's lanes do."""
    for _ in range(200):
        if not OutboxMessage.objects.filter(state__in=["queued", "failed"], next_at__lte=now).exists():
            return
        deliver(now=now, worker="w", jitter=lambda: 0.5, limit=1)
    raise AssertionError("there is no end to it")


def test_a_notice_is_said_once_in_every_group_signed_as_each_wants_it(
    there: Platforms, account: Account
) -> None:
    for platform in WHERE:
        robot(there, platform)
    other = Account.objects.create(username="li", person=Person.objects.create(name="李测试"))
    told(account, "7")
    told(other, "7")
    told(account, "8", urgent=False)
    work()
    text = "【紧急】工单 #7:请接听电话 (FB-3.2b)\nhttp://"
    assert sorted(where for where, said in there.heard if said.startswith(text)) == sorted(WHERE)
    assert len(there.heard) == 3
    assert all(said.endswith("/cases/7/") for _, said in there.heard)
    assert {light(one) for one in Robot.objects.all()} == {"good"}


def test_a_robot_of_a_department_says_only_what_its_people_are_told(
    there: Platforms, account: Account
) -> None:
    robot(there, "wecom", department=Department.objects.get(code="technology"), ordinary=True)
    told(account, "7")
    work()
    assert there.heard == []
    Robot.objects.update(department=account.department)
    told(account, "8", urgent=False)
    work()
    assert [said.splitlines()[0] for _, said in there.heard] == ["工单 #8:请接听电话 (FB-3.2b)"]


def test_what_exceeds_the_limit_waits_and_goes_together(there: Platforms, account: Account) -> None:
    robot(there, "wecom")
    seconds = [AT + timedelta(seconds=2 * number) for number in range(30)]
    for number, moment in enumerate(seconds):
        there.now = moment.timestamp
        told(account, str(100 + number), at=moment)
        work(moment)
    assert len(there.heard) == 20
    assert set(OutboxMessage.objects.filter(way="robot").values_list("state", flat=True)) == {
        "sent",
        "queued",
    }
    there.now = (AT + MINUTE).timestamp
    work(AT + MINUTE)
    assert len(there.heard) == 21
    assert there.heard[-1][1].count("请接听电话") == 10
    everything = "".join(said for _, said in there.heard)
    assert all(everything.count(f"#{100 + number}:") == 1 for number in range(30))
    assert set(OutboxMessage.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_long_texts_go_in_pieces_that_fit_and_personal_values_are_masked(
    there: Platforms, account: Account
) -> None:
    robot(there, "wecom")
    for number in range(20):
        told(account, str(number), title=f"工单 #{number}:13800005678 {'很' * 150}")
    work()
    assert len(there.heard) > 1
    assert all(len(said.encode()) <= 2048 for _, said in there.heard)
    assert "13800005678" not in str(there.heard)
    assert sum(said.count("工单 #") for _, said in there.heard) == 20


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"sealed_secret": "SECwrong"}, "dead"),
        ({"sealed_address": "/robot/send?access_token=other"}, "dead"),
        ({"private": False}, "dead"),
        ({"sealed_address": "/elsewhere"}, "failed"),
    ],
)
def test_what_the_platform_refuses_is_dead_or_tried_again_and_the_light_says_so(
    there: Platforms, account: Account, changes: dict[str, Any], state: str
) -> None:
    sealed = {
        name: encrypt(there.base + value if value.startswith("/") else value, purpose=PURPOSE)
        for name, value in changes.items()
        if isinstance(value, str)
    }
    one = robot(there, "dingtalk", **{**changes, **sealed})
    told(account, "7")
    work()
    assert OutboxMessage.objects.get(way="robot").state == state
    one.refresh_from_db()
    assert light(one) == "bad"
    assert one.bad_why


def test_a_platform_that_wants_a_pause_gets_it(there: Platforms, account: Account) -> None:
    robot(there, "dingtalk")
    there._said["dingtalk"] = [AT.timestamp()] * 20  # another installation used the robot's minute up
    told(account, "7")
    work()
    message = OutboxMessage.objects.get(way="robot")
    assert (message.state, message.attempts, message.next_at) == ("queued", 0, AT + MINUTE)


@pytest.mark.parametrize("platform", WHERE)
def test_a_colleague_is_written_to_by_the_companys_app(
    there: Platforms, account: Account, platform: str
) -> None:
    secret = encrypt(SECRET, purpose=PURPOSE)
    app = PlatformApp.objects.create(
        platform=platform, base=there.base, corp="corp", agent="1000002", sealed_secret=secret, private=True
    )
    way = f"{platform}_app"
    told(account, "6")
    work()
    assert there.heard == []
    StaffAddress.objects.create(account=account, way=way, address="zhang.test")
    told(account, "7")
    told(account, "8")
    work()
    assert [where for where, _ in there.heard] == [way, way]
    assert there.lent == 1
    there.tokens.clear()  # somebody else renewed it
    told(account, "9")
    work()
    assert (there.lent, there.heard[-1][1].splitlines()[0]) == (2, "【紧急】工单 #9:请接听电话 (FB-3.2b)")
    assert AccessToken.objects.count() == 1
    StaffAddress.objects.update(address="nobody")
    told(account, "10")
    work()
    assert OutboxMessage.objects.filter(way=way, state="dead").count() == 1
    app.refresh_from_db()
    assert light(app) == "bad"


def test_signatures_are_those_of_the_published_way() -> None:
    signed = signing.dingtalk("https://x/?access_token=a", "this is secret", milliseconds=1600000000000)
    assert signed.startswith("https://x/?access_token=a&timestamp=1600000000000&sign=")
    assert signing.dingtalk("https://x/", "", milliseconds=1) == "https://x/"
    assert signing.feishu("", seconds=1) == {}
    assert set(signing.feishu("demo", seconds=100)) == {"timestamp", "sign"}


def test_a_group_that_fails_is_tried_as_seldom_however_many_notices_wait_for_it(
    there: Platforms, account: Account
) -> None:
    nobody = encrypt("http://127.0.0.1:9/cgi-bin/webhook/send?key=k1", purpose=PURPOSE)
    group = robot(there, "wecom", sealed_address=nobody)
    for key in ("1", "2", "3"):
        told(account, key)
    for seconds in range(0, 600, 15):
        work(AT + timedelta(seconds=seconds))
    tried = OutboxMessage.objects.filter(way="robot").values_list("state", "attempts")
    assert {state for state, _ in tried} == {"failed"}
    assert max(attempts for _, attempts in tried) <= 7
    Robot.objects.filter(pk=group.pk).update(sealed_address=encrypt(there.address("wecom"), purpose=PURPOSE))
    work(AT + timedelta(hours=2))
    assert sum(text.count("请接听电话") for _, text in there.heard) == 3
