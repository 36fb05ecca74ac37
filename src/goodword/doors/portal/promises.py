"""What the company owes a customer now, in his words: only duties he has something of, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodword.engine.obligations.queries import of_subject
from goodword.voice.cases.models import Case, Solution

from .speech import said

OWED: dict[str, tuple[str, str]] = {
    "FB-2.2d": ("告诉您处理进展", "Tell you how it goes"),
    "FB-4.1a": ("开始调查", "Begin to look into it"),
    "FB-4.1b": ("开始调查", "Begin to look into it"),
    "FB-4.2c": ("与您沟通解决方案", "Discuss a solution with you"),
    "FB-4.2d": ("告诉您初步意见", "Give you a first opinion"),
    "FB-4.3a": ("推进解决", "Get it solved"),
    "FB-4.3b": ("把事情办完", "Have it done"),
    "FB-4.3c": ("告诉您执行进展", "Tell you how carrying out goes"),
    "FB-4.3d": ("回访您是否满意", "Call you to ask whether you are satisfied"),
    "WM-2.4a": ("开始远程指导", "Guide you remotely"),
    "SU-8a": ("答复您的咨询", "Answer your question"),
    "SU-8b": ("给您打电话", "Call you"),
    "CS-3.2a": ("首次回复您", "Answer you for the first time"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """What is owed, by when, and whether that has passed."""

    what: str
    due_at: datetime
    is_late: bool
    is_paused: bool = False


def promises(case: Case, *, now: datetime) -> list[Promise]:
    """The open ones, the nearest first, each matter once. Two queries."""
    found: dict[str, Promise] = {}
    for row in of_subject("case", case.pk).filter(state="open", clause_id__in=OWED).order_by("due_at"):
        what = said(*OWED[row.clause_id])
        found.setdefault(
            what, Promise(what, row.due_at, row.due_at < now and not row.is_paused, row.is_paused)
        )
    agreed = agreed_solution(case)
    if agreed is not None and case.state in ("agreed", "carrying_out"):
        what = said("完成您认可的方案", "Complete the solution you accepted")
        found[what] = Promise(what, agreed.deadline_at, agreed.deadline_at < now)
    return sorted(found.values(), key=lambda promise: promise.due_at)


def receipt_due(case_number: int) -> datetime | None:
    """By when the receipt promises news (FB-2.2d); None where that duty did not start."""
    case = Case.objects.filter(number=case_number).first()
    row = of_subject("case", case.pk).filter(clause_id="FB-2.2d").first() if case else None
    return row.due_at if row else None


def open_solution(case: Case) -> Solution | None:
    """The solution that waits for the customer's answer."""
    waiting = case.solutions.filter(round_no=case.round_no, communicated_at__isnull=False, answer="none")
    return waiting.order_by("-version").first() if case.state == "proposed" else None


def agreed_solution(case: Case) -> Solution | None:
    """The solution the customer accepted in this round."""
    return case.solutions.filter(round_no=case.round_no, answer="accepted").order_by("-version").first()
