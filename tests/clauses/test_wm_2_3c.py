"""WM-2.3c: telephone consultations are recorded, also when they are answered on the spot."""

from __future__ import annotations

from tests.cast import Cast, a_case, duty, told
from tests.clauses.telling import outcome, when

from goodword.engine.journal.queries import entries_of
from goodword.voice.cases.actions import closing, short_way, triaging
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.registers import register
from goodword.voice.cases.rules.record_elements import missing

ID = "WM-2.3c"
ASKED = "想问一下摄像机租一天多少钱?"


def answered_on_the_telephone(cast: Cast) -> Case:
    """Taken down, labelled, answered and closed within one call of three minutes."""
    case = a_case(cast, at=when("2026-01-05 10:00"), text=ASKED, kind="consultation", channel="hotline")
    triaging.triage(
        case,
        by=cast.intake.by,
        at=when("2026-01-05 10:01"),
        kind="consultation",
        content="other",
        subclass="price",
        severity="general",
        device_type="摄像机",
        stage="consult",
        department=cast.department("service"),
        assignee=cast.intake.account,
    )
    short_way.answer(
        case, by=cast.intake.by, at=when("2026-01-05 10:02"), text="一天 300 元。", channel="hotline"
    )
    return closing.close(case, by=cast.intake.by, at=when("2026-01-05 10:03"))


def test_a_question_answered_on_the_spot_leaves_a_whole_record(cast: Cast) -> None:
    case = answered_on_the_telephone(cast)
    assert (case.state, case.channel, case.text) == ("closed", "hotline", ASKED)
    assert list(register("consultation")) == [case]
    assert missing(case) == []
    said = case.messages.values_list("direction", "text", "at")
    assert list(said) == [
        ("in", ASKED, when("2026-01-05 10:00")),
        ("out", "一天 300 元。", when("2026-01-05 10:02")),
    ]


def test_the_journal_tells_who_took_it_down_and_who_answered(cast: Cast) -> None:
    case = answered_on_the_telephone(cast)
    acts = entries_of("case", case.pk).filter(kind__in=["case.received", "case.answered", "case.closed"])
    assert [entry.by for entry in acts] == [cast.intake.account] * 3
    assert told(case, "case.answered")["channel"] == "hotline"


def test_its_clocks_are_met_by_the_same_call(cast: Cast) -> None:
    case = answered_on_the_telephone(cast)
    for clause in ("FB-3.2a", "SU-8a", "CS-3.2a"):
        assert outcome(duty(case, clause)) == ("met", False)
    assert not case.phone_tasks.exists()
