"""When a duty began, when it was late and how it ended stay as they were, whoever writes to the table."""

from django.db import migrations

from goodword.base.core.triggers import refusing

MOVED = "NEW.started_at <> OLD.started_at OR NEW.started_by_id <> OLD.started_by_id"
WASHED = "OLD.breached_at IS NOT NULL AND (NEW.breached_at IS NULL OR NEW.breached_at <> OLD.breached_at)"
REOPENED = "OLD.state <> 'open' AND (NEW.state <> OLD.state OR NEW.ended_at <> OLD.ended_at OR NEW.due_at <> OLD.due_at)"


class Migration(migrations.Migration):
    dependencies = [("obligations", "0002_reading")]

    operations = [
        refusing(
            "obligations_obligation",
            operations=["UPDATE"],
            name="obligation_past_stays",
            condition=f"{MOVED} OR ({WASHED}) OR ({REOPENED})",
            message="what was of an obligation stays as it was",
        )
    ]
