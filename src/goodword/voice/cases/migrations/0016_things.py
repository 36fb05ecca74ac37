"""The cases of an order and of a device are found among those that have one, and the reader's figures in an index alone.

The plain indexes of the two go: most cases have no device, and a database that reckons with that reads the whole table.
They are dropped by name, because to alter the columns SQLite would write the whole table anew.
"""

import django.db.models.deletion
from django.db import migrations, models

PLAIN = {
    "order": ("cases_case_order_id_45297958", "order_id"),
    "device": ("cases_case_device_id_c62cc9d6", "device_id"),
}
READ = ("read_by", "kind", "severity", "content", "subclass", "device_type", "stage", "sentiment", "history")


def _dropped(name: str) -> migrations.RunSQL:
    index, column = PLAIN[name]
    field = models.ForeignKey(
        f"rentals.{name}",
        blank=True,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="cases",
    )
    return migrations.RunSQL(
        f'DROP INDEX IF EXISTS "{index}"',
        f'CREATE INDEX "{index}" ON "cases_case" ("{column}")',
        state_operations=[migrations.AlterField("case", name, field)],
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_message_files"), ("rentals", "0003_undelivered")]

    operations = [
        *(
            migrations.AddIndex(
                "case",
                models.Index(
                    fields=[name, "-received_at", "-number"],
                    condition=models.Q(**{f"{name}__isnull": False}),
                    name=f"case_{name}",
                ),
            )
            for name in PLAIN
        ),
        *(_dropped(name) for name in PLAIN),
        migrations.RemoveIndex("case", "case_labelled"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["labelled_at", *READ, "id"],
                condition=models.Q(labelled_at__isnull=False),
                name="case_labelled",
            ),
        ),
    ]
