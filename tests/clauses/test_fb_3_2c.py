"""FB-3.2c: general feedback and suggestions are dispatched by the system, unattended where the company allows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import SURE, Cast, Member, a_case, a_member, duty, told, triaged
from tests.clauses.telling import new_edition, outcome, refused_by, when

from goodword.base.core.errors import Forbidden, Invalid
from goodword.company.channels.models import OutboxMessage
from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import checking, judging, triaging
from goodword.voice.cases.figures.unattended import Rule, is_sampled, is_sure, rule_of
from goodword.voice.cases.models import Case, Label, Unattended, UnattendedStop
from goodword.voice.cases.queries import watching
from goodword.wiring import health

ID = "FB-3.2c"
URGENT = "直播正在进行,摄像机突然黑屏了,直播中断,马上派人来!"


def dispatched(cast: Cast, case: Case) -> Case:
    """Triage without naming anybody."""
    return triaging.triage(
        case,
        by=cast.intake.by,
        at=when("2026-01-05 10:05"),
        kind="complaint",
        content="device",
        severity="general",
        department=cast.department("technology"),
    )


def test_the_system_picks_who_is_on_duty_with_the_least_to_do_and_tells_them(cast: Cast) -> None:
    second = a_member("工示例", username="gong", department="technology", roles=("engineer",))
    triaged(cast, assignee=cast.engineer)
    case = dispatched(cast, a_case(cast))
    assert case.assignee == second.account
    assert told(case, "case.dispatched")["automatic"] is True
    notice = OutboxMessage.objects.filter(payload__kind="case.dispatched", recipient=second.account)
    assert notice.get().payload["subject_id"] == str(case.pk)


def test_where_nobody_works_on_cases_the_head_of_the_department_gets_it(cast: Cast) -> None:
    case = triaging.triage(
        a_case(cast),
        by=cast.intake.by,
        at=cast.at,
        kind="complaint",
        content="device",
        severity="general",
        department=cast.department("warehouse"),
    )
    assert case.assignee == cast.warehouse_head.account


def test_nothing_goes_out_unattended_unless_the_company_allows_it(cast: Cast) -> None:
    case = a_case(cast, text=SURE)
    assert (case.state, case.responsible) == ("received", None)


def test_where_it_is_allowed_what_the_reader_is_sure_of_goes_its_way_alone(cast: Cast) -> None:
    new_edition(cast, ID, holds_from="2026-01-07", unattended=True, confidence=0.85, urgent_ceiling=0.15)
    case = a_case(cast, at=when("2026-01-07 10:00"), text=SURE)
    case.refresh_from_db()
    assert (case.state, case.responsible, case.kind) == ("triaged", cast.department("service"), "complaint")
    assert told(case, "case.triaged")["automatic"] is True
    assert outcome(duty(case, "FB-3.2a")) == ("met", False)


def test_urgent_matters_and_what_the_reader_is_not_sure_of_always_wait_for_a_person(cast: Cast) -> None:
    new_edition(cast, ID, holds_from="2026-01-07", unattended=True, confidence=0.85, urgent_ceiling=0.15)
    for text in (URGENT, "有点事想反映一下。"):
        case = a_case(cast, at=when("2026-01-07 10:00"), text=text)
        case.refresh_from_db()
        assert case.state == "received"


def allowed(cast: Cast, **figures: Any) -> None:
    """From the 7th on the company lets what is sure go its way alone, and looks at every one unless said otherwise."""
    chosen = {"unattended": True, "confidence": 0.85, "urgent_ceiling": 0.15, "sampled": 1.0, **figures}
    new_edition(cast, ID, holds_from="2026-01-07", **chosen)


def sent_alone(cast: Cast, *, minute: int = 0) -> Case:
    """A case that goes its way alone on the 7th."""
    case = a_case(cast, at=when("2026-01-07 10:00") + timedelta(minutes=minute), text=SURE)
    case.refresh_from_db()
    assert case.state == "triaged"
    return case


def checked(cast: Cast, case: Case, *, by: Member | None = None, **said: str) -> Unattended:
    """A person says blind what the case is: as the software had it unless `said`."""
    chosen = {"kind": "complaint", "content": "service", "severity": "general", **said}
    return checking.check(case, by=(by or cast.lead).by, at=when("2026-01-07 15:00"), **chosen)


def proposal(severity: str = "general", p: float = 0.95, **more: Any) -> dict[str, Any]:
    sure = {"label": "complaint", "p": 0.99}
    return {
        "kind": sure,
        "content": {"label": "device", "p": 0.99},
        "severity": {"label": severity, "p": p, **more},
    }


def rule(cast: Cast, **figures: Any) -> Rule:
    allowed(cast, **figures)
    return rule_of(at=when("2026-01-07 10:00"))


def test_how_sure_is_sure_enough_is_set_for_each_severity_and_never_for_urgent(cast: Cast) -> None:
    chosen = rule(cast, confidence={"general": 0.97, "suggestion": 0.9}, urgent_ceiling=0.5)
    assert not is_sure(proposal("general", 0.95), chosen)
    assert is_sure(proposal("general", 0.97), chosen)
    assert is_sure(proposal("suggestion", 0.95), chosen)
    assert not is_sure(proposal("urgent", 1.0, urgent=1.0), chosen)
    assert not is_sure(proposal() | {"content": {"label": None, "p": 0.99}}, chosen)


def test_a_matter_that_may_well_be_urgent_waits_for_a_person_however_general_it_looks(cast: Cast) -> None:
    chosen = rule(cast, urgent_ceiling=0.02)
    assert not is_sure(proposal(p=0.96, urgent=0.03), chosen)
    assert is_sure(proposal(p=0.96, urgent=0.01), chosen)
    assert not is_sure(proposal(p=0.96), chosen), "untold, all that is left beside the label may be urgent"
    assert is_sure(proposal(p=0.99), chosen)


@pytest.mark.parametrize(
    "figures",
    [
        {"confidence": {"general": 1.2, "suggestion": 0.9}},
        {"confidence": 0.3},
        {"severities": ["general", "urgent"]},
        {"urgent_ceiling": 0.8},
        {"sampled": 0},
        {"most_wrong": -0.1},
        {"judged_by": "hope"},
        {"urgent_missed": 0},
    ],
)
def test_the_company_sets_its_figures_only_within_their_ranges(cast: Cast, figures: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        new_edition(cast, ID, holds_from="2026-01-07", **figures)
    assert next(iter(figures)) in " ".join([*refused.value.fields, *refused.value.fields.values()])


def test_what_goes_alone_is_written_down_with_how_it_was_read(cast: Cast) -> None:
    allowed(cast)
    case = sent_alone(cast)
    row = case.unattended
    assert (row.kind, row.content, row.severity, row.department) == (
        "complaint",
        "service",
        "general",
        "service",
    )
    assert (row.sampled, row.verdict, row.model) == (True, "", case.read_by)
    assert 0 <= row.urgent_chance <= 0.15


def test_the_sample_is_drawn_by_the_stated_seed_and_comes_out_the_same_again(cast: Cast) -> None:
    from goodword.base.core.ids import uuid7

    chosen, other = rule(cast, sampled=0.2, seed=7), rule(cast, sampled=0.2, seed=8)
    ids = [uuid7() for _ in range(2_000)]
    drawn = [is_sampled(one, chosen) for one in ids]
    assert drawn == [is_sampled(one, chosen) for one in ids]
    assert 300 <= sum(drawn) <= 500
    assert drawn != [is_sampled(one, other) for one in ids]


def test_a_blind_check_that_agrees_makes_the_labels_a_persons_and_counts_as_right(cast: Cast) -> None:
    allowed(cast)
    case = sent_alone(cast)
    assert case.labelled_at is None
    assert list(watching.to_check(cast.lead.by)) == [case]
    assert checked(cast, case) == Unattended.objects.get(
        verdict="right", found_by="check", decided_by=cast.lead.account
    )
    case.refresh_from_db()
    assert case.labelled_at == when("2026-01-07 15:00")
    assert told(case, "case.dispatch_checked") == {"verdict": "right", "corrected": []}
    assert list(watching.to_check(cast.lead.by)) == []
    with refused_by(ID):
        checked(cast, case)


def test_a_blind_check_that_disagrees_sends_the_case_where_it_belongs(cast: Cast) -> None:
    allowed(cast, most_wrong=0.5)
    case = sent_alone(cast)
    row = checked(cast, case, content="device", subclass="fault")
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.verdict, row.found_by, row.wrong_in) == ("wrong", "check", ["content"])
    assert (case.content, case.subclass, case.responsible) == (
        "device",
        "fault",
        cast.department("technology"),
    )
    assert Label.objects.get(case=case, name="content").chosen == "device"
    assert not UnattendedStop.objects.exists(), "one of one is not enough to judge by"


def test_a_case_triaged_anew_counts_as_an_error_and_one_sent_on_as_it_was_does_not(cast: Cast) -> None:
    allowed(cast, most_wrong=0.5, sampled=0.01)
    same, other = sent_alone(cast), sent_alone(cast, minute=1)
    at = when("2026-01-07 11:00")
    for case, kind in ((same, "complaint"), (other, "request")):
        triaging.triage(
            case, by=cast.lead.by, at=at, kind=kind, content="service", severity="general",
            department=cast.department("service"),
        )  # fmt: skip
    assert Unattended.objects.get(case=same).verdict == ""
    assert Unattended.objects.get(case=other).wrong_in == ["kind"]


def test_who_handled_a_case_does_not_check_it_and_who_may_not_triage_checks_nothing(cast: Cast) -> None:
    allowed(cast)
    case = a_case(cast, at=when("2026-01-07 10:00"), text=SURE)
    assert list(watching.to_check(cast.intake.by)) == [], "the intake agent took it down"
    with pytest.raises(Forbidden):
        checked(cast, case, by=cast.engineer)
    with pytest.raises(Invalid):
        checked(cast, case, kind="nonsense")


def test_too_many_errors_switch_it_off_until_a_person_switches_it_on_again(cast: Cast) -> None:
    allowed(cast, least_checked=5, most_wrong=0.2)
    cases = [sent_alone(cast, minute=minute) for minute in range(6)]
    for case in cases[:3]:
        checked(cast, case)
    checked(cast, cases[3], kind="request")
    assert not UnattendedStop.objects.exists()
    checked(cast, cases[4], kind="request")
    stop = UnattendedStop.objects.get()
    assert (stop.reason, stop.figures["wrong"], stop.figures["checked"], stop.figures["share"]) == (
        "share",
        2,
        5,
        0.4,
    )
    entry = Entry.objects.get(kind="company.unattended_stopped")
    assert entry.facts["limit"] == 0.2
    rung = OutboxMessage.objects.filter(payload__kind="company.unattended_stopped")
    assert cast.lead.pk in rung.values_list("recipient", flat=True)
    assert "unattended" in health.health(entry.recorded_at)["troubles"]

    waits = a_case(cast, at=when("2026-01-07 16:00"), text=SURE)
    waits.refresh_from_db()
    assert waits.state == "received"

    at = when("2026-01-08 09:00")
    with pytest.raises(Forbidden):
        judging.resume(by=cast.lead.by, at=at, note="已重新训练")
    with pytest.raises(Invalid):
        judging.resume(by=cast.deputy.by, at=at, note=" ")
    judging.resume(by=cast.deputy.by, at=at, note="已重新训练")
    assert "unattended" not in health.health(entry.recorded_at)["troubles"]
    with refused_by(ID):
        judging.resume(by=cast.deputy.by, at=at, note="再来一次")
    goes = a_case(cast, at=at + timedelta(hours=1), text=SURE)
    goes.refresh_from_db()
    assert goes.state == "triaged"
    assert watching.measured(rule_of(at=at), at=at + timedelta(hours=2)).dispatched == 1, (
        "counted from there on"
    )


def test_an_urgent_one_missed_switches_it_off_at_once(cast: Cast) -> None:
    allowed(cast)
    case = sent_alone(cast)
    row = checked(cast, case, severity="urgent")
    row.refresh_from_db()
    assert row.urgent_missed
    assert UnattendedStop.objects.get().reason == "urgent"
    assert [one.case for one in watching.wrong_ones(cast.deputy.by, since=case.received_at)] == [case]


def test_known_errors_alone_switch_it_off_where_they_exceed_the_limit_of_all(cast: Cast) -> None:
    allowed(cast, least_checked=5, most_wrong=0.1, sampled=0.01)
    cases = [sent_alone(cast, minute=minute) for minute in range(5)]
    triaging.triage(
        cases[0], by=cast.lead.by, at=when("2026-01-07 12:00"), kind="request", content="service",
        severity="general", department=cast.department("service"),
    )  # fmt: skip
    assert UnattendedStop.objects.get().reason in {"known", "share"}


def test_the_upper_end_of_the_interval_judges_where_the_company_says_so(cast: Cast) -> None:
    figures = watching.Measured(dispatched=100, sampled=30, checked=30, wrong=1, known_wrong=1)
    assert watching.beyond(figures, rule(cast, judged_by="point")) == ""
    assert watching.beyond(figures, rule(cast, judged_by="upper")) == "share"
