"""How calls look wherever they are listed: words and tones of their states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodword.company.channels.hotline.models import Call

from .templatetags.goodword_ui import t

STATES = {
    "ringing": ("振铃中", "ringing", "accent"),
    "answered": ("通话中", "on the line", "good"),
    "missed": ("未接", "missed", "bad"),
    "ended": ("已结束", "over", "neutral"),
}
OUTCOMES = {
    "in_time": ("按时接起", "in time", "good"),
    "late": ("晚接", "late", "warn"),
    "missed": ("未接", "missed", "bad"),
    "gave_up": ("客户先挂断", "caller gave up", "neutral"),
    "unmeasured": ("无振铃记录", "not measured", "neutral"),
    "aside": ("不计入", "not counted", "neutral"),
}
"""{code: (zh, en, tone)} of FB-2.2a."""
EVENTS = {
    "ringing": ("振铃", "ringing"),
    "answered": ("接听", "answered"),
    "hung_up": ("挂断", "hung up"),
    "missed": ("未接", "missed"),
    "recorded": ("录音就绪", "recorded"),
}
HOW = {
    "called": ("已回电接通", "called back"),
    "rang_again": ("客户再次来电已接", "they rang again"),
    "answered": ("实际已接", "it was answered"),
    "by_hand": ("已回电", "called back"),
    "given_up": ("不再回电", "given up"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A call with its words. outcome: empty where there is none to speak of."""

    row: Call
    way: str
    state: str
    state_tone: str
    outcome: str
    outcome_tone: str
    who: str


def shown(calls: Sequence[Call]) -> list[Shown]:
    """The calls as a list shows them; asks nothing more."""
    return [_shown(call) for call in calls]


def _shown(call: Call) -> Shown:
    zh, en, tone = STATES[call.state]
    outcome = OUTCOMES.get(call.outcome)
    return Shown(
        row=call,
        way=t("呼入", "in") if call.direction == "in" else t("呼出", "out"),
        state=t(zh, en),
        state_tone=tone,
        outcome=t(*outcome[:2]) if outcome else "",
        outcome_tone=outcome[2] if outcome else "neutral",
        who=call.account.person.name if call.account else "",
    )
