"""A case knows the department whose own address the customer wrote to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_things"), ("people", "0002_one_leader")]

    operations = [
        migrations.AddField(
            "case",
            "came_to",
            models.ForeignKey(
                "people.department",
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
            ),
        ),
        *(
            migrations.AddIndex(
                "case",
                models.Index(
                    fields=["came_to", "-received_at", "-number"],
                    condition=models.Q(came_to__isnull=False, **more),
                    name=name,
                ),
            )
            for name, more in (("case_came_to", {}), ("case_came_to_waiting", {"responsible": None}))
        ),
    ]
