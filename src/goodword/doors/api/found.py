"""From the names in a request to the things they name; what is not there and what is not shown are one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid, NotFound
from goodword.base.people.models import Account, Department
from goodword.company.customers.models import Contact, Customer
from goodword.company.rentals.models import Device, Order
from goodword.company.rentals.queries import device_by_serial, order_by_number
from goodword.voice.cases import labels
from goodword.voice.cases.actions.receiving import RECEIPT_CHANNELS
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing

from .caller import Caller


def case(caller: Caller, key: str) -> Case:
    """The case with this number or id, among those the caller may see. Raises NotFound."""
    return listing.get(caller.actor, key)


def channel(code: str, *, at: datetime) -> str:
    """A channel's code, checked; the empty one stays empty. Raises Invalid."""
    return label("channel", code, at=at, further=RECEIPT_CHANNELS)


def label(name: str, code: str, *, at: datetime, further: frozenset[str] = frozenset()) -> str:
    """A code of the catalogue `name`, checked; the empty one stays empty. Raises Invalid."""
    if code and code not in labels.codes(name, on=local_day(at)) | further:
        raise Invalid(
            "没有这个选项。", "This is not one of the choices.", fields={name: "见 /labels / see /labels"}
        )
    return code


def order(number: str) -> Order | None:
    """The order with this number; None for no number. Raises Invalid."""
    found = order_by_number(number)
    if number and found is None:
        raise Invalid("没有这个订单。", "There is no such order.", fields={"order_number": number})
    return found


def device(serial: str) -> Device | None:
    """The device with this serial number; None for none. Raises Invalid."""
    found = device_by_serial(serial)
    if serial and found is None:
        raise Invalid("没有登记这台设备。", "No such device is recorded.", fields={"device_serial": serial})
    return found


def order_there(number: str) -> Order:
    """The order with this number. Raises NotFound."""
    found = order_by_number(number)
    if found is None:
        raise NotFound
    return found


def device_there(serial: str) -> Device:
    """The device with this serial number. Raises NotFound."""
    found = device_by_serial(serial)
    if found is None:
        raise NotFound
    return found


def contact(contact_id: int | None, *, of: Customer | None) -> Contact | None:
    """The customer's contact with this id; None for None. Raises Invalid."""
    if contact_id is None:
        return None
    found = of.contacts.filter(pk=contact_id).first() if of else None
    if found is None:
        raise Invalid("该客户没有这位联系人。", "No such contact of this customer.", fields={"contact": "?"})
    return found


def department(code: str) -> Department:
    """The department with this code, its successor where it was merged. Raises Invalid."""
    found = Department.objects.select_related("merged_into").filter(code=code).first()
    if found is None:
        raise Invalid("没有这个部门。", "There is no such department.", fields={"department": code})
    return found.merged_into or found


def account(account_id: int | None, *, field: str = "assignee") -> Account | None:
    """The active account with this id; None for None. Raises Invalid."""
    if account_id is None:
        return None
    found = (
        Account.objects.select_related("person", "department").filter(pk=account_id, is_active=True).first()
    )
    if found is None:
        raise Invalid("没有这个账号。", "There is no such account.", fields={field: str(account_id)})
    return found


def somebody(account_id: int, *, field: str) -> Account:
    """The active account with this id. Raises Invalid."""
    found = account(account_id, field=field)
    assert found is not None
    return found


def accounts(ids: Iterable[int], *, field: str) -> list[Account]:
    """The active accounts with these ids. Raises Invalid when one is not there."""
    wanted = set(ids)
    rows = list(Account.objects.select_related("person").filter(pk__in=wanted, is_active=True))
    if missing := wanted - {row.pk for row in rows}:
        named = ", ".join(map(str, sorted(missing)))
        raise Invalid("有账号不存在。", "Some accounts do not exist.", fields={field: named})
    return rows


def customer(key: str) -> Customer:
    """The customer with this id or number. Raises NotFound."""
    rows = Customer.objects.all()
    found = rows.filter(number=int(key)).first() if is_number(key) else rows.filter(pk=as_uuid(key)).first()
    if found is None:
        raise NotFound
    return found


def is_number(key: str) -> bool:
    """Whether the key is one of the short numbers people use (SQLite and PostgreSQL hold nine digits anywhere)."""
    return key.isascii() and key.isdecimal() and len(key) <= 9


def as_uuid(key: str) -> UUID:
    """The key as an id. Raises NotFound, for nothing has such an id."""
    try:
        return UUID(key)
    except ValueError:
        raise NotFound from None
