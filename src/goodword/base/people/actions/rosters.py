"""Who is on duty, on call, away, and who stands in."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact

from ..actors import Actor
from ..models import Absence, Account, Shift
from ..queries import LONGEST_CHAIN


def add_shift(
    account: Account, *, starts_at: datetime, ends_at: datetime, kind: str = "shift", by: Actor
) -> Shift:
    """Put the account on duty: kind shift (at work) or on_call. The same shift again: the one that is there.

    Raises Forbidden without people.roster in the account's department, Invalid, Refused when it overlaps another
    shift of the account.
    """
    _may_roster(account, by)
    if kind not in ("shift", "on_call"):
        raise Invalid("没有这种班次。", "There is no such shift.", fields={"kind": "shift, on_call"})
    _check_order(starts_at, ends_at)
    with one_fact():
        _lock(account)
        over = Shift.objects.filter(account=account, starts_at__lt=ends_at, ends_at__gt=starts_at).first()
        if over is None:
            return Shift.objects.create(account=account, kind=kind, starts_at=starts_at, ends_at=ends_at)
        if (over.kind, over.starts_at, over.ends_at) == (kind, starts_at, ends_at):
            return over
        raise Refused(
            "与已有班次重叠。",
            "It overlaps another shift.",
            cure_zh="请调整时间。",
            cure_en="Change the times.",
        )


def go_away(
    account: Account,
    *,
    stand_in: Account,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    by: Actor,
) -> Absence:
    """The account is away from `starts_at` until `ends_at`, and `stand_in` bears what it bears.

    Everybody may enter his own absence. The same absence again: the one that is there.
    Raises Forbidden, Invalid, Refused: another absence of the account overlaps; the stand-in is the same person or
    closed; or the stand-ins of that time would form a ring or a chain of more than five.
    """
    if by.account_id != account.pk:
        _may_roster(account, by)
    _check_order(starts_at, ends_at)
    if stand_in.person_id == account.person_id or not stand_in.is_active:
        raise Refused(
            "代班人须为另一位在用账号的同事。", "The stand-in must be another person, with an open account."
        )
    with one_fact():
        _lock(account)
        over = Absence.objects.filter(account=account, starts_at__lt=ends_at, ends_at__gt=starts_at).first()
        if over and (over.starts_at, over.ends_at, over.stand_in_id) == (starts_at, ends_at, stand_in.pk):
            return over
        if over:
            raise Refused(
                "与已有的离岗时间重叠。",
                "It overlaps another absence.",
                cure_zh="请先取消原来的离岗。",
                cure_en="Cancel the other one first.",
            )
        _refuse_ring(account, stand_in, starts_at, ends_at)
        return Absence.objects.create(
            account=account,
            stand_in=stand_in,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=reason.strip()[:120],
        )


def come_back(absence: Absence, *, by: Actor, at: datetime) -> bool:
    """End the absence at `at`; one that has not begun is cancelled. False when it is over already. Raises Forbidden."""
    if by.account_id != absence.account_id:
        _may_roster(absence.account, by)
    with one_fact():
        if Absence.objects.filter(pk=absence.pk, starts_at__gte=at).delete()[0]:
            return True
        return bool(Absence.objects.filter(pk=absence.pk, ends_at__gt=at).update(ends_at=at))


def set_on_shift(account: Account, on_shift: bool, *, by: Actor) -> Account:
    """Turn the account's on-shift switch, one's own or with people.roster. It counts where no roster covers a time."""
    if by.account_id != account.pk:
        _may_roster(account, by)
    Account.objects.filter(pk=account.pk).update(on_shift=on_shift)
    account.refresh_from_db()
    return account


def _refuse_ring(account: Account, stand_in: Account, starts_at: datetime, ends_at: datetime) -> None:
    """Follow the absences of the stand-in, and of theirs, within the time they share with this one."""
    ways = [(stand_in.pk, starts_at, ends_at, 1 + _chain_before(account, starts_at, ends_at))]
    while ways:
        person, since, until, length = ways.pop()
        if person == account.pk or length >= LONGEST_CHAIN:
            raise Refused(
                "这段时间的代班会绕成一圈或过长,届时无人负责。",
                "Those standing in at that time would form a ring or too long a chain: nobody would be there.",
                cure_zh="请换一位代班人。",
                cure_en="Choose another stand-in.",
            )
        away = Absence.objects.filter(account=person, starts_at__lt=until, ends_at__gt=since)
        ways += [(a.stand_in_id, max(since, a.starts_at), min(until, a.ends_at), length + 1) for a in away]


def _chain_before(account: Account, starts_at: datetime, ends_at: datetime, depth: int = 1) -> int:
    """How many stand-ins lead to the account in that time, the longest way counted."""
    leading = Absence.objects.filter(
        stand_in=account, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).select_related("account")
    if depth >= LONGEST_CHAIN:
        return 0
    lengths = [
        1 + _chain_before(a.account, max(starts_at, a.starts_at), min(ends_at, a.ends_at), depth + 1)
        for a in leading
    ]
    return max(lengths, default=0)


def _may_roster(account: Account, by: Actor) -> None:
    """Whoever manages all people, else a holder of people.roster for the account's department."""
    if by.has("people.manage"):
        return
    by.require("people.roster", department=account.department.code if account.department else None)


def _check_order(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Invalid(
            "结束时间须晚于开始时间。",
            "It must end after it starts.",
            fields={"ends_at": "晚于开始 / after the start"},
        )


def _lock(account: Account) -> None:
    """One roster change of an account at a time (SQLite's write lock is already held)."""
    if connection.features.has_select_for_update:
        list(Account.objects.select_for_update().filter(pk=account.pk).values_list("pk"))
