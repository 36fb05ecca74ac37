"""What is going to happen with one case, as far as it can be drawn beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from goodword.base.core.clock import local_day
from goodword.company.rentals.models import Order
from goodword.voice.cases.labels import name_of

from .clientele import Client
from .texts import Matter, matters, told

ANONYMOUS_CHANNELS = frozenset({"portal", "app", "mail", "wechat"})
"""Ways in on which customers write themselves; the others are taken down by the desk."""
RECEIPT_LATER = frozenset({"mail", "wechat"})
"""Channels whose automatic receipt is a message of its own."""
CHANNELS = ("hotline", "wechat", "portal", "shop", "app", "mail", "delivery", "return_desk", "store_box")
CHANNEL_SHARES = (36, 22, 12, 10, 7, 5, 4, 3, 1)


@dataclass(frozen=True)
class Plan:
    """One case to come: when, what, who, and the luck that decides the rest of its course.

    hold: the step before which nothing more happens (for a desk on which work is waiting); rush: a factor on
    every delay, below one for cases that went fast. force: turns that happen for certain.
    """

    at: datetime
    matter: Matter
    client: Client
    order: Order | None
    channel: str
    device_type: str
    text: str
    luck: Random
    rush: float = 1.0
    hold: str = ""
    force: frozenset[str] = field(default=frozenset())

    @property
    def urgent(self) -> bool:
        """Whether its clocks run night and day."""
        return self.matter.severity == "urgent"

    def turns(self, turn: str, chance: float) -> bool:
        """Whether a turn with this chance is taken; of a held case only those it is meant to show."""
        drawn = self.luck.random() < chance
        return turn in self.force or (drawn and not self.hold and not self.force)


def draw(
    at: datetime,
    clients: Sequence[Client],
    luck: Random,
    *,
    matter: Matter | None = None,
    rush: float | None = None,
    hold: str = "",
    force: Sequence[str] = (),
) -> Plan:
    """A plan for a case that comes at `at`; what is not named is drawn."""
    chosen = matter or luck.choices(matters(), [each.share for each in matters()])[0]
    client = luck.choice(clients)
    signed = [order for order in client.orders if order.signed_at is not None and order.signed_at <= at]
    order = signed[-1] if signed and chosen.stage != "consult" else None
    device_type = luck.choice(chosen.devices)
    return Plan(
        at=at,
        matter=chosen,
        client=client,
        order=order,
        channel="hotline" if chosen.urgent_need else luck.choices(CHANNELS, CHANNEL_SHARES)[0],
        device_type=device_type,
        text=told(chosen, luck, device=_names(device_type, at), order=order.number if order else ""),
        luck=luck,
        rush=luck.lognormvariate(0, 0.35) if rush is None else rush,
        hold=hold,
        force=frozenset(force),
    )


def _names(device_type: str, at: datetime) -> tuple[str, str]:
    day = local_day(at)
    return device_type, name_of("device_type", device_type, on=day, language="en")


def matters_of(
    group: str, *, severity: str = "", content: str = "", kind: str = "", urgent: bool = False
) -> list[Matter]:
    """The matters of a group with these labels."""
    return [
        each
        for each in matters()
        if each.group == group
        and severity in ("", each.severity)
        and content in ("", each.content)
        and kind in ("", each.kind)
        and each.urgent_need == urgent
    ]
