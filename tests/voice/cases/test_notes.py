"""Among colleagues: notes, mentions, watching, escalating by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_member, told, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actors import CUSTOMER
from goodword.company.channels.models import OutboxMessage
from goodword.engine.journal.queries import entries_of
from goodword.voice.cases.actions import coordinating, merging, notes


def test_a_note_is_written_and_who_is_mentioned_is_told_and_watches(cast: Cast) -> None:
    case = triaged(cast)
    before = OutboxMessage.objects.filter(recipient=cast.warehouse_head.account).count()
    note = notes.note(
        case,
        by=cast.engineer.by,
        at=cast.at,
        text="请仓库看看出库照片",
        mentions=[cast.warehouse_head.account, cast.warehouse_head.account],
    )
    assert list(note.mentions.all()) == [cast.warehouse_head.account]
    assert case.watchers.get().account == cast.warehouse_head.account
    assert told(case, "case.noted") == {"note": note.pk, "mentions": [cast.warehouse_head.pk]}
    assert OutboxMessage.objects.filter(recipient=cast.warehouse_head.account).count() == before + 1


def test_who_was_mentioned_may_answer_with_a_note(cast: Cast) -> None:
    case = triaged(cast)
    with pytest.raises(Forbidden):
        notes.note(case, by=cast.warehouse_head.by, at=cast.at, text="我来查")
    notes.note(case, by=cast.engineer.by, at=cast.at, text="请看", mentions=[cast.warehouse_head.account])
    assert (
        notes.note(case, by=cast.warehouse_head.by, at=cast.at, text="我来查").by
        == cast.warehouse_head.account
    )


def test_a_department_that_is_asked_for_help_may_write_notes(cast: Cast) -> None:
    case = triaged(cast)
    coordinating.ask_help(
        case, by=cast.engineer.by, at=cast.at, department=cast.department("warehouse"), question="有备机吗"
    )
    assert notes.note(case, by=cast.warehouse_head.by, at=cast.at, text="有两台").pk


def test_a_note_is_no_handling_and_may_be_written_after_the_end(cast: Cast) -> None:
    case, other = triaged(cast), triaged(cast)
    merging.merge(case, into=other, by=cast.intake.by, at=cast.at + timedelta(minutes=10))
    notes.note(case, by=cast.callback.by, at=cast.at + timedelta(hours=1), text="记一笔")
    assert not case.handlers.filter(person=cast.callback.person).exists()


def test_a_note_needs_words_and_colleagues_who_are_still_here(cast: Cast) -> None:
    case = triaged(cast)
    with pytest.raises(Invalid):
        notes.note(case, by=cast.engineer.by, at=cast.at, text="  ")
    gone = a_member("李示例", username="li", department="brand", roles=("brand",)).account
    gone.is_active = False
    gone.save()
    with pytest.raises(Invalid) as caught:
        notes.note(case, by=cast.engineer.by, at=cast.at, text="请看", mentions=[gone])
    assert "mentions" in caught.value.fields


def test_customers_write_no_notes(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        notes.note(triaged(cast), by=CUSTOMER, at=cast.at, text="你好")


def test_watching_begins_and_ends_and_is_journalled_only_when_it_changes(cast: Cast) -> None:
    case = triaged(cast)
    for watching in (True, True, False, False):
        notes.watch(case, by=cast.lead.by, at=cast.at, watching=watching)
    assert not case.watchers.exists()
    assert entries_of("case", case.pk).filter(kind="case.watched").count() == 2
    assert told(case, "case.watched") == {"account": cast.lead.pk, "watching": False}


def test_nobody_watches_what_he_may_not_see(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        notes.watch(triaged(cast), by=cast.warehouse_head.by, at=cast.at, watching=True)


def test_a_case_is_escalated_by_hand_with_the_reason_in_a_note(cast: Cast) -> None:
    case = triaged(cast)
    before = OutboxMessage.objects.filter(recipient=cast.deputy.account).count()
    notes.escalate(
        case, by=cast.engineer.by, at=cast.at, to="deputy_general_manager", reason="客户要求见负责人"
    )
    assert told(case, "case.escalated") == {"to": "deputy_general_manager"}
    assert case.notes.get().text == "客户要求见负责人"
    assert OutboxMessage.objects.filter(recipient=cast.deputy.account).count() == before + 1


@pytest.mark.parametrize(("to", "reason"), [("emperor", "请看"), ("service_lead", "  ")])
def test_an_escalation_needs_somebody_and_a_reason(cast: Cast, to: str, reason: str) -> None:
    with pytest.raises(Invalid):
        notes.escalate(triaged(cast), by=cast.engineer.by, at=cast.at, to=to, reason=reason)


def test_an_ended_case_is_not_escalated(cast: Cast) -> None:
    case, other = triaged(cast), triaged(cast)
    merging.merge(case, into=other, by=cast.intake.by, at=cast.at + timedelta(minutes=10))
    with pytest.raises(Refused):
        notes.escalate(case, by=cast.lead.by, at=cast.at, to="service_lead", reason="请看")
