"""Cases: listed, received, shown, their record, what happened, and the catalogues they are classed by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from ninja import Query

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid, Refused
from goodword.company.customers.actions.registering import register
from goodword.company.customers.models import Contact, Customer
from goodword.company.customers.queries import contact_of, match
from goodword.engine.policy.queries import one_look
from goodword.voice.cases import labels
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.actions.records import complete
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing, timeline
from goodword.voice.cases.queries.leafing import newest

from .. import found
from ..caller import Caller
from ..operations import Door
from ..paging import Cursor, Limit, read, written
from ..schemas.cases import CaseOut, CasePage, CaseRow, Labels, Timeline
from ..schemas.common import Code, Line, Moment
from ..schemas.intake import ReceivedOut, ReceiveIn, RecordIn
from ..shown import cases as show
from .customers import facts_of

door = Door("Cases")
PLACE = "api.Case.-received_at"


@door.read("cases", right="cases.see", answer=CasePage)
def list_cases(
    caller: Caller,
    *,
    cursor: Cursor,
    limit: Limit,
    state: Annotated[Code, Query("", description="A state, or open, or ended.")],
    department: Annotated[Code, Query("")],
    kind: Annotated[Code, Query("")],
    severity: Annotated[Code, Query("")],
    content: Annotated[Code, Query("")],
    channel: Annotated[Code, Query("")],
    assignee: Annotated[int | None, Query(None, ge=1, le=2**31 - 1)],
    customer: Annotated[UUID | None, Query(None, description="The customer's id.")],
    order: Annotated[Line, Query("", description="The rental order's number.")],
    received_from: Annotated[Moment | None, Query(None)],
    received_to: Annotated[Moment | None, Query(None)],
    text: Annotated[Line, Query("", description="A case number, or words of subject or text.")],
    overdue: Annotated[bool | None, Query(None)],
) -> CasePage:
    """Cases I may see, the newest first"""
    narrow = listing.asking(
        state=state,
        department=department,
        kind=kind,
        severity=severity,
        content=content,
        channel=channel,
        assignee=assignee,
        customer=customer,
        order=order,
        received_from=received_from,
        received_to=received_to,
        text=text,
        overdue=overdue,
    )
    leaf = newest(caller.actor, narrow, limit=limit, after=read(cursor, PLACE))
    last = leaf.cases[-1] if leaf.earlier else None
    return CasePage(
        items=show.rows(leaf.cases), next=written(last.received_at, last.number, PLACE) if last else None
    )


@door.write("cases", right="cases.receive", answer=ReceivedOut, status=201)
def receive_case(caller: Caller, body: ReceiveIn) -> ReceivedOut:
    """Take a customer's word in: a case with its deadlines"""
    with one_look():
        return _received(caller, body)


def _received(caller: Caller, body: ReceiveIn) -> ReceivedOut:
    channel = found.channel(body.channel, at=caller.at)
    _require_new(channel, body.outside_id)
    customer, contact = _who(caller, body)
    word = Word(
        text=body.text,
        channel=channel,
        subject=body.subject,
        customer=customer,
        contact=contact,
        order=found.order(body.order_number),
        device=found.device(body.device_serial),
        kind=found.label("kind", body.kind, at=caller.at),
        scene=body.scene,
        asks=body.asks,
        asked_by_at=body.asked_by_at,
        urgent_need=body.urgent_need,
        outside_id=body.outside_id,
    )
    made = receive(word, **caller.acting)
    row = show.rows([made.case])[0] if made.as_received else show.row_of(made.case)
    return ReceivedOut(id=row.id, number=row.number, code=made.code, receipt=made.receipt, case=row)


@door.read("cases/{key}", right="cases.see", answer=CaseOut)
def get_case(caller: Caller, key: str) -> CaseOut:
    """Everything about a case, by number or id; personal values masked"""
    return show.whole(found.case(caller, key))


@door.read("cases/{key}/timeline", right="cases.see", answer=Timeline)
def get_timeline(caller: Caller, key: str) -> Timeline:
    """What happened: acts, messages and notes, the oldest first"""
    return Timeline(items=[show.moment(row) for row in timeline.of(found.case(caller, key))])


@door.write("cases/{key}/record", right="cases.note", answer=CaseRow, method="PATCH")
def complete_record(caller: Caller, key: str, body: RecordIn) -> CaseRow:
    """Fill in elements of the record (FB-2.2e)"""
    case = found.case(caller, key)
    return show.row_of(complete(case, **caller.acting, **_elements(caller, case, body)))


@door.read("labels", right="cases.see", answer=Labels)
def list_labels(caller: Caller) -> Labels:
    """The catalogues of today: contents, kinds, severities, causes, solutions …"""
    on = local_day(caller.at)
    return Labels(
        catalogues={name: [dict(e) for e in labels.catalogue(name, on=on)] for name in labels.SOURCES}
    )


def _elements(caller: Caller, case: Case, body: RecordIn) -> dict[str, Any]:
    """What was named of the record, as the action takes it."""
    customer = found.customer(body.customer) if body.customer else case.customer
    elements: dict[str, Callable[[], Any]] = {
        "customer": lambda: customer,
        "contact": lambda: found.contact(body.contact, of=customer),
        "order_number": lambda: found.order(body.order_number),
        "device_serial": lambda: found.device(body.device_serial),
        "device_type": lambda: found.label("device_type", body.device_type, at=caller.at),
        "scene": lambda: body.scene,
        "asks": lambda: body.asks,
        "asked_by_at": lambda: body.asked_by_at,
    }
    columns = {"order_number": "order", "device_serial": "device"}
    return {columns.get(name, name): elements[name]() for name in body.model_fields_set}


def _require_new(channel: str, outside_id: str) -> None:
    """Refuse what came in already over the same channel."""
    if outside_id and (known := listing.number_of(channel, outside_id)):
        raise Refused(f"已受理为 #{known}。", f"It was received already, as case #{known}.")


def _who(caller: Caller, body: ReceiveIn) -> tuple[Customer | None, Contact | None]:
    """The customer and the person there, by what of the three was given."""
    if body.customer is not None:
        told = body.customer
        facts = facts_of(told.contact) if told.contact else None
        made = register(kind=told.kind, name=told.name, contact=facts, note=told.note, **caller.acting)
        return made, contact_of(made, phone=facts.phone if facts else "")
    if body.customer_id:
        customer = found.customer(body.customer_id)
        return customer, contact_of(customer, phone=body.contact_phone)
    known = match(phone=body.contact_phone)
    if body.contact_phone and known is None:
        raise Invalid(
            "没有客户用这个号码。",
            "No customer has this telephone number.",
            cure_zh="请提供 customer 以建档。",
            cure_en="Give `customer` to register one.",
            fields={"contact_phone": "?"},
        )
    return known, contact_of(known, phone=body.contact_phone) if known else None
