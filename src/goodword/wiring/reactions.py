"""The one table of who reacts to what. Each reaction runs in the transaction of the entry it reacts to."""

from __future__ import annotations

from goodword.company.channels.hotline import kinds as call_kinds
from goodword.company.channels.webhooks import kinds as webhook_kinds
from goodword.engine.journal.reactions import EVERY, Reaction
from goodword.engine.obligations import kinds as obligation_kinds
from goodword.engine.obligations.application import apply_entries
from goodword.voice.cases import kinds as case_kinds

from . import (
    case_notices,
    chatting,
    correspondence,
    hotline,
    intake,
    obligation_notices,
    unattended_notices,
    webhook_notices,
)

TABLE: dict[str, tuple[Reaction, ...]] = {
    EVERY: (apply_entries,),
    case_kinds.RECEIVED.name: (intake.after_receipt,),
    case_kinds.REPLIED.name: (correspondence.letter_of, chatting.person_spoke),
    case_kinds.SOLUTION_COMMUNICATED.name: (correspondence.letter_of, chatting.person_spoke),
    case_kinds.CALLED_CUSTOMER.name: (chatting.person_spoke,),
    case_kinds.CLOSED.name: (chatting.case_over,),
    case_kinds.WITHDRAWN.name: (chatting.case_over,),
    case_kinds.MERGED.name: (chatting.case_merged,),
    case_kinds.UNDELIVERED.name: (correspondence.not_delivered,),
    case_kinds.DISPATCHED.name: (case_notices.to_assignee,),
    case_kinds.HANDED_OVER.name: (case_notices.to_assignee,),
    case_kinds.CUSTOMER_WROTE.name: (case_notices.customer_wrote,),
    case_kinds.SOLUTION_PROPOSED.name: (case_notices.approval_needed,),
    case_kinds.SOLUTION_APPROVED.name: (case_notices.approval_given,),
    case_kinds.SOLUTION_REFUSED.name: (case_notices.approval_given,),
    case_kinds.SOLUTION_DECLINED.name: (case_notices.solution_declined,),
    case_kinds.CARRYING_OUT_STARTED.name: (case_notices.steps_given,),
    case_kinds.DONE.name: (case_notices.callback_wanted,),
    case_kinds.ROUND_STARTED.name: (case_notices.to_assignee,),
    case_kinds.NOTED.name: (case_notices.mentioned,),
    case_kinds.ESCALATED.name: (case_notices.escalated,),
    case_kinds.HEAD_RUNG.name: (case_notices.next_in_line,),
    case_kinds.HELP_ASKED.name: (case_notices.help_asked,),
    case_kinds.HELP_ANSWERED.name: (case_notices.help_answered,),
    case_kinds.UNATTENDED_STOPPED.name: (unattended_notices.stopped,),
    case_kinds.UNATTENDED_RESUMED.name: (unattended_notices.resumed,),
    call_kinds.ANSWERED.name: (hotline.head_rung,),
    call_kinds.MISSED.name: (hotline.head_rung,),
    webhook_kinds.SWITCHED_OFF.name: (webhook_notices.switched_off,),
    call_kinds.RETURN_WANTED.name: (hotline.to_be_returned,),
    obligation_kinds.WARNED.name: (obligation_notices.alarms,),
    obligation_kinds.BREACHED.name: (obligation_notices.alarms,),
    obligation_kinds.ESCALATED.name: (obligation_notices.alarms,),
    obligation_kinds.MISSED.name: (obligation_notices.alarms,),
}
