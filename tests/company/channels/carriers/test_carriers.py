"""Texts and calls to colleagues: the clouds' published signatures, and doors that check what really came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.support.carriers import KEY_ID, SECRET, Clouds, clouds

from goodword.base.core.sealing import encrypt
from goodword.base.core.transactions import one_fact
from goodword.base.people.models import Account, Department, Person
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_notice
from goodword.company.channels.carriers import signing
from goodword.company.channels.carriers.models import Carrier
from goodword.company.channels.carriers.telling import PURPOSE
from goodword.company.channels.carriers.wording import MOST_LETTERS, filled, unknown_in
from goodword.company.channels.models import OutboxMessage, StaffAddress
from goodword.company.channels.spoken import light

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NUMBER = "13800005678"
MINUTE = timedelta(minutes=1)


def test_tencents_published_example_is_signed_as_published() -> None:
    body = b'{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'
    signed = signing.tc3(
        service="cvm",
        host="cvm.tencentcloudapi.com",
        body=body,
        at=datetime.fromtimestamp(1551113065, UTC),
        key_id="AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******",
        secret="Gu5t9xGARNpq86cd98joQYCN3*******",
    )
    assert signed.startswith(
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/"
    )
    assert signed.endswith("2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c")


def test_alibabas_published_example_is_signed_as_published() -> None:
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    query = {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"}
    signed = signing.acs3(headers, query, b"", key_id="YourAccessKeyId", secret="YourAccessKeySecret")
    assert signed.endswith("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")


@pytest.fixture(scope="module")
def listening() -> Iterator[Clouds]:
    with clouds() as there:
        yield there


@pytest.fixture
def there(listening: Clouds) -> Clouds:
    listening.told, listening.busy = [], 0
    return listening


@pytest.fixture
def account(db: None) -> Account:
    person = Person.objects.create(name="张测试")
    return Account.objects.create(
        username="zhang", person=person, department=Department.objects.get(code="service")
    )


def carrier(there: Clouds, provider: str, use: str = "sms", **changes: Any) -> Carrier:
    facts: dict[str, Any] = {
        "base": there.base,
        "key_id": KEY_ID,
        "sealed_secret": encrypt(SECRET, purpose=PURPOSE),
        "template": "SMS_1",
        "signature": "示例租赁",
        "sender": "1400000000",
        "variables": "title,clause",
        "private": True,
    }
    return Carrier.objects.create(use=use, provider=provider, **{**facts, **changes})


def told(account: Account, *, use: str = "sms", number: str = NUMBER, urgent: bool = True) -> None:
    """The colleague is told of something, and the worker goes over it twice: to the inbox, and on from there."""
    StaffAddress.objects.update_or_create(account=account, way=use, defaults={"address": number})
    with one_fact():
        queue_notice(
            account.pk,
            kind="case.dispatched",
            clause_id="FB-4.1a",
            subject=("case", "1"),
            title_zh="工单 #1001:已派给您",
            title_en="Case #1001: was assigned to you",
            path="/cases/1001/",
            urgent=urgent,
            at=AT,
            dedupe_key=f"n-{urgent}",
        )
    deliver(now=AT, worker="w")
    deliver(now=AT, worker="w")


def sent(use: str = "sms") -> OutboxMessage:
    return OutboxMessage.objects.get(way=use)


@pytest.mark.parametrize("provider", ["aliyun", "tencent"])
@pytest.mark.parametrize(("use", "action"), [("sms", "SendSms"), ("voice", "")])
def test_an_urgent_notice_reaches_the_telephone_signed_and_once(
    there: Clouds, account: Account, provider: str, use: str, action: str
) -> None:
    made = carrier(there, provider, use)
    told(account, use=use)
    [heard] = there.told
    assert sent(use).state == "sent"
    assert NUMBER in str(
        heard.get("PhoneNumbers") or heard.get("CalledNumber") or heard.get("PhoneNumberSet")
    )
    assert "工单 #1001" in str(heard)
    assert "FB-4.1a" in str(heard)
    assert heard["action"] == (action or {"aliyun": "SingleCallByTts", "tencent": "SendTts"}[provider])
    made.refresh_from_db()
    assert light(made) == "good"


def test_what_is_not_urgent_stays_in_the_inbox(there: Clouds, account: Account) -> None:
    carrier(there, "aliyun")
    told(account, urgent=False)
    assert there.told == []
    assert not OutboxMessage.objects.filter(way="sms").exists()


@pytest.mark.parametrize("provider", ["aliyun", "tencent"])
def test_too_often_waits_and_was_no_try(there: Clouds, account: Account, provider: str) -> None:
    carrier(there, provider)
    there.busy = 1
    told(account)
    assert (sent().state, sent().attempts, sent().next_at) == ("queued", 0, AT + MINUTE)
    deliver(now=AT + MINUTE, worker="w")
    assert sent().state == "sent"
    assert len(there.told) == 1


@pytest.mark.parametrize("provider", ["aliyun", "tencent"])
def test_a_number_that_is_none_is_dead_in_sight_and_said_masked(
    there: Clouds, account: Account, provider: str
) -> None:
    made = carrier(there, provider)
    told(account, number="not a number")
    made.refresh_from_db()
    assert (sent().state, light(made)) == ("dead", "bad")


@pytest.mark.parametrize("provider", ["aliyun", "tencent"])
def test_a_wrong_key_is_tried_again_until_it_is_mended(
    there: Clouds, account: Account, provider: str
) -> None:
    made = carrier(there, provider, sealed_secret=encrypt("wrong", purpose=PURPOSE))
    told(account)
    assert (sent().state, there.told) == ("failed", [])
    made.sealed_secret = encrypt(SECRET, purpose=PURPOSE)
    made.save()
    deliver(now=AT + MINUTE, worker="w")
    assert sent().state == "sent"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ("title", {"title": "工单 #1001"}),
        ("clause, path", {"clause": "-", "path": "cases/1001"}),
        ("", {}),
        ("odd", {"odd": "-"}),
    ],
)
def test_places_are_filled_in_order_and_none_is_empty(variables: str, expected: dict[str, str]) -> None:
    notice = {"title_zh": "工单 #1001", "title_en": "x" * 99, "clause_id": "", "path": "/cases/1001/"}
    assert list(filled(variables, notice, english=False).items()) == list(expected.items())
    assert len(filled("title", notice, english=True)["title"]) == MOST_LETTERS
    assert unknown_in(variables) == (["odd"] if variables == "odd" else [])
