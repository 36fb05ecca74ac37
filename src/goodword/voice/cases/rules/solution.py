"""What a solution needs before it may be put forward: FB-4.1e, FB-4.1f, FB-4.2a, FB-4.2b."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Refused
from goodword.engine.policy.queries import values_of

from ..labels import catalogue
from ..models import Case, Round

CHECKED, FACTS, TYPES, COMPLETE, MONEY = "FB-4.1e", "FB-4.1f", "FB-4.2a", "FB-4.2b", "FB-4.2f"


@dataclass(frozen=True, slots=True)
class Offer:
    """A solution as it is written down: type (a code), what, by when, how it is accepted, what it costs (CNY)."""

    type: str
    what: str
    deadline_at: datetime
    acceptance: str
    compensation_kind: str = ""
    compensation_amount: Decimal = Decimal(0)


def may_propose(case: Case, offer: Offer, *, at: datetime) -> Refused | None:
    """Why this solution may not be put forward now: the first reason, or None."""
    return (
        technical_check_missing(case, at=at)
        or staff_statement_missing(case, at=at)
        or cause_missing(case)
        or elements_missing(offer, at=at)
        or type_not_offered(case, offer.type, at=at)
        or compensation_unclear(offer)
    )


def technical_check_missing(case: Case, *, at: datetime) -> Refused | None:
    """FB-4.1e: device feedback needs a technical check or remote diagnosis in this round."""
    if case.content != values_of(CHECKED, on=local_day(at))["content"]:
        return None
    if case.evidence.filter(round_no=case.round_no, kind="technical_report").exclude(result="").exists():
        return None
    return Refused(
        "设备类反馈要先有技术检测或远程诊断结果,才能提方案。",
        "Device feedback needs a technical check or remote diagnosis before a solution.",
        clauses=(CHECKED,),
        cure_zh="请先记录检测结果。",
        cure_en="Record the check first.",
    )


def staff_statement_missing(case: Case, *, at: datetime) -> Refused | None:
    """FB-4.1f: service feedback needs the facts checked with the staff concerned in this round."""
    if case.content != values_of(FACTS, on=local_day(at))["content"]:
        return None
    if case.evidence.filter(round_no=case.round_no, kind="staff_statement", staff__isnull=False).exists():
        return None
    return Refused(
        "服务类反馈要先向当事员工核实并留下书面说明,才能提方案。",
        "Service feedback needs a statement of the staff concerned before a solution.",
        clauses=(FACTS,),
        cure_zh="请先记录当事人说明。",
        cure_en="Record the statement first.",
    )


def cause_missing(case: Case) -> Refused | None:
    """FB-4.1f: cause and responsible party are written down in this round before a solution."""
    current = Round.objects.get(case=case, number=case.round_no)
    if current.cause and current.responsible_party:
        return None
    return Refused(
        "还没有认定起因和责任方,不能提方案。",
        "Cause and responsible party are not recorded yet, so no solution can be put forward.",
        clauses=(FACTS,),
        cure_zh="请先认定原因与责任。",
        cure_en="Record cause and responsible party first.",
    )


def elements_missing(offer: Offer, *, at: datetime) -> Refused | None:
    """FB-4.2b: a solution says what, until when (in the future) and how it is accepted."""
    wrong = {}
    if not offer.what.strip():
        wrong["what"] = "请写明做什么 / say what is done"
    if offer.deadline_at <= at:
        wrong["deadline_at"] = "请给出今后的完成时间 / give a deadline in the future"
    if not offer.acceptance.strip():
        wrong["acceptance"] = "请写明怎样算合格 / say how it is accepted"
    if not wrong:
        return None
    return Refused(
        "方案要写明内容、今后的完成时间和验收标准。",
        "A solution needs what is done, a deadline in the future and acceptance criteria.",
        clauses=(COMPLETE,),
        fields=wrong,
    )


def type_not_offered(case: Case, chosen: str, *, at: datetime) -> Refused | None:
    """FB-4.2a: the type is one the policy offers for the case's content."""
    offered = [each for each in catalogue("solution", on=local_day(at)) if case.content in each["contents"]]
    if any(each["code"] == chosen for each in offered):
        return None
    return Refused(
        "这类反馈没有这种方案类型。",
        "This type of solution is not offered for such feedback.",
        clauses=(TYPES,),
        cure_zh=f"可选:{'、'.join(each['zh'] for each in offered)}。",
        cure_en=f"Choose one of: {', '.join(each['en'] for each in offered)}.",
        fields={"type": "请选择方案类型 / choose a type"},
    )


def compensation_unclear(offer: Offer) -> Refused | None:
    """FB-4.2f: an amount is whole cents, not negative, and says what it is."""
    amount = offer.compensation_amount
    wrong = {}
    if not amount.is_finite() or amount < 0 or amount != amount.quantize(Decimal("0.01")):
        wrong["compensation_amount"] = "金额有误 / not an amount"
    elif amount and not offer.compensation_kind.strip():
        wrong["compensation_kind"] = "请写明补偿方式 / say what kind"
    if not wrong:
        return None
    return Refused("补偿的方式或金额有误。", "The compensation is not clear.", clauses=(MONEY,), fields=wrong)
