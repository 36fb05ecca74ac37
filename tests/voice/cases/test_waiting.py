"""Waiting for the customer lets the clocks that may stand still do so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actors import CUSTOMER
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import waiting, withdrawing

HOUR = timedelta(hours=1)


def duty(case, clause):
    return Obligation.objects.get(subject_id=str(case.pk), clause_id=clause)


def test_the_clock_stands_still_until_the_customer_answers(cast: Cast):
    case = triaged(cast, severity="urgent")
    before, unpaused = duty(case, "FB-4.3a").due_at, duty(case, "FB-4.1a").due_at
    since = case.changed_at + timedelta(minutes=1)
    waiting.start(case, by=cast.engineer.by, at=since, what="现场照片")
    assert (case.waiting_since, case.waiting_for) == (since, "现场照片")
    assert duty(case, "FB-4.3a").is_paused
    assert not duty(case, "FB-4.1a").is_paused
    waiting.end(case, by=CUSTOMER, at=since + HOUR)
    assert (case.waiting_since, case.waiting_for) == (None, "")
    assert duty(case, "FB-4.3a").due_at == before + HOUR
    assert duty(case, "FB-4.1a").due_at == unpaused


def test_nobody_waits_twice_nor_ends_what_has_not_begun(cast: Cast):
    case = triaged(cast)
    with pytest.raises(Refused):
        waiting.end(case, by=cast.engineer.by, at=case.changed_at)
    waiting.start(case, by=cast.engineer.by, at=case.changed_at, what="序列号")
    with pytest.raises(Refused):
        waiting.start(case, by=cast.engineer.by, at=case.changed_at, what="序列号")


def test_waiting_says_for_what(cast: Cast):
    case = triaged(cast)
    with pytest.raises(Invalid):
        waiting.start(case, by=cast.engineer.by, at=case.changed_at, what=" \x00")


def test_an_ended_case_waits_for_nobody(cast: Cast):
    case = triaged(cast)
    waiting.start(case, by=cast.engineer.by, at=case.changed_at, what="序列号")
    withdrawing.withdraw(case, by=CUSTOMER, at=case.changed_at + HOUR)
    assert case.waiting_since is None
    with pytest.raises(Refused):
        waiting.start(case, by=cast.engineer.by, at=case.changed_at, what="序列号")


def test_another_departments_staff_cannot_stop_the_clock(cast: Cast):
    case = triaged(cast)
    with pytest.raises(Forbidden):
        waiting.start(case, by=cast.warehouse_head.by, at=case.changed_at, what="照片")
