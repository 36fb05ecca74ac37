"""The customer no longer wants it handled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, done, triaged

from goodword.base.core.errors import Forbidden, Refused
from goodword.base.people.actors import CUSTOMER
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import callback, coordinating, withdrawing

HOUR = timedelta(hours=1)


def test_the_customer_withdraws_and_every_open_duty_is_released(cast: Cast):
    case = triaged(cast, severity="urgent")
    asked = coordinating.ask_help(
        case, by=cast.lead.by, at=case.changed_at, department=cast.department("warehouse"), question="备机?"
    )
    subjects = [str(case.pk), str(asked.pk)]
    assert Obligation.objects.filter(subject_id=str(asked.pk), state="open").exists()
    withdrawing.withdraw(case, by=CUSTOMER, at=case.changed_at + HOUR, reason="已经好了,不用处理")
    assert case.state == "withdrawn"
    message = case.messages.latest("pk")
    assert (message.direction, message.text, message.by) == ("in", "已经好了,不用处理", None)
    assert not Obligation.objects.filter(subject_id__in=subjects, state="open").exists()
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert case.phone_tasks.get().state == "dropped"
    assert case.rounds.get().ended_at == case.changed_at


def test_what_staff_was_told_is_kept_as_a_note(cast: Cast):
    case = triaged(cast)
    withdrawing.withdraw(case, by=cast.engineer.by, at=case.changed_at, reason="电话里说不用了")
    assert case.notes.get().text == "电话里说不用了"
    assert not case.messages.filter(text="电话里说不用了").exists()


def test_what_was_called_back_or_has_ended_is_not_withdrawn(cast: Cast):
    case = done(cast)
    callback.call_back(case, by=cast.callback.by, at=case.done_at + HOUR, solved=True, satisfaction=5)
    with pytest.raises(Refused):
        withdrawing.withdraw(case, by=CUSTOMER, at=case.changed_at)
    case = triaged(cast)
    withdrawing.withdraw(case, by=CUSTOMER, at=case.changed_at)
    with pytest.raises(Refused):
        withdrawing.withdraw(case, by=CUSTOMER, at=case.changed_at)


def test_another_departments_staff_cannot_withdraw(cast: Cast):
    case = triaged(cast)
    with pytest.raises(Forbidden):
        withdrawing.withdraw(case, by=cast.warehouse_head.by, at=case.changed_at, reason="客户说不用了")
