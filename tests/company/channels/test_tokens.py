"""Another side's token is kept once and renewed once, whoever asks; what may be done only so often is counted once."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.trust.kit.rivals import processes, threads

from goodword.company.channels.models import AccessToken
from goodword.company.channels.quotas import Limit, take
from goodword.company.channels.tokens import Lent, NoTokenError, forget, token

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MINUTE, HOURS = timedelta(minutes=1), timedelta(hours=2)


class Office:
    """Gives out tokens, a new one each time."""

    def __init__(self) -> None:
        self.given = 0

    def __call__(self) -> Lent:
        self.given += 1
        return Lent(f"token-{self.given}", HOURS)


@pytest.mark.django_db(transaction=True)
def test_processes_that_find_no_token_renew_it_once_and_all_have_the_same(tmp_path: Path) -> None:
    asked, seen = tmp_path / "asked", tmp_path / "seen"

    def fetch() -> Lent:
        with asked.open("a") as book:
            book.write("once\n")
        time.sleep(0.3)
        return Lent(f"token-{asked.read_text().count('once')}", HOURS)

    def ask(_: int) -> None:
        found = token("wechat:a", fetch)
        with seen.open("a") as book:
            book.write(f"{found}\n")

    assert processes(ask, 3) == ["won"] * 3
    assert (asked.read_text(), seen.read_text()) == ("once\n", "token-1\n" * 3)


@pytest.mark.django_db
def test_a_token_is_sealed_and_lasts_until_shortly_before_its_end() -> None:
    office = Office()
    at = [AT]
    ask = lambda: token("wecom:a", office, now=lambda: at[0])  # noqa: E731
    assert [ask(), ask()] == ["token-1", "token-1"]
    assert "token-1" not in str(AccessToken.objects.values_list("sealed", flat=True).get())
    at[0] = AT + HOURS - 4 * MINUTE
    assert [ask(), ask(), office.given] == ["token-2", "token-2", 2]


@pytest.mark.django_db
def test_a_token_the_other_side_refuses_is_renewed_and_late_bad_news_does_no_harm() -> None:
    office = Office()
    first = token("feishu:a", office, now=lambda: AT)
    assert forget("feishu:a", first)
    assert token("feishu:a", office, now=lambda: AT) == "token-2"
    assert not forget("feishu:a", first)
    assert (token("feishu:a", office, now=lambda: AT), office.given) == ("token-2", 2)


@pytest.mark.django_db
def test_whoever_renews_and_fails_or_dies_is_followed_by_the_next() -> None:
    def down() -> Lent:
        raise ConnectionError

    office, at = Office(), [AT]
    with pytest.raises(ConnectionError):
        token("ding:a", down, now=lambda: at[0])
    assert token("ding:a", office, now=lambda: at[0]) == "token-1"
    AccessToken.objects.update(expires_at=AT - MINUTE, renewing_until=AT + timedelta(seconds=20))

    def later(seconds: float) -> None:
        at[0] += timedelta(seconds=seconds)

    with pytest.raises(NoTokenError):
        token("ding:a", office, now=lambda: at[0], pause=later)
    assert token("ding:a", office, now=lambda: at[0], pause=later) == "token-2"


@pytest.mark.django_db
def test_a_robot_says_twenty_things_in_any_minute_and_no_more() -> None:
    limits = [Limit(20, MINUTE)]
    second = timedelta(seconds=1)
    begun = [take("robot", limits, at=AT + number * second) for number in range(20)]
    assert begun == [None] * 20
    assert take("robot", limits, at=AT + 59 * second) == AT + MINUTE
    assert take("robot", limits, at=AT + MINUTE) is None
    assert take("robot", limits, at=AT + MINUTE) == AT + MINUTE + second
    assert take("another", limits, at=AT + MINUTE) is None


@pytest.mark.django_db(transaction=True)
def test_several_at_once_share_one_limit() -> None:
    free = list[bool]()
    one = lambda _: free.append(take("robot", [Limit(3, MINUTE)], at=AT) is None)  # noqa: E731
    assert threads(one, 6) == ["won"] * 6
    assert sorted(free) == [False] * 3 + [True] * 3
