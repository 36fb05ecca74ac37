"""Talking with the customer and among colleagues."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import notes, replying, waiting

from ..ability import Ability, always, calls, reaches, within
from ..forms.base import CaseForm
from ..forms.talking import (
    CallForm,
    CustomerWroteForm,
    EscalateForm,
    NoteForm,
    ReplyForm,
    WaitForm,
    WatchForm,
)

SENT = ("已发给客户。", "Sent to the customer.")

REPLY = Ability(
    name="replies",
    zh="回复客户",
    en="Reply",
    icon="send",
    right="cases.reply",
    possible=within(*s.OPEN, right="cases.reply"),
    act=calls(replying.reply),
    form=ReplyForm,
    group="",
    said=SENT,
    key="r",
)
CUSTOMER_WROTE = Ability(
    name="customer-messages",
    zh="记下客户来话",
    en="The customer wrote",
    icon="message",
    right="cases.reply",
    possible=within(*s.STEPS, s.MERGED),
    act=calls(replying.customer_wrote),
    form=CustomerWroteForm,
    group="more",
)
CALL = Ability(
    name="customer-calls",
    zh="记录致电客户",
    en="Call to the customer",
    icon="phone-call",
    right="cases.reply",
    possible=within(*s.OPEN, right="cases.reply"),
    act=calls(replying.call_customer),
    form=CallForm,
    group="more",
)
GUIDE = Ability(
    name="remote-guidance",
    zh="开始远程指导",
    en="Guide remotely",
    icon="headset",
    right="cases.guide",
    possible=within(*replying.BEFORE_DONE, right="cases.guide"),
    act=calls(replying.start_remote_guidance),
    group="more",
    form=CaseForm,
)
NOTE = Ability(
    name="notes",
    zh="内部备注",
    en="Note",
    icon="note",
    right="cases.note",
    possible=always,
    act=calls(notes.note),
    form=NoteForm,
    group="more",
    key="n",
)
WATCH = Ability(
    name="watch",
    zh="关注",
    en="Watch",
    icon="eye",
    right="cases.see",
    possible=always,
    act=calls(notes.watch),
    form=WatchForm,
    group="",
)
ESCALATE = Ability(
    name="escalation",
    zh="升级",
    en="Escalate",
    icon="arrow-up",
    right="cases.note",
    possible=within(*s.OPEN),
    act=calls(notes.escalate),
    form=EscalateForm,
    group="more",
    said=("已升级，对方会收到通知。", "Escalated; they are told."),
)
WAIT = Ability(
    name="waiting",
    zh="等待客户",
    en="Wait for the customer",
    icon="player-pause",
    right="cases.reply",
    possible=within(*s.OPEN, right="cases.reply", also=lambda case: case.waiting_since is None),
    act=calls(waiting.start),
    form=WaitForm,
    group="more",
    said=("已开始等待，允许暂停的时限已停。", "Waiting; the clocks that may stand still do."),
)
WAIT_END = Ability(
    name="waiting/end",
    zh="结束等待",
    en="Stop waiting",
    icon="player-play",
    right="cases.reply",
    possible=lambda case, actor: case.waiting_since is not None and reaches("cases.reply")(case, actor),
    act=calls(waiting.end),
    group="",
    form=CaseForm,
    said=("时限继续走。", "The clocks run on."),
)
