"""Until when a letter waits because its customer wants no message now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from goodword.base.core.models import Setting

from ..models import OutboxMessage
from ..quiet import ends_at
from .models import Letter
from .ways import the_cases

SETTING = "customers_quiet"


@dataclass(frozen=True, slots=True)
class CustomersQuiet:
    """The company's choice for customers who said nothing. hours: (from, until), None for none.

    awake_for: who wrote so lately is answered at any hour.
    """

    hours: tuple[time, time] | None = None
    awake_for: timedelta = timedelta(minutes=30)


def customers_quiet() -> CustomersQuiet:
    """As the company has it now. One query."""
    kept = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
    if not isinstance(kept, dict):
        return CustomersQuiet()
    hours = (time.fromisoformat(kept["starts"]), time.fromisoformat(kept["ends"])) if kept["starts"] else None
    return CustomersQuiet(hours, timedelta(minutes=kept["awake_minutes"]))


def keep(chosen: CustomersQuiet) -> None:
    """Write the setting; whoever calls has asked for the right and journals it."""
    starts, ends = (f"{moment:%H:%M}" for moment in chosen.hours) if chosen.hours else ("", "")
    minutes = round(chosen.awake_for / timedelta(minutes=1))
    value = {"starts": starts, "ends": ends, "awake_minutes": minutes}
    Setting.objects.update_or_create(name=SETTING, defaults={"value": value})


def letters_waiting(messages: Sequence[OutboxMessage], now: datetime) -> dict[int, datetime]:
    """{message: until when} of those whose customer's quiet hours hold; three queries for all of them.

    Never what belongs to an urgent matter, and never an answer to somebody who wrote just now.
    """
    letters = Letter.objects.select_related("party").in_bulk([m.payload["letter"] for m in messages])
    choice = customers_quiet()
    awake_since = now - choice.awake_for
    patient = [
        letter
        for letter in letters.values()
        if letter.party.last_in_at is None or letter.party.last_in_at <= awake_since
    ]
    if not patient:
        return {}
    own = the_cases().quiet_hours({letter.case_id for letter in patient}, otherwise=choice.hours)
    until = {
        letter.pk: end
        for letter in patient
        if (hours := own.get(letter.case_id)) is not None and (end := ends_at(*hours, now=now)) is not None
    }
    return {m.pk: until[m.payload["letter"]] for m in messages if m.payload["letter"] in until}
