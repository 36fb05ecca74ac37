"""What changes working calendars. Each writes a new version and returns it; journalling is the caller's."""

from goodword.base.worktime.actions.importing import import_year, with_year
from goodword.base.worktime.actions.publishing import publish
from goodword.base.worktime.actions.seeding import seed

__all__ = ["import_year", "publish", "seed", "with_year"]
