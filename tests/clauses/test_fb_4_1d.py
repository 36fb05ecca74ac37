"""FB-4.1d: no more is asked of the customer than the case needs; beyond that the asker gives the purpose."""

from __future__ import annotations

import pytest
from tests.cast import Cast, Member, started, told
from tests.clauses.telling import new_edition, refused_by, when

from goodword.voice.cases.actions import evidence
from goodword.voice.cases.models import Case, Evidence

ID = "FB-4.1d"


def ask(case: Case, member: Member, kind: str, at: str = "10:30", purpose: str = "") -> Evidence:
    """The customer is asked for something."""
    return evidence.add(
        case,
        by=member.by,
        at=when(f"2026-01-05 {at}"),
        kind=kind,
        asked_of_customer=True,
        purpose=purpose,
    )


def test_a_picture_of_the_broken_device_may_be_asked_for(cast: Cast) -> None:
    case = started(cast)
    assert ask(case, cast.engineer, "photo").purpose == ""
    assert told(case, "case.evidence_added")["beyond_need"] is False


def test_a_contract_is_asked_for_only_with_a_purpose_which_is_kept(cast: Cast) -> None:
    case = started(cast)
    with refused_by(ID) as warning:
        ask(case, cast.engineer, "contract")
    assert warning.value.code == "warning"
    assert not case.evidence.exists()
    assert ask(case, cast.engineer, "contract", purpose="核对租期是否含配件").purpose == "核对租期是否含配件"
    assert told(case, "case.evidence_added")["beyond_need"] is True


def test_what_a_service_case_needs_is_the_customers_account_only(cast: Cast) -> None:
    case = started(cast, content="service", department="service", text="客服说话很冲")
    assert ask(case, cast.lead, "customer_account").pk
    with refused_by(ID):
        ask(case, cast.lead, "photo")


def test_a_third_request_in_a_round_is_one_too_many(cast: Cast) -> None:
    case = started(cast)
    ask(case, cast.engineer, "photo", "10:30")
    ask(case, cast.engineer, "video", "10:40")
    with refused_by(ID) as warning:
        ask(case, cast.engineer, "photo", "10:50")
    assert "2" in warning.value.en


def test_what_the_company_finds_itself_is_never_too_much(cast: Cast) -> None:
    case = started(cast)
    assert evidence.add(case, by=cast.engineer.by, at=cast.at, kind="contract", what="合同第三条").pk


@pytest.mark.parametrize(("day", "allowed"), [("2026-01-06", False), ("2026-01-07", True)])
def test_what_a_case_needs_is_the_companys_to_say(cast: Cast, day: str, allowed: bool) -> None:
    needed = {"device": ["photo", "contract"], "service": [], "other": []}
    new_edition(cast, ID, holds_from="2026-01-07", needed=needed)
    case = started(cast, at=when(f"{day} 10:00"))
    at, asked = when(f"{day} 11:00"), {"kind": "contract", "asked_of_customer": True}
    if allowed:
        assert evidence.add(case, by=cast.engineer.by, at=at, **asked).pk
    else:
        with refused_by(ID):
            evidence.add(case, by=cast.engineer.by, at=at, **asked)
