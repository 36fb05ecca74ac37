"""Who sits in a standing group, and as what. Who journals it stands above: people know nothing of the journal."""

from __future__ import annotations

from goodword.base.core.errors import Invalid, NotFound, Refused
from goodword.base.core.transactions import one_fact

from ..actors import Actor
from ..models import Account, GroupSeat
from ..roles import GROUPS

PLACES = ("leader", "deputy", "member")


def seat(account: Account, group: str, *, place: str, by: Actor) -> GroupSeat:
    """Seat the account in a standing group as leader, deputy or member; who sits there already changes place.

    Raises Forbidden without people.manage; NotFound for an unknown group, Invalid for an unknown place; Refused for a
    closed account, a person who sits there by another account, or a second leader.
    """
    by.require("people.manage")
    _check(group)
    if place not in PLACES:
        raise Invalid("没有这种席位。", "There is no such seat.", fields={"place": ", ".join(PLACES)})
    with one_fact():
        _refuse_unfit(account, group)
        if place == "leader":
            _refuse_second_leader(account, group)
        seated, _ = GroupSeat.objects.update_or_create(group=group, account=account, defaults={"seat": place})
    return seated


def unseat(account: Account, group: str, *, by: Actor) -> bool:
    """Take the account's seat away. False when it has none. Raises Forbidden without people.manage, NotFound."""
    by.require("people.manage")
    _check(group)
    return bool(GroupSeat.objects.filter(group=group, account=account).delete()[0])


def _check(group: str) -> None:
    if group not in GROUPS:
        raise NotFound("没有这个小组。", "There is no such group.")


def _refuse_unfit(account: Account, group: str) -> None:
    if not account.is_active:
        raise Refused(
            "该账号已停用。", "This account is closed.", cure_zh="请先启用。", cure_en="Open it first."
        )
    own = GroupSeat.objects.filter(group=group, account__person=account.person_id)
    if own.exclude(account=account).exists():
        raise Refused(
            "此人已用另一个账号入组。",
            "This person sits in the group by another account.",
            cure_zh="请先移出那个账号。",
            cure_en="Take that seat away first.",
        )


def _refuse_second_leader(account: Account, group: str) -> None:
    led = GroupSeat.objects.filter(group=group, seat="leader").exclude(account=account)
    if led.exists():
        raise Refused(
            "该小组已有组长。",
            "The group has a leader.",
            clauses=(GROUPS[group][2],),
            cure_zh="请先为现任组长改换席位或移出。",
            cure_en="Give the present leader another seat first, or take it away.",
        )
