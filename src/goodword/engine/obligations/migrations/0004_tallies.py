"""Day tallies, the indexes to read what they do not hold yet, and two indexes less that nothing was looked up by."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def drop_indexes(apps, editor):
    model = apps.get_model("obligations", "Obligation")
    for column in ("started_by_id", "ended_by_id"):
        for name in editor._constraint_names(model, [column], index=True, unique=False, primary_key=False):
            editor.execute(f"DROP INDEX {editor.quote_name(name)}")


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_append_only"),
        ("obligations", "0003_what_was_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # By hand: SQLite would build the table anew, and lose the trigger of the migration before.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="obligation",
                    name="ended_by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="journal.entry",
                    ),
                ),
                migrations.AlterField(
                    model_name="obligation",
                    name="started_by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="journal.entry",
                    ),
                ),
            ],
            database_operations=[migrations.RunPython(drop_indexes, migrations.RunPython.noop)],
        ),
        migrations.CreateModel(
            name="DayTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clause_id", models.CharField(max_length=20)),
                ("day", models.DateField()),
                ("history", models.BooleanField()),
                ("bearer_department", models.CharField(max_length=40)),
                ("bearer_account_id", models.BigIntegerField()),
                ("in_time", models.PositiveIntegerField(default=0)),
                ("late", models.PositiveIntegerField(default=0)),
                ("missed", models.PositiveIntegerField(default=0)),
                ("waived", models.PositiveIntegerField(default=0)),
                ("superseded", models.PositiveIntegerField(default=0)),
                ("released", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="TallyMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("zone", models.CharField(max_length=60, unique=True)),
                ("last_entry", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("ended_by__isnull", False)),
                fields=["ended_by"],
                name="obligation_ended_by",
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("ended_by", None)),
                fields=[
                    "clause_id",
                    "started_at",
                    "history",
                    "state",
                    "breached_at",
                    "due_at",
                    "wake_at",
                    "bearer_department",
                    "bearer_account",
                ],
                name="obligation_untallied",
            ),
        ),
        migrations.AddIndex(
            model_name="daytally",
            index=models.Index(fields=["day"], name="day_tally_day"),
        ),
        migrations.AddConstraint(
            model_name="daytally",
            constraint=models.UniqueConstraint(
                fields=("clause_id", "day", "history", "bearer_department", "bearer_account_id"),
                name="one_tally_of_its_kind",
            ),
        ),
    ]
