"""What was built, in counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from goodword.base.people.models import Account, Person
from goodword.company.customers.models import Customer
from goodword.company.rentals.models import Device, Order
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.models import Case


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of the demo company, who may log in [(username, who in Chinese, in English)], and what was refused."""

    logins: list[tuple[str, str, str]]
    people: int
    accounts: int
    customers: int
    orders: int
    devices: int
    cases: int
    states: dict[str, int]
    entries: int
    obligations: dict[str, int]
    late: int
    notices: int
    refused: tuple[str, ...]
    until: datetime


def count(
    *, logins: list[tuple[str, str, str]], notices: int, refused: tuple[str, ...], until: datetime
) -> Summary:
    """The summary of what is in the database now."""
    return Summary(
        logins=logins,
        people=Person.objects.count(),
        accounts=Account.objects.count(),
        customers=Customer.objects.count(),
        orders=Order.objects.count(),
        devices=Device.objects.count(),
        cases=Case.objects.count(),
        states=dict(Case.objects.values_list("state").annotate(n=Count("pk")).order_by("state")),
        entries=Entry.objects.count(),
        obligations=dict(Obligation.objects.values_list("state").annotate(n=Count("pk")).order_by("state")),
        late=Obligation.objects.filter(breached_at__isnull=False).count(),
        notices=notices,
        refused=refused,
        until=until,
    )
