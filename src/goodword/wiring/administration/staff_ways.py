"""By which ways colleagues are told: the company's choice, everybody's own, and the names other systems know them by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from goodword.base.core.errors import Forbidden, Invalid, NotFound
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.company.channels import choices
from goodword.company.channels.choices import Choice
from goodword.company.channels.models import StaffAddress, WayChoice
from goodword.company.channels.staff import STAFF_WAYS

from .facts import begin, journal
from .kinds import STAFF_ADDRESS_SET, STAFF_WAYS_SET, WAYS_CHOSEN


def set_ways(chosen: Mapping[str, Choice], *, by: Actor, at: datetime) -> None:
    """What comes by each way to whoever chooses nothing.

    Effects: the setting; `company.staff_ways_set` when it differs. Raises Forbidden without settings.edit.
    """
    by.require("settings.edit")
    with one_fact():
        begin()
        kept = choices.of_company()
        wanted = {**kept, **{way: one for way, one in chosen.items() if way in STAFF_WAYS}}
        if wanted != kept:
            choices.keep_companys(wanted)
            journal(STAFF_WAYS_SET, by=by, at=at, **_listed(wanted))


def choose_ways(account: Account, chosen: Mapping[str, Choice], *, by: Actor, at: datetime) -> None:
    """What comes by each way to this colleague. Urgent notices of clauses that ring alone come whatever is chosen.

    Effects: a row for each way; `company.ways_chosen` when it differs. Raises Forbidden for anybody else's account.
    """
    if by.account_id != account.pk:
        raise Forbidden("提醒方式只能由本人选择。", "The ways of notices are one’s own to choose.")
    with one_fact():
        begin()
        kept = {way: one for (_, way), one in choices.of_accounts([account.pk]).items()}
        wanted = {way: one for way, one in chosen.items() if way in STAFF_WAYS}
        if {**kept, **wanted} == kept:
            return
        for way, one in wanted.items():
            values = {"ordinary": one.ordinary, "urgent": one.urgent}
            WayChoice.objects.update_or_create(account=account, way=way, defaults=values)
        journal(WAYS_CHOSEN, by=by, at=at, account=account.pk, **_listed(wanted))


def set_address(account_id: int, way: str, address: str, *, by: Actor, at: datetime) -> None:
    """Under which name a way knows a colleague; empty takes it away.

    Effects: the row, sealed; `company.staff_address_set`, without the name. Raises Forbidden without settings.edit,
    NotFound, Invalid for a way that is none.
    """
    by.require("settings.edit")
    address = address.replace("\x00", "").strip()[:120]
    if way not in STAFF_WAYS:
        raise Invalid("没有这种通知方式。", "There is no such way.", fields={"way": "?"})
    with one_fact():
        begin()
        account = Account.objects.filter(pk=account_id, is_active=True).first()
        if account is None:
            raise NotFound
        rows = StaffAddress.objects.filter(account=account, way=way)
        if address:
            StaffAddress.objects.update_or_create(account=account, way=way, defaults={"address": address})
        elif not rows.delete()[0]:
            return
        journal(STAFF_ADDRESS_SET, by=by, at=at, account=account.pk, way=way)


def _listed(chosen: Mapping[str, Choice]) -> dict[str, list[str]]:
    return {
        "ordinary": sorted(way for way, one in chosen.items() if one.ordinary),
        "urgent": sorted(way for way, one in chosen.items() if one.urgent),
    }
