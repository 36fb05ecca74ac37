"""What happened to a case, in words a customer understands: no colleague's name, no note, no clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from goodword.base.people.models import Department
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.models import Entry
from goodword.voice.cases.models import Case, Message

from .speech import english, said

TOLD: dict[str, tuple[str, str, str]] = {
    "case.received": ("inbox", "我们收到了您的反馈", "We received your feedback"),
    "case.triaged": ("list-check", "我们看过了，已安排处理", "We read it and arranged for it to be handled"),
    "case.remote_guidance_started": (
        "device-mobile",
        "工程师开始远程指导",
        "An engineer began to guide you remotely",
    ),
    "case.investigation_started": ("search", "我们开始调查", "We began to look into it"),
    "case.technical_check_recorded": ("tool", "设备做了技术检测", "The device was checked"),
    "case.staff_statement_recorded": (
        "message-2",
        "我们向当事同事了解了情况",
        "We asked the colleague concerned",
    ),
    "case.cause_recorded": ("target", "原因已查明", "The cause was found"),
    "case.solution_communicated": ("clipboard-check", "我们向您提出了解决方案", "We put a solution to you"),
    "case.solution_accepted": ("thumb-up", "您接受了方案", "You accepted the solution"),
    "case.solution_declined": (
        "thumb-down",
        "您没有接受方案，主管会跟进",
        "You declined it; a supervisor follows up",
    ),
    "case.carrying_out_started": ("player-play", "方案开始执行", "The solution is being carried out"),
    "case.step_done": ("check", "完成了其中一步", "One step was completed"),
    "case.done": ("circle-check", "已办完，之后会有同事回访您", "It is done; a colleague will call you back"),
    "case.callback_attempted": (
        "phone-off",
        "我们致电回访，没有接通",
        "We called you back and did not reach you",
    ),
    "case.called_back": ("phone-call", "我们做了回访", "We called you back"),
    "case.round_started": (
        "refresh",
        "问题还没解决好，我们重新处理",
        "It was not solved well; we began again",
    ),
    "case.waiting_started": ("clock-pause", "等待您的回复", "We are waiting for your answer"),
    "case.waiting_ended": ("player-play", "继续处理", "We go on"),
    "case.assessed": ("clipboard-check", "我们评估了您的意见", "We considered what you proposed"),
    "case.closed": ("lock", "已关闭", "Closed"),
    "case.withdrawn": ("arrow-back-up", "已撤回", "Withdrawn"),
    "case.merged": ("arrows-exchange", "与您的另一件反馈合并处理", "Handled together with another one"),
    "case.unmerged": ("arrows-exchange", "重新单独处理", "Handled on its own again"),
    "case.reopened": ("lock-open", "重新打开", "Reopened"),
}
"""{kind: (icon, zh, en)}. Kinds that are not here are the house's own business."""

GOOD = frozenset({"case.done", "case.closed", "case.solution_accepted", "case.called_back"})
MOST = 500


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the page. kind: how it is drawn (entry, message, reply, done). files: what came along with an answer."""

    at: datetime
    title: str
    icon: str
    kind: str = "entry"
    text: str = ""
    files: tuple[Attachment, ...] = ()


def own_words(case: Case) -> str:
    """How the outside ids of what is written through this case's page begin, also when it goes on in another."""
    return f"portal:{case.number}:"


def happened(case: Case, *, goes_on: Case) -> list[Happened]:
    """Everything the customer is told of the case, the newest first. Four queries.

    goes_on: the case into which it was merged, or itself. Of that one only the acts are told, not the words: number
    and code of a case prove that somebody may read that case, not what another one wrote or was answered.
    """
    names = {row.code: (row.name_en if english() else row.name_zh) for row in Department.objects.all()}
    about = Q(subject_id=str(case.pk))
    if goes_on != case:
        about |= Q(subject_id=str(goes_on.pk)) & ~Q(kind="case.received")
    entries = Entry.objects.filter(about, subject_type="case").order_by("at", "pk")
    steps = [line for entry in entries[:MOST] if (line := _step(entry, names))]
    own = Q(case=case) | Q(case=goes_on, outside_id__startswith=own_words(case))
    talk = [_said(message) for message in Message.objects.filter(own).prefetch_related("files")[:MOST]]
    return sorted([*talk, *steps], key=lambda line: line.at)[::-1]


def _step(entry: Entry, departments: dict[str, str]) -> Happened | None:
    facts: dict[str, Any] = entry.facts
    if entry.kind in ("case.dispatched", "case.handed_over"):
        name = departments.get(str(facts.get("department")), "")
        return (
            Happened(entry.at, said("已交由{name}处理", "Handed to {name}", name=name), "arrow-right")
            if name
            else None
        )
    if entry.kind == "case.called_customer":
        return _called(entry.at, reached=facts.get("outcome") == "reached")
    if entry.kind not in TOLD:
        return None
    icon, zh, en = TOLD[entry.kind]
    return Happened(entry.at, said(zh, en), icon, "done" if entry.kind in GOOD else "entry")


def _called(at: datetime, *, reached: bool) -> Happened:
    if reached:
        return Happened(at, said("我们给您打了电话", "We spoke to you on the telephone"), "phone-call")
    return Happened(at, said("我们给您打过电话，没有接通", "We called and did not reach you"), "phone-off")


def _said(message: Message) -> Happened:
    if message.direction == "in":
        return Happened(message.at, said("您说", "You wrote"), "user", "message", message.text)
    title = said("自动回执", "Automatic receipt") if message.automatic else said("我们回复", "We answered")
    files = tuple(file for file in message.files.all() if file.state == "ok")
    return Happened(message.at, title, "message-2", "reply", message.text, files)
