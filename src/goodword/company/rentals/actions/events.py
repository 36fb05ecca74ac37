"""Something happened to an order: sent out, delivered, under repair, returned …"""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import HAPPENED
from ..models import Order, OrderEvent
from ..queries import stage_of
from ..stages import LEADS_TO, MOMENTS


def record_event(
    order: Order, event: str, *, happened_at: datetime | None = None, by: Actor, at: datetime
) -> Order:
    """Record what happened to the order at `happened_at` (`at` when it is told as it happens).

    Effects: the event, once for its moment; the column that keeps it (signed, delivered, returned, settled:
    the newest telling counts); the stage as of `at`; `order.event_recorded`. Told again: nothing.
    Raises Forbidden, Invalid for an event nobody knows.
    """
    by.require("rentals.edit")
    if event not in LEADS_TO:
        raise Invalid("没有这种订单进展。", "There is no such event.", fields={"event": ", ".join(LEADS_TO)})
    moment = happened_at or at
    with one_fact():
        lock_subject("order", order.pk)
        _, is_new = OrderEvent.objects.get_or_create(order=order, event=event, at=moment)
        order.refresh_from_db()
        if not is_new:
            return order
        if event in MOMENTS:
            setattr(order, MOMENTS[event], moment)
        order.stage = stage_of(order, at=at)
        order.save()
        facts = {"event": event, "happened_at": moment.isoformat(), "stage": order.stage}
        record(HAPPENED, order.pk, by=by, at=at, facts=facts)
    return order
