# Written by hand: what was taken of a letter is kept with the letter, by the part's name.

from typing import Any

from django.db import migrations


def carry_over(apps: Any, _editor: Any) -> None:
    """The parts of a letter that is under way; those of one that was sent are asked for no more."""
    parts = apps.get_model("correspondence", "LetterPart").objects
    for row in apps.get_model("tencent", "Progress").objects.iterator():
        parts.bulk_create(
            [parts.model(letter_id=row.letter_id, name=f"text:{number}") for number in range(row.parts)]
        )


class Migration(migrations.Migration):
    dependencies = [
        ("tencent", "0001_initial"),
        ("correspondence", "0002_letter_parts"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Progress"),
    ]
