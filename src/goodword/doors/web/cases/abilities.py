"""Everything one can do with a case, in the order in which the page offers it."""

from __future__ import annotations

from .ability import Ability
from .views import ending, finding_out, helping, linking, short_way, solving, talking, triage

ABILITIES: tuple[Ability, ...] = (
    triage.TRIAGE,
    short_way.ANSWER,
    short_way.ASSESS,
    short_way.ACKNOWLEDGE,
    finding_out.START,
    finding_out.TECHNICAL_CHECK,
    finding_out.STAFF_STATEMENT,
    finding_out.EVIDENCE,
    finding_out.CAUSE,
    solving.PROPOSE,
    solving.DECIDE,
    solving.ANSWER,
    solving.COMMUNICATE,
    solving.CARRY_OUT,
    solving.STEP,
    solving.FINISH,
    ending.CALL_BACK,
    ending.ATTEMPT,
    ending.CLOSE,
    ending.REOPEN,
    linking.UNMERGE,
    ending.GIVE_UP,
    triage.PICK,
    triage.HAND_OVER,
    triage.DISPATCH,
    triage.RECORD,
    helping.ASK_HELP,
    helping.COORDINATE,
    helping.ANSWER_HELP,
    helping.WITHDRAW_HELP,
    helping.PHONE,
    talking.REPLY,
    talking.CALL,
    talking.CUSTOMER_WROTE,
    talking.GUIDE,
    talking.NOTE,
    talking.WATCH,
    talking.WAIT,
    talking.WAIT_END,
    talking.ESCALATE,
    linking.LINK,
    linking.MERGE,
    linking.DISMISS,
    linking.UPLOAD,
    ending.WITHDRAW,
)
BY_NAME: dict[str, Ability] = {ability.name: ability for ability in ABILITIES}
BY_URL_NAME: dict[str, Ability] = {ability.url_name: ability for ability in ABILITIES}
