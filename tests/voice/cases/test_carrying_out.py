"""Carrying out: steps, progress told again and again, done when every step is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests import cast as play
from tests.cast import Cast, agreed, done, duty, finish, told

from goodword.base.core.errors import Forbidden, Invalid, Refused, Stale
from goodword.company.channels.models import OutboxMessage
from goodword.engine.journal.queries import entries_of
from goodword.voice.cases.actions import carrying_out, waiting
from goodword.voice.cases.rules.phrases import PhraseWarning

HOUR = timedelta(hours=1)


def test_it_starts_with_steps_and_meets_the_urgent_resolution(cast: Cast) -> None:
    case = agreed(cast, severity="urgent")
    at = cast.at + 2 * HOUR
    steps: list[dict[str, Any]] = [
        {"what": " 备货 ", "owner": cast.warehouse_head.account, "due_at": at + HOUR},
        {"what": "送换"},
    ]
    carrying_out.start(case, by=cast.engineer.by, at=at, steps=steps)
    first, second = case.steps.all()
    assert (first.number, first.what, first.owner) == (1, "备货", cast.warehouse_head.account)
    assert (second.number, second.owner, second.due_at) == (2, None, None)
    assert (case.state, case.rounds.get().carrying_out_at) == ("carrying_out", at)
    assert duty(case, "FB-4.3a").state == "met"
    assert told(case, "case.carrying_out_started") == {"steps": 2}


@pytest.mark.parametrize("steps", [[], [{"what": " "}], [{"what": "送换"}, {}]])
def test_it_needs_steps_with_words(cast: Cast, steps: list[dict[str, Any]]) -> None:
    case = agreed(cast)
    with pytest.raises(Invalid):
        carrying_out.start(case, by=cast.engineer.by, at=cast.at + 2 * HOUR, steps=steps)
    assert case.state == "agreed"


def test_nothing_is_carried_out_before_the_customer_agrees(cast: Cast) -> None:
    case = play.communicated(cast)
    with pytest.raises(Refused):
        carrying_out.start(case, by=cast.engineer.by, at=cast.at + 2 * HOUR, steps=[{"what": "送换"}])


def test_a_steps_owner_ticks_it_off_also_from_another_department(cast: Cast) -> None:
    case = agreed(cast)
    steps = [
        {"what": "备货", "owner": cast.warehouse_head.account},
        {"what": "送换", "owner": cast.engineer.account},
    ]
    carrying_out.start(case, by=cast.engineer.by, at=cast.at + 2 * HOUR, steps=steps)
    first, second = case.steps.all()
    carrying_out.complete_step(first, by=cast.warehouse_head.by, at=cast.at + 3 * HOUR, proof="出库单 12")
    assert (first.done_by, first.proof) == (cast.warehouse_head.account, "出库单 12")
    assert told(case, "case.step_done") == {"step": first.pk}
    assert case.handlers.filter(person=cast.warehouse_head.person).exists()
    with pytest.raises(Forbidden):
        carrying_out.complete_step(second, by=cast.warehouse_head.by, at=cast.at + 3 * HOUR)


def test_a_step_is_done_once(cast: Cast) -> None:
    case = play.carrying_out(cast)
    step = case.steps.get()
    carrying_out.complete_step(step, by=cast.engineer.by, at=cast.at + 2 * HOUR)
    with pytest.raises(Stale):
        carrying_out.complete_step(step, by=cast.engineer.by, at=cast.at + 3 * HOUR)


def test_progress_is_owed_again_each_time_it_was_told(cast: Cast) -> None:
    case = play.carrying_out(cast, severity="urgent")
    first = duty(case, "FB-4.3c")
    assert first.due_at == first.started_at + 2 * HOUR
    told_at = first.started_at + HOUR
    carrying_out.tell_progress(case, by=cast.engineer.by, at=told_at, text="备机已出库")
    first.refresh_from_db()
    second = duty(case, "FB-4.3c")
    assert (first.state, second.state, second.due_at) == ("met", "open", told_at + 2 * HOUR)


def test_progress_is_checked_for_phrases_like_any_reply(cast: Cast) -> None:
    case = play.carrying_out(cast)
    with pytest.raises(PhraseWarning):
        carrying_out.tell_progress(case, by=cast.engineer.by, at=cast.at + 2 * HOUR, text="今天没办法送到")
    message = carrying_out.tell_progress(
        case, by=cast.engineer.by, at=cast.at + 2 * HOUR, text="今天没办法送到", anyway=True
    )
    assert message.anyway


def test_it_is_not_done_while_a_step_is_open(cast: Cast) -> None:
    case = play.carrying_out(cast)
    with pytest.raises(Refused) as caught:
        carrying_out.finish(case, by=cast.engineer.by, at=cast.at + 2 * HOUR)
    assert caught.value.clauses == ("FB-4.2b",)
    assert "1" in caught.value.zh


def test_done_meets_the_general_resolution_and_starts_the_callbacks_time(cast: Cast) -> None:
    before = OutboxMessage.objects.filter(recipient=cast.callback.account).count()
    case = done(cast)
    assert duty(case, "FB-4.3b").state == "met"
    assert duty(case, "FB-4.3c").state == "released"
    assert duty(case, "FB-4.3d").state == "open"
    assert case.done_at == case.rounds.get().done_at == cast.at + timedelta(minutes=90)
    assert case.notes.get().text == "客户现场确认"
    assert OutboxMessage.objects.filter(recipient=cast.callback.account).count() == before + 1


def test_done_ends_a_wait_for_the_customer(cast: Cast) -> None:
    case = play.carrying_out(cast)
    waiting.start(case, by=cast.engineer.by, at=cast.at + 2 * HOUR, what="客户在家的时间")
    finish(cast, case, at=cast.at + 3 * HOUR)
    assert case.waiting_since is None
    assert entries_of("case", case.pk).filter(kind="case.waiting_ended").count() == 1


def test_another_department_neither_starts_nor_finishes(cast: Cast) -> None:
    case = agreed(cast)
    with pytest.raises(Forbidden):
        carrying_out.start(case, by=cast.warehouse_head.by, at=cast.at + 2 * HOUR, steps=[{"what": "送换"}])
    with pytest.raises(Forbidden):
        carrying_out.finish(case, by=cast.callback.by, at=cast.at + 2 * HOUR)
