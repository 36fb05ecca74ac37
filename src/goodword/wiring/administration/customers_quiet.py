"""In which hours customers are sent nothing that can wait: the company's choice for all who said nothing themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.channels.correspondence.quiet import CustomersQuiet, customers_quiet, keep

from .facts import begin, journal
from .kinds import CUSTOMERS_QUIET_SET


def set_customers_quiet(chosen: CustomersQuiet, *, by: Actor, at: datetime) -> CustomersQuiet:
    """Keep the choice.

    Effects: the setting; `company.customers_quiet_set` when it differs. Raises Forbidden without settings.edit, Invalid.
    """
    by.require("settings.edit")
    if chosen.hours is not None and chosen.hours[0] == chosen.hours[1]:
        raise Invalid(
            "开始和结束不能是同一时刻。",
            "They cannot end at the minute they begin.",
            fields={"ends": "与开始相同 / the same as the beginning"},
        )
    with one_fact():
        begin()
        if customers_quiet() != chosen:
            keep(chosen)
            starts, ends = (f"{moment:%H:%M}" for moment in chosen.hours) if chosen.hours else ("", "")
            minutes = round(chosen.awake_for / timedelta(minutes=1))
            journal(CUSTOMERS_QUIET_SET, by=by, at=at, starts=starts, ends=ends, awake=minutes)
    return chosen
