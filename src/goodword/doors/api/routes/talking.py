"""Talking: with the customer, among colleagues; waiting for the customer."""

from __future__ import annotations

from goodword.voice.cases.actions import carrying_out, notes, replying, waiting

from .. import found
from ..caller import Caller
from ..operations import Door
from ..schemas.cases import CaseRow
from ..schemas.common import Empty
from ..schemas.handling import MessageOut, NoteOut
from ..schemas.talk import (
    CustomerCallIn,
    CustomerMessageIn,
    EscalationIn,
    NoteIn,
    ReplyIn,
    WaitingIn,
    WatchIn,
    WordsIn,
)
from ..shown import cases as show
from ..shown import handling

door = Door("Talking")


@door.write("cases/{key}/replies", right="cases.reply", answer=MessageOut, status=201)
def reply_to_customer(caller: Caller, key: str, body: ReplyIn) -> MessageOut:
    """Answer the customer; a phrase to avoid is a 409 with FB-4.2e unless `anyway`"""
    found.channel(body.channel, at=caller.at)
    return handling.message(replying.reply(found.case(caller, key), **caller.acting, **body.model_dump()))


@door.write("cases/{key}/progress", right="cases.reply", answer=MessageOut, status=201)
def tell_progress(caller: Caller, key: str, body: WordsIn) -> MessageOut:
    """Tell the customer how far it is (FB-4.3c)"""
    found.channel(body.channel, at=caller.at)
    return handling.message(
        carrying_out.tell_progress(found.case(caller, key), **caller.acting, **body.model_dump())
    )


@door.write("cases/{key}/customer-messages", right="cases.reply", answer=MessageOut, status=201)
def take_customer_message(caller: Caller, key: str, body: CustomerMessageIn) -> MessageOut:
    """Keep what the customer wrote"""
    found.channel(body.channel, at=caller.at)
    return handling.message(
        replying.customer_wrote(found.case(caller, key), **caller.acting, **body.model_dump())
    )


@door.write("cases/{key}/customer-calls", right="cases.reply", answer=CaseRow)
def call_customer(caller: Caller, key: str, body: CustomerCallIn) -> CaseRow:
    """A telephone call to the customer, and the first proposal made in it"""
    return show.row_of(replying.call_customer(found.case(caller, key), **caller.acting, **body.model_dump()))


@door.write("cases/{key}/remote-guidance", right="cases.guide", answer=CaseRow)
def start_remote_guidance(caller: Caller, key: str, body: Empty) -> CaseRow:
    """Begin to guide the customer at the device from afar (WM-2.4a)"""
    return show.row_of(replying.start_remote_guidance(found.case(caller, key), **caller.acting))


@door.write("cases/{key}/notes", right="cases.note", answer=NoteOut, status=201)
def write_note(caller: Caller, key: str, body: NoteIn) -> NoteOut:
    """A note among colleagues; whoever is mentioned is told"""
    case, mentions = found.case(caller, key), found.accounts(body.mentions, field="mentions")
    return handling.note(notes.note(case, **caller.acting, text=body.text, mentions=mentions))


@door.write("cases/{key}/watch", right="cases.see", answer=CaseRow)
def watch_case(caller: Caller, key: str, body: WatchIn) -> CaseRow:
    """Watch a case, or no longer"""
    return show.row_of(notes.watch(found.case(caller, key), **caller.acting, watching=body.watching))


@door.write("cases/{key}/escalation", right="cases.note", answer=CaseRow)
def escalate_case(caller: Caller, key: str, body: EscalationIn) -> CaseRow:
    """Call somebody higher up to a case"""
    return show.row_of(
        notes.escalate(found.case(caller, key), **caller.acting, to=body.to, reason=body.reason)
    )


@door.write("cases/{key}/waiting", right="cases.reply", answer=CaseRow)
def start_waiting(caller: Caller, key: str, body: WaitingIn) -> CaseRow:
    """From now on something is expected of the customer"""
    return show.row_of(waiting.start(found.case(caller, key), **caller.acting, what=body.what))


@door.write("cases/{key}/waiting", right="cases.reply", answer=CaseRow, method="DELETE")
def end_waiting(caller: Caller, key: str) -> CaseRow:
    """The waiting is over"""
    return show.row_of(waiting.end(found.case(caller, key), **caller.acting))
