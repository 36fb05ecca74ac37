"""The index of what customers said, and the words of the cases that are there already."""

from itertools import islice

from django.db import migrations, models

from goodword.base.language import word_tables
from goodword.base.language.word_index import WordsField
from goodword.voice.cases.models.words import INDEX

AT_ONCE = 2000


def make(_apps, schema_editor):
    word_tables.make(INDEX, schema_editor)


def take_over(apps, schema_editor):
    from goodword.voice.cases.actions._words import statement

    rows = apps.get_model("cases", "Case").objects.order_by("number").values_list("number", "subject", "text")
    found = rows.iterator(chunk_size=AT_ONCE)
    with schema_editor.connection.cursor() as cursor:
        while some := [statement(*row) for row in islice(found, AT_ONCE)]:
            cursor.executemany(some[0][0], [parameters for _, parameters in some])


def finish(_apps, schema_editor):
    word_tables.finish(INDEX, schema_editor)


def drop(_apps, schema_editor):
    word_tables.drop(INDEX, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_labels_once")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="CaseWords",
                    fields=[
                        (
                            "number",
                            models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False),
                        ),
                        ("words", WordsField()),
                    ],
                    options={"db_table": "cases_words"},
                ),
            ],
            database_operations=[migrations.RunPython(make, drop)],
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RunPython(finish, migrations.RunPython.noop),
    ]
