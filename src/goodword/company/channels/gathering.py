"""Which notices are gathered into one line instead of rung one by one: the company decides from when, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from goodword.base.core.models import Setting

SETTING = "gathering"


@dataclass(frozen=True, slots=True)
class Gathering:
    """after: an alarm that comes so late after its moment is gathered. lasts: how long one digest takes in more."""

    after: timedelta = timedelta(minutes=5)
    lasts: timedelta = timedelta(hours=1)


def gathering() -> Gathering:
    """As the company has it now. One query."""
    kept = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first()
    if not isinstance(kept, dict):
        return Gathering()
    return Gathering(timedelta(minutes=kept["after_minutes"]), timedelta(minutes=kept["lasts_minutes"]))


def keep(chosen: Gathering) -> None:
    """Write the setting; whoever calls has asked for the right and journals it."""
    value = {
        "after_minutes": round(chosen.after / timedelta(minutes=1)),
        "lasts_minutes": round(chosen.lasts / timedelta(minutes=1)),
    }
    Setting.objects.update_or_create(name=SETTING, defaults={"value": value})
