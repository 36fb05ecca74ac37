"""Quiet hours hold back what is not urgent until they end, and nothing else; on the roster one is there."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from tests.cast import SHANGHAI, Cast, make_cast

from goodword.base.core.errors import Forbidden, Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.models import Shift
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_notice
from goodword.company.channels.models import Notice, OutboxMessage
from goodword.company.channels.queries import oldest_stuck
from goodword.company.channels.quiet import ends_at
from goodword.engine.journal.models import Entry
from goodword.wiring.administration.quiet_hours import set_quiet_hours

pytestmark = pytest.mark.django_db
NIGHT = (time(22), time(7, 30))
LATE = datetime(2026, 1, 5, 23, 15, tzinfo=SHANGHAI)
MORNING = datetime(2026, 1, 6, 7, 30, tzinfo=SHANGHAI)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def tell(cast: Cast, *, urgent: bool, key: str, at: datetime = LATE) -> None:
    with one_fact():
        queue_notice(
            cast.engineer.pk,
            kind="case.note",
            subject=("case", "1"),
            title_zh="一件事",
            title_en="Something",
            urgent=urgent,
            at=at,
            dedupe_key=key,
        )


def told(cast: Cast) -> list[bool]:
    return list(
        Notice.objects.filter(account=cast.engineer.pk).order_by("pk").values_list("urgent", flat=True)
    )


@pytest.mark.parametrize(
    ("hours", "clock", "until"),
    [
        (NIGHT, (5, 23, 15), (6, 7, 30)),
        (NIGHT, (5, 22, 0), (6, 7, 30)),
        (NIGHT, (6, 7, 29), (6, 7, 30)),
        (NIGHT, (6, 7, 30), None),
        (NIGHT, (5, 12, 0), None),
        ((time(12), time(13, 30)), (5, 12, 0), (5, 13, 30)),
        ((time(12), time(13, 30)), (5, 13, 30), None),
        ((time(22), time(0)), (5, 23, 0), (6, 0, 0)),
    ],
)
def test_when_they_are_over(hours, clock, until) -> None:
    now = datetime(2026, 1, *clock, tzinfo=SHANGHAI)
    expected = datetime(2026, 1, *until, tzinfo=SHANGHAI) if until else None
    assert ends_at(*hours, now=now) == expected


def test_what_is_not_urgent_waits_for_their_end_and_is_no_failure(cast: Cast) -> None:
    set_quiet_hours(cast.engineer.account, hours=NIGHT, by=cast.engineer.by, at=LATE)
    tell(cast, urgent=False, key="patient")
    tell(cast, urgent=True, key="urgent")
    deliver(now=LATE, worker="a")
    assert told(cast) == [True]
    waiting = OutboxMessage.objects.get(dedupe_key="inbox:patient")
    assert (waiting.state, waiting.attempts, waiting.next_at) == ("queued", 0, MORNING)
    assert oldest_stuck(at=MORNING - timedelta(minutes=1)) is None
    deliver(now=MORNING, worker="a")
    assert told(cast) == [True, False]


def test_others_are_told_at_once(cast: Cast) -> None:
    set_quiet_hours(cast.lead.account, hours=NIGHT, by=cast.lead.by, at=LATE)
    tell(cast, urgent=False, key="patient")
    deliver(now=LATE, worker="a")
    assert told(cast) == [False]


@pytest.mark.parametrize(("begins_after", "held_until"), [(-1, None), (2, 2), (10, None)])
def test_whoever_is_rostered_is_there(cast: Cast, begins_after: int, held_until: int | None) -> None:
    begins = LATE + timedelta(hours=begins_after)
    Shift.objects.create(
        account=cast.engineer.account, kind="on_call", starts_at=begins, ends_at=begins + timedelta(hours=6)
    )
    set_quiet_hours(cast.engineer.account, hours=NIGHT, by=cast.engineer.by, at=LATE)
    tell(cast, urgent=False, key="patient")
    deliver(now=LATE, worker="a")
    message = OutboxMessage.objects.get()
    if begins_after < 0:
        assert message.state == "sent"
    else:
        assert message.next_at == (LATE + timedelta(hours=held_until) if held_until else MORNING)


def test_giving_them_up_lets_go_what_waited(cast: Cast) -> None:
    engineer = cast.engineer
    set_quiet_hours(engineer.account, hours=NIGHT, by=engineer.by, at=LATE)
    tell(cast, urgent=False, key="patient")
    deliver(now=LATE, worker="a")
    for _ in range(2):
        set_quiet_hours(engineer.account, hours=None, by=engineer.by, at=LATE)
    deliver(now=LATE, worker="a")
    assert told(cast) == [False]
    facts = (
        Entry.objects.filter(kind="company.quiet_hours_set").order_by("pk").values_list("facts", flat=True)
    )
    assert list(facts) == [
        {"account": engineer.pk, "starts": "22:00", "ends": "07:30"},
        {"account": engineer.pk, "starts": "", "ends": ""},
    ]


def test_they_are_ones_own_and_have_a_length(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        set_quiet_hours(cast.engineer.account, hours=NIGHT, by=cast.administrator.by, at=LATE)
    with pytest.raises(Invalid):
        set_quiet_hours(cast.engineer.account, hours=(time(8), time(8)), by=cast.engineer.by, at=LATE)
    assert not Entry.objects.filter(kind="company.quiet_hours_set").exists()
