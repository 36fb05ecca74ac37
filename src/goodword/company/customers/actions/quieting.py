"""Between which times of day a customer wants no message: written down as they said it."""

from __future__ import annotations

from datetime import datetime, time

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import QUIET_SET
from ..models import Customer


def set_quiet(customer: Customer, hours: tuple[time, time] | None, *, by: Actor, at: datetime) -> bool:
    """Keep these hours (from, until) for the customer; None: none of their own. False when they are so already.

    Effects: the row; `customer.quiet_set`. Raises Forbidden, Invalid where both times are the same.
    """
    by.require("customers.edit")
    if hours is not None and hours[0] == hours[1]:
        raise Invalid(
            "开始和结束不能是同一时刻。",
            "They cannot end at the minute they begin.",
            fields={"ends": "与开始相同 / the same as the beginning"},
        )
    starts, ends = hours or (None, None)
    with one_fact():
        lock_subject("customer", customer.pk)
        customer.refresh_from_db()
        if (customer.quiet_from, customer.quiet_until) == (starts, ends):
            return False
        customer.quiet_from, customer.quiet_until = starts, ends
        customer.save(update_fields=["quiet_from", "quiet_until"])
        said = (
            {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
            if starts and ends
            else {"starts": "", "ends": ""}
        )
        record(QUIET_SET, customer.pk, by=by, at=at, facts=said)
    return True
