"""What can wait is not sent in the hours a customer wants to be left in peace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from tests.cast import Cast, make_cast
from tests.clauses.telling import when
from tests.support.lines import Line, lines

from goodword.base.core.errors import Forbidden, Invalid
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.correspondence.actions.arriving import arrive
from goodword.company.channels.correspondence.arriving import Arrived
from goodword.company.channels.correspondence.models import Letter
from goodword.company.channels.correspondence.quiet import CustomersQuiet
from goodword.company.channels.models import OutboxMessage
from goodword.company.customers.actions.quieting import set_quiet
from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Case
from goodword.wiring.administration.customers_quiet import set_customers_quiet

EVENING, NIGHT, MORNING = when("2026-01-05 20:00"), when("2026-01-05 23:10"), when("2026-01-06 08:00")
HOURS = (time(22), time(8))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def line() -> Iterator[Line]:
    with lines("wechat") as line:
        yield line


def asked(cast: Cast, *, at: datetime = EVENING, outside_id: str = "m1") -> Case:
    """A customer's word, its receipt sent."""
    case = Case.objects.get(pk=arrive(Arrived("wechat", outside_id, "invented", "想换一台", at)).case_id)
    Case.objects.filter(pk=case.pk).update(customer=cast.customer, contact=cast.contact)
    case.refresh_from_db()
    deliver(now=at, worker="w")
    return case


def answered(cast: Cast, case: Case, *, at: datetime = NIGHT) -> None:
    replying.reply(case, by=cast.intake.by, at=at, text="明天上门。", purpose="progress")


def left_at(line: Line, *moments: datetime) -> list[int]:
    """How many letters had left after each of these moments."""
    found = []
    for moment in moments:
        deliver(now=moment, worker="w")
        found.append(len(line.given))
    return found


def test_the_companys_hours_hold_for_who_said_nothing(cast: Cast, line: Line) -> None:
    set_customers_quiet(CustomersQuiet(HOURS), by=cast.administrator.by, at=cast.at)
    answered(cast, asked(cast))
    minute = timedelta(minutes=1)
    assert left_at(line, NIGHT, MORNING - minute, MORNING) == [1, 1, 2]
    waited = OutboxMessage.objects.get(payload={"letter": Letter.objects.latest("pk").pk})
    assert waited.attempts == 1, "waiting is no try"


def test_a_customers_own_hours_come_first(cast: Cast, line: Line) -> None:
    set_customers_quiet(CustomersQuiet(HOURS), by=cast.administrator.by, at=cast.at)
    assert set_quiet(cast.customer, (time(1), time(11)), by=cast.lead.by, at=cast.at)
    answered(cast, asked(cast))
    assert left_at(line, NIGHT) == [2]
    assert not set_quiet(cast.customer, (time(1), time(11)), by=cast.lead.by, at=cast.at)
    assert set_quiet(cast.customer, None, by=cast.lead.by, at=cast.at)
    assert Entry.objects.filter(kind="customer.quiet_set").count() == 2


@pytest.mark.parametrize("why", ["urgent", "wrote just now", "none set"])
def test_what_does_not_wait(cast: Cast, line: Line, why: str) -> None:
    if why != "none set":
        set_customers_quiet(CustomersQuiet(HOURS), by=cast.administrator.by, at=cast.at)
    case = asked(cast)
    if why == "urgent":
        Case.objects.filter(pk=case.pk).update(severity="urgent")
    elif why == "wrote just now":
        arrive(Arrived("wechat", "m2", "invented", "睡不着,有消息吗", NIGHT - timedelta(minutes=10)))
    answered(cast, case)
    assert left_at(line, NIGHT) == [2]


def test_who_writes_at_night_gets_first_what_was_kept_for_the_morning(cast: Cast, line: Line) -> None:
    set_customers_quiet(CustomersQuiet(HOURS), by=cast.administrator.by, at=cast.at)
    case, later = asked(cast), NIGHT + timedelta(hours=1)
    answered(cast, case)
    assert left_at(line, NIGHT) == [1]
    arrive(Arrived("wechat", "m2", "invented", "睡不着,有消息吗", later))
    answered(cast, case, at=later)
    assert left_at(line, later) == [3]
    ids = [given.letter.pk for given in line.given]
    assert ids == sorted(ids)


def test_a_receipt_at_night_leaves_at_once(cast: Cast, line: Line) -> None:
    set_customers_quiet(CustomersQuiet(HOURS), by=cast.administrator.by, at=cast.at)
    asked(cast, at=NIGHT)
    assert len(line.given) == 1


def test_who_may_set_them_and_to_what(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        set_customers_quiet(CustomersQuiet(HOURS), by=cast.intake.by, at=cast.at)
    with pytest.raises(Invalid):
        set_customers_quiet(CustomersQuiet((time(8), time(8))), by=cast.administrator.by, at=cast.at)
    with pytest.raises(Invalid):
        set_quiet(cast.customer, (time(8), time(8)), by=cast.lead.by, at=cast.at)
    with pytest.raises(Forbidden):
        set_quiet(cast.customer, HOURS, by=cast.warehouse_head.by, at=cast.at)
