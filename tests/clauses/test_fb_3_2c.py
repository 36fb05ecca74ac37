"""FB-3.2c: general feedback and suggestions are dispatched by the system, unattended where the company allows it."""

from __future__ import annotations

from tests.cast import Cast, a_case, a_member, duty, told, triaged
from tests.clauses.telling import new_edition, outcome, when

from goodword.company.channels.models import OutboxMessage
from goodword.voice.cases.actions import triaging
from goodword.voice.cases.models import Case

ID = "FB-3.2c"
SURE = "你们客服态度太差了,我要投诉"
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
    new_edition(cast, ID, holds_from="2026-01-07", unattended=True, confidence=0.85)
    case = a_case(cast, at=when("2026-01-07 10:00"), text=SURE)
    case.refresh_from_db()
    assert (case.state, case.responsible, case.kind) == ("triaged", cast.department("service"), "complaint")
    assert told(case, "case.triaged")["automatic"] is True
    assert outcome(duty(case, "FB-3.2a")) == ("met", False)


def test_urgent_matters_and_what_the_reader_is_not_sure_of_always_wait_for_a_person(cast: Cast) -> None:
    new_edition(cast, ID, holds_from="2026-01-07", unattended=True, confidence=0.85)
    for text in (URGENT, "有点事想反映一下。"):
        case = a_case(cast, at=when("2026-01-07 10:00"), text=text)
        case.refresh_from_db()
        assert case.state == "received"
