"""FB-4.1d: no more is asked of the customer than the case needs; beyond that the asker is warned and gives the purpose."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Refused
from goodword.engine.policy.queries import values_of

from ..labels import name_of
from ..models import Case

CLAUSE = "FB-4.1d"

RESULTS: dict[str, tuple[str, str]] = {
    "confirmed": ("确认故障", "Fault confirmed"),
    "not_confirmed": ("未见故障", "No fault found"),
    "repaired": ("已修复", "Repaired"),
}
"""What a technical check or a remote diagnosis may find."""


class BeyondNeed(Refused):
    """A soft refusal: the same action with a purpose goes through and is recorded as beyond need."""

    code = "warning"


def beyond_need(case: Case, *, kind: str, at: datetime) -> BeyondNeed | None:
    """Why asking the customer for this kind of evidence is more than the case needs; None when it is not.

    More than needed: a kind the policy does not name for the case's content, or one request more in this round
    than it allows.
    """
    values = values_of(CLAUSE, on=local_day(at))
    if kind not in values["needed"].get(case.content or "other", ()):
        zh, en = (name_of("evidence", kind, on=local_day(at), language=language) for language in ("zh", "en"))
        return _refusal(
            f"处理这件事一般不需要向客户要“{zh}”。",
            f"This case does not normally need “{en}” from the customer.",
        )
    asked = case.evidence.filter(round_no=case.round_no, asked_of_customer=True).count()
    if asked >= values["most_requests"]:
        return _refusal(
            f"这一轮已经向客户要过 {asked} 次材料。",
            f"The customer was asked {asked} times in this round already.",
        )
    return None


def _refusal(zh: str, en: str) -> BeyondNeed:
    return BeyondNeed(
        zh,
        en,
        clauses=(CLAUSE,),
        cure_zh="确有必要请写明用途。",
        cure_en="Where it is truly needed, say what for.",
        fields={"purpose": "请写明用途 / say what for"},
    )
