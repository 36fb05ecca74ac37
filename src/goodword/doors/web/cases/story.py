"""The timeline of a case as the page draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goodword.base.language.script import chosen
from goodword.base.people.roles import GROUPS, ROLES
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.timeline import Moment, of

from ..refusing import Chip, chip
from ..templatetags.goodword_ui import t
from .naming import Names
from .posting import Posted, how_it_went, posted

SHOWN = ("all", "talk", "acts", "notes")
ICONS = {
    "case.received": "inbox",
    "case.triaged": "route",
    "case.dispatched": "arrows-exchange",
    "case.handed_over": "arrows-exchange",
    "case.coordinated": "users-group",
    "case.head_rung": "phone-call",
    "case.head_reached": "phone-call",
    "case.called_customer": "phone-call",
    "case.investigation_started": "search",
    "case.evidence_added": "file-text",
    "case.technical_check_recorded": "stethoscope",
    "case.cause_recorded": "target",
    "case.solution_proposed": "puzzle",
    "case.solution_approved": "shield-check",
    "case.carrying_out_started": "player-play",
    "case.callback_attempted": "phone-off",
    "case.called_back": "phone",
    "case.round_started": "repeat",
    "case.merged": "arrow-merge",
    "case.absorbed": "arrow-merge",
    "case.unmerged": "unlink",
    "case.gave_back": "unlink",
    "case.waiting_started": "player-pause",
    "case.waiting_ended": "player-play",
    "case.receipt_sent": "send",
    "case.closed": "lock",
    "case.reopened": "lock-open",
    "case.escalated": "arrow-up",
    "attachment.added": "paperclip",
}
DRAWN_AS = {
    "obligation.warned": ("warned", "clock"),
    "obligation.breached": ("late", "alert-circle"),
    "obligation.escalated": ("late", "arrow-up"),
    "obligation.missed": ("late", "alert-circle"),
    "case.message_undelivered": ("late", "alert-circle"),
    "case.done": ("done", "checks"),
    "case.closed": ("done", "lock"),
    "case.solution_accepted": ("done", "check"),
    "in": ("message", "message"),
    "out": ("reply", "send"),
    "note": ("note", "note"),
}


TIES = ("target", "source")
"""Facts by which an entry about merging names the other case."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One entry of the timeline: how it looks and what it says. on: the merged case it happened on; None for this one."""

    kind: str
    icon: str
    title: str
    by: str
    at: datetime
    meta: str
    text: str
    clause: Chip | None
    on: int | None


def story(case: Case, *, shown: str, names: Names, absorbed: Sequence[Case] = ()) -> list[Drawn]:
    """The timeline, the newest last, of which `shown` is wanted: all, talk, acts or notes.

    absorbed: the cases merged into this one; what happened on them stands among the rest, with their number (`on`).
    """
    wanted = {"talk": {"message"}, "acts": {"act"}, "notes": {"note"}}.get(shown)
    numbers = {str(one.pk): one.number for one in (case, *absorbed, *_into(case))}
    moments = of(case, absorbed=absorbed)
    letters = posted(moments)
    return [
        drawn(moment, names=names, numbers=numbers, letters=letters)
        for moment in moments
        if wanted is None or moment.what in wanted
    ]


def _into(case: Case) -> list[Case]:
    return [case.merged_into] if case.merged_into is not None else []


def drawn(moment: Moment, *, names: Names, numbers: Mapping[str, int], letters: Posted) -> Drawn:
    """A moment with its icon, words and remark in the page's language."""
    kind, icon = DRAWN_AS.get(moment.kind, ("entry", ICONS.get(moment.kind, "point")))
    clause = moment.facts.get("clause")
    tied = next((number for name in TIES if (number := numbers.get(str(moment.facts.get(name))))), 0)
    by = moment.by or (t("系统", "System") if moment.what == "act" or moment.automatic else "")
    return Drawn(
        kind=kind,
        icon=icon,
        title=chosen(moment.zh, moment.en),
        by=by,
        at=moment.at,
        meta=" · ".join(
            [
                *(f"#{number}" for number in (moment.on, tied) if number),
                *filter(None, [remark(moment, names=names), went(moment, names=names, letters=letters)]),
            ]
        ),
        text=moment.text,
        clause=chip(clause) if clause else None,
        on=moment.on or None,
    )


def went(moment: Moment, *, names: Names, letters: Posted) -> str:
    """How a message to the customer went; empty where nothing sends it (a telephone, the portal)."""
    found = letters.get(int(moment.facts.get("message", 0))) if moment.kind == "out" else None
    return how_it_went(found, names=names) if found else ""


def remark(moment: Moment, *, names: Names) -> str:
    """What the facts add, in a few words."""
    facts = moment.facts
    if moment.what == "message":
        return names.channel(str(facts.get("channel", "")))
    if moment.kind == "case.called_back":
        return _called_back(facts)
    if moment.kind == "case.head_rung":
        outcomes = {"reached": t("已接通", "reached"), "not_reached": t("未接通", "not reached")}
        return outcomes.get(str(facts.get("outcome")), t("无人接听，转下一位", "no answer, next in line"))
    if moment.kind.startswith("obligation.") and facts.get("to"):
        return t("通知 {who}", "told: {who}", who=role_name(str(facts["to"])))
    named = (_name(name, str(facts[name]), names=names) for name in NAMED if facts.get(name))
    return " · ".join(dict.fromkeys(named))


NAMED = (
    "kind",
    "content",
    "severity",
    "device_type",
    "cause",
    "responsible_party",
    "evidence_kind",
    "type",
    "channel",
)
CATALOGUE = {"evidence_kind": "evidence", "type": "solution"}


def _name(name: str, code: str, *, names: Names) -> str:
    if name == "channel":
        return names.channel(code)
    return names.of(CATALOGUE.get(name, name), code)


def _called_back(facts: Mapping[str, Any]) -> str:
    if facts.get("outcome") == "unreachable":
        return t("多次未接通", "never reached")
    satisfied = t("满意", "satisfied") if facts.get("satisfied") else t("不满意", "not satisfied")
    return t("{words}，{n} 分", "{words}, {n}", words=satisfied, n=facts.get("satisfaction", ""))


def role_name(code: str) -> str:
    """A role, a group or the bearer, in words."""
    if code == "bearer":
        return t("责任人", "the bearer")
    if code in ROLES:
        return chosen(ROLES[code].zh, ROLES[code].en)
    return chosen(*GROUPS[code][:2]) if code in GROUPS else code
