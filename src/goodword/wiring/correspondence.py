"""Where what customers write on a channel becomes cases, and what colleagues answer becomes letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from goodword.base.core.errors import Invalid
from goodword.base.people.actors import CUSTOMER
from goodword.base.people.models import Account
from goodword.base.people.queries import department_now, on_duty
from goodword.company.channels.actions.notifying import queue_notice
from goodword.company.channels.correspondence.actions.writing import write_to_party
from goodword.company.channels.correspondence.arriving import Arrived
from goodword.company.channels.correspondence.models import Letter, Party
from goodword.company.channels.correspondence.ways import CHANNELS, Became, Words
from goodword.company.customers import queries as customers
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.models import Contact, Customer
from goodword.company.rentals.models import Device, Order
from goodword.company.rentals.queries import device_by_serial, order_by_number, order_renting
from goodword.engine.attachments.actions.storing import take as keep_file
from goodword.engine.journal.models import Entry
from goodword.voice.cases import states
from goodword.voice.cases.actions import receipts, replying
from goodword.voice.cases.actions.receiving import Received, Word, receive
from goodword.voice.cases.models import Case, Message
from goodword.voice.cases.queries.merged import final_target

from . import chatting

ONLY_FILES = "（客户发来文件，没有文字）"
_MAIL = "mail"


class CasesOfChannels:
    """Answers for the cases, to the channels below them."""

    def take(self, arrived: Arrived, party: Party, thread: UUID | None) -> Became:
        """Add it to the conversation it belongs to, or make a case of it. Raises Invalid for what says nothing."""
        text = replying.clean(arrived.text) or (ONLY_FILES if arrived.files else "")
        if not text:
            raise Invalid("消息里没有文字。", "The message says nothing.", fields={"text": "必填 / required"})
        case = _conversation(arrived, party, thread)
        if case is None:
            became = _new_case(arrived, party, text)
            chatting.begins_to_wait(arrived, Case.objects.get(pk=became.case_id), last_word_at=None)
            return became
        last_word_at = receipts.last_word_at(case)
        message = replying.customer_wrote(
            case, text=text, channel=arrived.channel, at=arrived.at, outside_id=arrived.outside_id
        )
        _keep_files(message.case, arrived)
        chatting.begins_to_wait(arrived, message.case, last_word_at=last_word_at)
        return Became(message.case_id, message.pk, False, message.case.contact_id)

    def words(self, message_id: int) -> Words:
        """What a message of a case says."""
        message = Message.objects.select_related("case").get(pk=message_id)
        files = tuple(message.files.filter(state="ok"))
        return Words(
            message.case.number, message.case.subject, message.text, message.automatic, files, _link()
        )

    def other_parties(self, case_id: UUID) -> Sequence[Party]:
        """The case's contact on its channels: the one who spoke last first."""
        contact_id = Case.objects.values_list("contact_id", flat=True).get(pk=case_id)
        parties = Party.objects.filter(contact_id=contact_id) if contact_id else Party.objects.none()
        return list(parties.filter(channel__in=CHANNELS).order_by("-last_in_at", "-pk"))

    def quiet_hours(
        self, case_ids: set[UUID], *, otherwise: tuple[time, time] | None
    ) -> Mapping[UUID, tuple[time, time] | None]:
        """The customers' own hours, else the company's for them; an urgent matter has none."""
        rows = Case.objects.filter(pk__in=case_ids).exclude(severity="urgent")
        found = rows.values_list("pk", "customer__quiet_from", "customer__quiet_until")
        return {pk: (starts, ends) if starts and ends else otherwise for pk, starts, ends in found}

    def written_anew(self, letter: Letter, at: datetime) -> str:
        """A receipt that came back, with another tracking code: the first one was read by nobody and is not kept."""
        if letter.purpose != receipts.RECEIPT:
            return ""
        again = receipts.with_another_code(letter.case_id)
        return receipts.words_for(again, link=_link(), at=at)[1]

    def sent(self, letter: Letter, at: datetime) -> None:
        """A receipt that has left is journalled with its case: it promises news (FB-2.2d)."""
        if letter.purpose == receipts.RECEIPT:
            receipts.receipt_sent(letter.case_id, letter.message_id, at=at)

    def undelivered(self, letter: Letter, at: datetime) -> None:
        """No channel is left: the case says so, and its reaction tells people."""
        receipts.undelivered(
            letter.case_id, letter.message_id, channel=letter.channel, letter_id=letter.pk, at=at
        )


def letter_of(entry: Entry) -> None:
    """A colleague wrote to the customer: the message leaves by its channel, where the customer is reached by it."""
    message_id = entry.facts.get("message")
    if message_id is None or entry.facts.get("channel") not in CHANNELS:
        return
    message = Message.objects.get(pk=message_id)
    if message.direction == "out" and not message.automatic:
        write_to_party(
            message.case_id, message.pk, channel=message.channel, purpose=message.purpose, at=entry.at
        )


def not_delivered(entry: Entry) -> None:
    """A message reached the customer by no channel: whoever has the case hears of it, else who is on duty."""
    case = Case.objects.select_related("assignee").get(pk=entry.subject_id)
    told: list[Account] = [case.assignee] if case.assignee else on_duty("intake", at=entry.recorded_at)
    for account in told:
        queue_notice(
            account.pk,
            kind=entry.kind,
            subject=("case", str(case.pk)),
            title_zh=f"工单 #{case.number}:有消息未能送达客户",
            title_en=f"Case #{case.number}: a message did not reach the customer",
            path=f"/cases/{case.number}/",
            urgent=True,
            at=entry.recorded_at,
            dedupe_key=f"{entry.pk}:{account.pk}",
        )


def _conversation(arrived: Arrived, party: Party, thread: UUID | None) -> Case | None:
    """The case it belongs to: the one it answers, else the one its sender is talking about and that is still open."""
    if thread is not None:
        return Case.objects.filter(pk=thread).first()
    if not arrived.is_talk or party.case_id is None:
        return None
    case = Case.objects.filter(pk=party.case_id).first()
    return case if case is not None and final_target(case).state not in states.ENDED else None


def _new_case(arrived: Arrived, party: Party, text: str) -> Became:
    order, device = _rented(arrived)
    contact = _contact(arrived, party, order)
    customer = contact.customer if contact else (order.customer if order else None)
    if order is None and device is not None and customer is not None:
        order = order_renting(device, customer)
    word = Word(
        text=text,
        channel=arrived.channel,
        subject=arrived.subject,
        customer=customer,
        contact=contact,
        order=order,
        device=device,
        kind=arrived.kind,
        came_to=department_now(arrived.department) if arrived.department else None,
        outside_id=arrived.outside_id,
        receipt_later=arrived.channel in CHANNELS,
    )
    received = receive(word, by=CUSTOMER, at=arrived.at)
    _keep_files(received.case, arrived)
    message_id = received.case.messages.values_list("pk", flat=True).get(outside_id=arrived.outside_id)
    receipt = _receipt(received, at=arrived.at) if word.receipt_later else None
    return Became(received.case.pk, message_id, True, contact.pk if contact else None, receipt)


def _rented(arrived: Arrived) -> tuple[Order | None, Device | None]:
    order = order_by_number(arrived.order) if arrived.order else None
    return order, device_by_serial(arrived.device) if arrived.device else None


def _contact(arrived: Arrived, party: Party, order: Order | None) -> Contact | None:
    """Who it is: known from before, by the mail address, or the order's main contact; a mail's sender is written down new."""
    if party.contact_id is not None:
        known = Contact.objects.select_related("customer").filter(pk=party.contact_id).first()
        if known is not None:
            return known
    if arrived.channel == _MAIL:
        customer = customers.match(email=arrived.address) or _registered(arrived)
        return customers.contact_of(customer, email=arrived.address) if customer else None
    return customers.contact_of(order.customer) if order else None


def _registered(arrived: Arrived) -> Customer | None:
    facts = ContactFacts(name=arrived.name[:80], email=arrived.address, preferred="email")
    name = arrived.name[:80] or arrived.address.partition("@")[0]
    try:
        return register(kind="streamer", name=name, contact=facts, by=CUSTOMER, at=arrived.at)
    except Invalid:  # an address that can be no contact's: the words come in all the same
        return None


def _receipt(received: Received, *, at: datetime) -> tuple[int, str]:
    """(the receipt's message, its whole text with the tracking code)."""
    said, whole = receipts.words_for(received, link=_link(), at=at)
    return receipts.write_receipt(received.case, text=said, at=at).pk, whole


def _link() -> str:
    """Where a customer looks at their case, with its number and code."""
    return settings.GOODWORD_URL.rstrip("/") + reverse("portal:track")


def _keep_files(case: Case, arrived: Arrived) -> None:
    for file in arrived.files:
        content = file.laid or file.data
        keep_file(content, name=file.name, subject=("case", case.pk), by=CUSTOMER, at=arrived.at)
