"""A company with one of everything an address can name: own, another department's, and what does not exist.

Its customer's personal values are canaries: invented, unmistakable, and to be seen nowhere.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import TextField
from tests.cast import Cast, Member, a_member, carrying_out, make_cast, triaged
from tests.support.appbox import opened
from tests.voice.cases.ledger.ledgers import HEADER, as_csv

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.base.people.actions.rosters import go_away
from goodword.base.people.actors import CUSTOMER, SYSTEM
from goodword.base.people.models import Account, RoleGrant
from goodword.base.people.roles import ROLES
from goodword.base.worktime.models import WorkCalendar
from goodword.company.channels.actions.notifying import queue_message
from goodword.company.channels.app.actions import turning
from goodword.company.channels.app.beside import link_of
from goodword.company.channels.app.models import ChatLine
from goodword.company.channels.correspondence.models import Arrival, Party
from goodword.company.channels.hotline.actions import by_hand
from goodword.company.channels.hotline.models import Call, ReturnCall
from goodword.company.channels.mail.actions.keeping import keep_mail
from goodword.company.channels.mail.models import Mailbox, MailIn
from goodword.company.channels.models import OutboxMessage
from goodword.company.channels.robots.models import Robot
from goodword.company.channels.webhooks.models import Endpoint
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.models import Customer
from goodword.company.rentals.actions.devices import record_device
from goodword.company.rentals.codes import Place, code_of
from goodword.doors.api.tokens import create_token
from goodword.engine.attachments.actions.storing import store
from goodword.engine.attachments.models import Attachment
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases import bulk
from goodword.voice.cases.actions import closing, coordinating, notes, replying
from goodword.voice.cases.ledger import files, mapping, running
from goodword.voice.cases.models import (
    Callback,
    CallbackAttempt,
    Case,
    DuplicateProposal,
    Handover,
    PhoneAttempt,
    PhoneTask,
    SavedView,
    Step,
)

NAME, PHONE, MAIL, WECHAT = "金丝雀测试", "13899990000", "canary.test@canary-mail.example", "wx_canary_test_9"
CANARIES = (NAME, PHONE, "138 9999 0000", "138-9999-0000", MAIL, WECHAT)
WORDS = f"设备黑屏,打 {PHONE} 或 138 9999 0000 找我,邮箱 {MAIL}。"
HOME = "technology"
"""The department in which each role is held while the matrix is walked."""

MISSING = {
    "user": "nobody-there",
    "number": 99_999_999,
    "key": "99999999",
    "serial": "NOWHERE-9",
    "code": "nowhere",
    "clause_id": "ZZ-9.9z",
    "name": "nowhere",
    "field": "phone",
    "rest": "nowhere",
    "link": "nowhere",
}
IDS = (
    "box_id",
    "mail_id",
    "task_id",
    "account_id",
    "grant_id",
    "absence_id",
    "message_id",
    "contact_id",
    "view_id",
    "robot_id",
    "endpoint_id",
)


@dataclass
class House:
    """own, foreign: {argument: value}, for cases of the technology department and of another. people: by role."""

    cast: Cast
    at: datetime
    own: dict[str, Any]
    foreign: dict[str, Any]
    customer: dict[str, Any]
    call: dict[str, Any]
    mail: dict[str, Any]
    people: dict[str, Member]
    inactive: Account

    def values(self, route: str, which: str) -> dict[str, Any]:
        """What to fill into a route: `own`, `foreign` or `missing` objects."""
        if which == "missing":
            return _Missing()
        found = dict(self.own if which == "own" else self.foreign)
        if "customers/" in route:
            found |= self.customer
            found["field"] = "phone" if "contact_id" in route else "name"
        elif "orders/" in route:
            found["number"] = self.cast.order.number
        elif "calendars/" in route:
            found["code"] = WorkCalendar.objects.order_by("code")[0].code
        elif "scripts/" in route:
            found["key"] = "received"  # every installation begins with it, and it is nobody's own
        elif route.startswith("p/q/"):  # printed for whoever stands before it: there is no foreign one
            found["code"] = code_of(Place(order=self.cast.order))
        elif "hooks/app/" in route:
            found["user"] = "u-canary"
        elif "calls/" in route:
            found |= self.call
        elif route.startswith(("settings/mailboxes/", "mails/")):
            found |= self.mail
        elif "editions/" in route or "steps/" in route:
            found["number"] = 1
        return found


class _Missing(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        if name in MISSING:
            return MISSING[name]
        return 99_999_999 if name in IDS else uuid.UUID(int=9 << 76 | 8 << 60)


def build() -> House:
    """Everything, through the product's own actions."""
    at = clock.now() - timedelta(days=1)
    cast = make_cast(at - timedelta(hours=1))
    customer = register(
        kind="streamer",
        name=NAME,
        contact=ContactFacts(NAME, PHONE, MAIL, WECHAT),
        note=WORDS,
        by=SYSTEM,
        at=at,
    )
    record_device("CANARY-1", device_type="摄像机", by=SYSTEM, at=at)
    known = {
        "customer": customer,
        "contact": customer.contacts.get(),
        "order": None,
        "text": WORDS,
        "scene": WORDS,
        "asks": WORDS,
    }
    own = carrying_out(cast, at=at, **{**known, "subject": WORDS})
    _talk(cast, own, at + timedelta(hours=2))
    foreign = triaged(
        cast, at=at, content="service", department="warehouse", assignee=cast.warehouse_head, **known
    )
    _call(cast, own, at + timedelta(hours=3))
    _chat(own)
    shared = {**_shared(cast, at), "bulk_id": _many(cast, [own, foreign], at)}
    plant()
    people = {
        role: a_member(f"岗{index}", username=f"role_{role}", department=HOME, roles=(role,), at=at)
        for index, role in enumerate(ROLES)
    }
    gone = a_member("离职", username="gone", department=HOME, roles=("service_lead",), at=at).account
    Account.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()
    return House(
        cast,
        at,
        {**_of_case(cast, own, at), **shared},
        {**_of_case(cast, foreign, at), **shared},
        _of_customer(cast, customer),
        _of_calls(cast, at),
        _of_mails(at),
        people,
        gone,
    )


def _talk(cast: Cast, case: Case, at: datetime) -> None:
    """Everybody writes the canaries wherever words can be written."""
    by = cast.engineer.by
    notes.note(case, by=by, at=at, text=WORDS, mentions=[cast.lead.account])
    replying.reply(case, by=by, at=at, text=f"您好,{WORDS}", purpose="progress")
    replying.customer_wrote(case, text=WORDS, channel="wechat", at=at, by=CUSTOMER)
    replying.call_customer(case, by=by, at=at, reached=True, note=WORDS)
    notes.escalate(case, by=by, at=at, to="service_lead", reason=WORDS)
    coordinating.ask_help(
        case, by=by, at=at, department=cast.department("equipment"), question=WORDS, complex=False
    )


def _call(cast: Cast, case: Case, at: datetime) -> None:
    """Calls that were and were not answered, and a case handed over: rows that hold words of their own."""
    CallbackAttempt.objects.create(case=case, round_no=1, caller=cast.callback.account, at=at)
    Callback.objects.create(
        case=case,
        round_no=9,
        caller=cast.callback.account,
        solved=False,
        satisfaction=2,
        satisfied=False,
        at=at,
    )
    technology = cast.department(HOME)
    Handover.objects.create(
        case=case, to_department=technology, to_account=cast.engineer.account, complete=False, at=at
    )
    task = PhoneTask.objects.create(
        case=case, department=technology, target=cast.engineer.account, opened_at=at
    )
    PhoneAttempt.objects.create(
        task=task, target=cast.engineer.account, by=cast.lead.account, reached=False, at=at
    )


def _chat(case: Case) -> None:
    """The chat is open on its own page, and somebody waits there now."""
    opened(origins=())
    with one_fact():
        turning.asked(case.pk, channel="app", in_hours=True, at=clock.now())


def _of_calls(cast: Cast, at: datetime) -> dict[str, Any]:
    """Somebody rang whom nobody answered, and left a recording."""
    call = by_hand.write_down(
        direction="in", number=PHONE, began_at=at, answered=False, rang_for=30, by=cast.intake.by, at=at
    )
    Call.objects.update(recording=f"https://recordings.example/{PHONE}", account=None)
    ReturnCall.objects.update(note=WORDS)
    return {"call_id": call.pk, "task_id": ReturnCall.objects.get().pk}


def _of_mails(at: datetime) -> dict[str, Any]:
    """A mailbox, and a mail by it that was set aside."""
    mail = _mail(at, "")
    return {"box_id": mail.mailbox_id, "mail_id": mail.pk}


def _mail_of(case: Case, at: datetime) -> int:
    """A mail that belongs to a case."""
    name = f"mail-of-{case.number}"
    party, _ = Party.objects.get_or_create(channel="mail", key="canary", defaults={"address": MAIL})
    Arrival.objects.create(channel="mail", outside_id=name, party=party, case_id=case.pk, at=at)
    return _mail(at, name).pk


def _mail(at: datetime, name: str) -> MailIn:
    box, _ = Mailbox.objects.get_or_create(
        address="service@rental.example", defaults={"changed_at": at, "began_at": at}
    )
    raw = f"From: {NAME} <{MAIL}>\nSubject: {PHONE}\nContent-Type: text/plain; charset=utf-8\n\n{WORDS}\n"
    mail = keep_mail(box, 1, f"{raw}{name}".encode(), at=at)
    MailIn.objects.filter(pk=mail.pk).update(name=name or None, note="" if name else "auto")
    return mail


def _many(cast: Cast, cases: list[Case], at: datetime) -> uuid.UUID:
    """One act on several cases: closing, which is refused."""
    run = bulk.begin(cases, act="closure", once="house", by=cast.lead.by, at=at)
    bulk.carry_on(run, closing.close, by=cast.lead.by, now=lambda: at + timedelta(hours=4))
    return run.pk


SHORT_WORDS = {Case: "subject waiting_for", Step: "what", CallbackAttempt: "note", PhoneAttempt: "note"}


ELSEWHERE = {
    "people.Absence": "reason",
    "policy.ClauseEdition": "note",
    "worktime.CalendarVersion": "note",
    "rentals.Device": "name",
    "cases.LedgerRun": "name failure_zh failure_en",
    "cases.BulkItem": "said_zh said_en cure_zh cure_en",
}
"""{model: its short words that somebody types or a failure tells}, besides those of cases."""


def plant() -> None:
    """Write the canaries into every free text of every row, whoever wrote it: first of cases, then of the rest."""
    for label, names in ELSEWHERE.items():
        written = apps.get_model(label).objects.update(**dict.fromkeys(names.split(), WORDS))
        assert written, f"no {label} to write into"
    for model in apps.get_app_config("cases").get_models():
        free = [field.name for field in model._meta.fields if type(field) is TextField]
        for name in [*free, *SHORT_WORDS.get(model, "").split()]:
            model.objects.update(**{name: WORDS})


def _of_case(cast: Cast, case: Case, at: datetime) -> dict[str, Any]:
    """What addresses below a case name."""
    helper = cast.lead.by
    asked = case.helps.first() or coordinating.ask_help(
        case, by=helper, at=at + timedelta(hours=2), department=cast.department("equipment"), question=WORDS
    )
    kept = store(b"\x89PNG\r\n\x1a\n" + str(case.pk).encode(), name=f"{PHONE}.png", subject=("case", case.pk), by=helper, at=at)  # fmt: skip
    proposal, _ = DuplicateProposal.objects.get_or_create(
        case=case, other=Case.objects.exclude(pk=case.pk).first() or case, defaults={"nearness": 0.9}
    )
    solution = case.solutions.last()
    duty = Obligation.objects.filter(
        subject_type="case", subject_id=str(case.pk), bearer_department=case.responsible.code if case.responsible else ""
    ).first()  # fmt: skip
    return {
        "number": case.number,
        "key": str(case.number),
        "attachment": kept.pk,
        "attachment_id": kept.pk,
        "link": _link_to(kept, case),
        "mail_id": _mail_of(case, at),
        "help_id": asked.pk,
        "proposal_id": proposal.pk,
        "solution_id": solution.pk if solution else uuid.UUID(int=1),
        "obligation_id": duty.pk if duty else uuid.UUID(int=1),
    }


def _link_to(kept: Attachment, case: Case) -> str:
    """What opens a file in a chat: for whoever was handed it, so there is no foreign one."""
    opened(origins=())
    key = f"canary-{case.number}"
    talker = Party.objects.create(channel="app", key=key, address=f"user:{key}", name=NAME, case_id=case.pk)
    line = ChatLine.objects.create(party_id=talker.pk, letter_id=case.number, text=WORDS, files=[str(kept.pk)], at=clock.now())  # fmt: skip
    return link_of(line, kept, at=clock.now())


def _shared(cast: Cast, at: datetime) -> dict[str, Any]:
    """What belongs to no department."""
    absent = go_away(cast.warehouse_head.account, stand_in=cast.lead.account, starts_at=at, ends_at=at + timedelta(days=9), by=SYSTEM)  # fmt: skip
    scopes = frozenset({"cases.see"})
    token = create_token(cast.intake.account, name="x", scopes=scopes, by=SYSTEM, at=at).token
    with one_fact():
        queue_message("post", payload={}, at=at, dedupe_key="dead")
    OutboxMessage.objects.filter(dedupe_key="dead").update(state="dead")
    row = ("1", NAME, WORDS, "2019-06-03 10:00:00", WORDS, WORDS, "不是时间")
    kept = files.kept(as_csv([row, row], header=HEADER), at=at)
    columns = mapping.detected(files.first_read(kept, name="台账.csv", at=at))
    run = running.prepare(kept, name="台账.csv", columns=columns, mode="history", by=cast.intake.by, at=at)
    return {
        "run_id": run.pk,
        "token_id": token.pk,
        "message_id": OutboxMessage.objects.get(dedupe_key="dead").pk,
        "robot_id": Robot.objects.create(name="示例一群", platform="wecom", made_at=clock.now()).pk,
        "endpoint_id": Endpoint.objects.create(name="订单系统", host="shop.example", made_at=clock.now()).pk,
        "absence_id": absent.pk,
        "account_id": cast.engineer.pk,
        "grant_id": RoleGrant.objects.filter(account=cast.engineer.account).latest("pk").pk,
        "view_id": SavedView.objects.get(code="overdue").pk,
        "clause_id": "FB-3.2a",
        "name": "desk",
        "code": "service",
        "serial": "CANARY-1",
        "rest": "nowhere",
    }


def _of_customer(cast: Cast, customer: Customer) -> dict[str, Any]:
    return {
        "number": customer.number,
        "key": str(customer.number),
        "contact_id": customer.contacts.get().pk,
    }
