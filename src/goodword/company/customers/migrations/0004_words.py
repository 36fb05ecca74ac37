"""The index of companies' names by their parts, and the names that are there already."""

from itertools import islice

from django.db import migrations, models

from goodword.base.language import word_tables
from goodword.base.language.word_index import WordsField
from goodword.company.customers.models import NAMES

AT_ONCE = 2000


def make(_apps, schema_editor):
    word_tables.make(NAMES, schema_editor)


def take_over(apps, schema_editor):
    companies = apps.get_model("customers", "Customer").objects.filter(public_name__gt="").order_by("number")
    rows = companies.values_list("number", "public_name").iterator(chunk_size=AT_ONCE)
    with schema_editor.connection.cursor() as cursor:
        while some := [NAMES.statement(*row) for row in islice(rows, AT_ONCE)]:
            cursor.executemany(some[0][0], [parameters for _, parameters in some])


def finish(_apps, schema_editor):
    word_tables.finish(NAMES, schema_editor)


def drop(_apps, schema_editor):
    word_tables.drop(NAMES, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_prepared_numbers")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="CustomerWords",
                    fields=[
                        (
                            "number",
                            models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False),
                        ),
                        ("words", WordsField()),
                    ],
                    options={"db_table": "customers_words"},
                ),
            ],
            database_operations=[migrations.RunPython(make, drop)],
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RunPython(finish, migrations.RunPython.noop),
    ]
