"""What every installation stands on before anybody works with it: clauses, calendars, departments, views, scripts."""

from __future__ import annotations

from datetime import datetime

from goodword.base.people.actions.seeding import seed_departments
from goodword.base.worktime.actions import seed as seed_calendars
from goodword.company.knowledge.shipped import seed_scripts
from goodword.engine.policy.actions.loading import load_packs
from goodword.voice.cases.lists.shipped import seed_views


def lay_foundations(*, at: datetime) -> None:
    """Load the packs' first editions, the calendars, the departments, views of cases and scripts; whatever is there is left alone."""
    load_packs(at=at)
    seed_calendars(at=at)
    seed_departments()
    seed_views(at=at)
    seed_scripts(at=at)
