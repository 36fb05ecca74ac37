"""Who holds a role, heads a department or sits in a group now, and who stands in for those away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from goodword.base.people.actions.groups import PLACES
from goodword.base.people.models import Absence, Account, Department, GroupSeat
from goodword.base.people.queries import holders, present


@dataclass(frozen=True, slots=True)
class Standing:
    """One colleague in a place: `seat` in a group, else empty; when away, who is reached instead (or nobody)."""

    account: Account
    seat: str = ""
    is_away: bool = False
    stand_in: Account | None = None


def in_group(group: str, *, at: datetime) -> list[Standing]:
    """The seats of a standing group, the leader first."""
    rows = GroupSeat.objects.filter(group=group).select_related("account__person", "account__department")
    seats = sorted(rows, key=lambda row: (PLACES.index(row.seat), row.pk))
    return _standing([(row.account, row.seat) for row in seats], at=at)


def in_role(role: str, *, at: datetime) -> list[Standing]:
    """The active holders of a role, in any department."""
    return _standing([(account, "") for account in holders(role, at=at)], at=at)


def heads(departments: Iterable[str], *, at: datetime) -> list[tuple[Department, Standing | None]]:
    """The named departments in the order of the company's, each with its head."""
    rows = Department.objects.filter(code__in=departments).select_related("head__person", "head__department")
    headed = {row.pk: row.head for row in rows if row.head is not None}
    found = dict(zip(headed, _standing([(head, "") for head in headed.values()], at=at), strict=True))
    return [(row, found.get(row.pk)) for row in rows]


def _standing(places: list[tuple[Account, str]], *, at: datetime) -> list[Standing]:
    """One query for who is away, and one more for each of those."""
    here = [account.pk for account, _ in places]
    absent = Absence.objects.filter(account__in=here, starts_at__lte=at, ends_at__gt=at)
    away = set(absent.values_list("account_id", flat=True))
    return [
        Standing(account, seat, True, present(account, at=at))
        if account.pk in away
        else Standing(account, seat)
        for account, seat in places
    ]
