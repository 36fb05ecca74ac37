"""Evidence, technical checks and statements; no more is asked of the customer than is needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast, a_case, done, started, told, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.engine.attachments.models import Attachment
from goodword.voice.cases.actions import coordinating, evidence
from goodword.voice.cases.models import Case
from goodword.voice.cases.rules.evidence import BeyondNeed


def a_file(case: Case, *, state: str = "ok") -> Attachment:
    """The row of a stored file of the case."""
    return Attachment.objects.create(
        subject_type="case",
        subject_id=str(case.pk),
        name="出库单.pdf",
        storage_name="random-name" if state == "ok" else None,
        content_type="application/pdf",
        size=10,
        sha256="0" * 64,
        state=state,
        at=case.received_at,
    )


def test_a_contract_goes_on_the_list_of_the_round(cast: Cast) -> None:
    case = started(cast)
    row = evidence.add(
        case, by=cast.engineer.by, at=cast.at, kind="contract", what="合同第三条", attachment=a_file(case)
    )
    assert (row.round_no, row.kind, row.asked_of_customer, row.by) == (
        1,
        "contract",
        False,
        cast.engineer.account,
    )
    facts = {"evidence": row.pk, "evidence_kind": "contract", "beyond_need": False}
    assert told(case, "case.evidence_added") == facts


def test_photos_of_a_faulty_device_may_be_asked_for(cast: Cast) -> None:
    case = started(cast)
    row = evidence.add(case, by=cast.engineer.by, at=cast.at, kind="photo", asked_of_customer=True)
    assert told(case, "case.evidence_added")["beyond_need"] is False
    assert row.asked_of_customer


def test_more_than_the_case_needs_is_refused_without_a_purpose_and_recorded_with_one(cast: Cast) -> None:
    case = started(cast, content="service", department="service")
    ask: dict[str, Any] = {"by": cast.lead.by, "at": cast.at, "kind": "video", "asked_of_customer": True}
    with pytest.raises(BeyondNeed) as caught:
        evidence.add(case, **ask)
    assert caught.value.clauses == ("FB-4.1d",)
    assert "purpose" in caught.value.fields
    assert "视频" in caught.value.zh
    assert "Video" in caught.value.en
    row = evidence.add(case, **ask, purpose="双方说法不一,需要现场录像")
    assert row.purpose == "双方说法不一,需要现场录像"
    assert told(case, "case.evidence_added")["beyond_need"] is True


def test_one_request_too_many_is_beyond_need(cast: Cast) -> None:
    case = started(cast)
    for kind in ("photo", "video"):
        evidence.add(case, by=cast.engineer.by, at=cast.at, kind=kind, asked_of_customer=True)
    with pytest.raises(BeyondNeed):
        evidence.add(case, by=cast.engineer.by, at=cast.at, kind="photo", asked_of_customer=True)


def test_what_is_not_asked_of_the_customer_needs_no_purpose(cast: Cast) -> None:
    case = started(cast, content="service", department="service")
    assert evidence.add(case, by=cast.lead.by, at=cast.at, kind="video", what="门店监控").purpose == ""


def test_evidence_is_of_a_known_kind_has_content_and_only_files_of_its_case(cast: Cast) -> None:
    case, other = started(cast), triaged(cast)
    wrong: list[dict[str, Any]] = [
        {"kind": "rumour", "what": "听说"},
        {"kind": "contract", "what": " "},
        {"kind": "contract", "attachment": a_file(other)},
        {"kind": "contract", "attachment": a_file(case, state="refused")},
    ]
    for values in wrong:
        with pytest.raises(Invalid) as caught:
            evidence.add(case, by=cast.engineer.by, at=cast.at, **values)
        assert caught.value.clauses == ("FB-4.1c",)
    assert not case.evidence.exists()


def test_a_technical_check_is_recorded_with_its_result(cast: Cast) -> None:
    case = started(cast)
    row = evidence.record_technical_check(
        case, by=cast.engineer.by, at=cast.at, result="not_confirmed", what="连续运行两小时正常", remote=True
    )
    assert (row.kind, row.result, row.remote) == ("technical_report", "not_confirmed", True)
    facts = {"evidence": row.pk, "result": "not_confirmed", "remote": True}
    assert told(case, "case.technical_check_recorded") == facts


@pytest.mark.parametrize(("result", "what"), [("maybe", "看过"), ("confirmed", "")])
def test_a_technical_check_needs_result_and_words(cast: Cast, result: str, what: str) -> None:
    with pytest.raises(Invalid) as caught:
        evidence.record_technical_check(
            started(cast), by=cast.engineer.by, at=cast.at, result=result, what=what, remote=False
        )
    assert caught.value.clauses == ("FB-4.1e",)


def test_a_technical_check_is_made_by_those_who_know_devices(cast: Cast) -> None:
    case = started(cast)
    for by in (cast.intake.by, cast.warehouse_head.by):
        with pytest.raises(Forbidden):
            evidence.record_technical_check(
                case, by=by, at=cast.at, result="confirmed", what="看过", remote=True
            )


def test_a_department_asked_for_help_may_check_and_add_evidence(cast: Cast) -> None:
    case = triaged(cast, department="warehouse", subclass="missing_accessory")
    asked = coordinating.ask_help(
        case, by=cast.lead.by, at=cast.at, department=cast.department("technology"), question="请检测"
    )
    evidence.record_technical_check(
        case, by=cast.engineer.by, at=cast.at, result="confirmed", what="接口损坏", remote=False
    )
    coordinating.withdraw_help(asked, by=cast.lead.by, at=cast.at)
    with pytest.raises(Forbidden):
        evidence.add(case, by=cast.engineer.by, at=cast.at, kind="other", what="补充")


def test_a_statement_of_the_colleague_concerned_is_recorded(cast: Cast) -> None:
    case = started(cast, content="service", department="service")
    row = evidence.record_staff_statement(
        case, by=cast.lead.by, at=cast.at, staff=cast.intake.account, what="当时语气急了"
    )
    assert (row.kind, row.staff) == ("staff_statement", cast.intake.account)
    assert told(case, "case.staff_statement_recorded") == {"evidence": row.pk, "staff": cast.intake.pk}
    with pytest.raises(Invalid) as caught:
        evidence.record_staff_statement(case, by=cast.lead.by, at=cast.at, staff=cast.intake.account, what="")
    assert caught.value.clauses == ("FB-4.1f",)


def test_evidence_is_added_between_triage_and_done(cast: Cast) -> None:
    for case in (a_case(cast), done(cast)):
        with pytest.raises(Refused):
            evidence.add(case, by=cast.lead.by, at=cast.at + timedelta(hours=3), kind="contract", what="合同")
