"""One correction of each label for a case, the last; and when a person labelled a case that was triaged before."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Subquery


def keep_the_last(apps, editor):
    label = apps.get_model("cases", "Label")
    later = label.objects.filter(case=OuterRef("case"), name=OuterRef("name"), pk__gt=OuterRef("pk"))
    label.objects.filter(
        pk__in=list(label.objects.filter(Exists(later)).values_list("pk", flat=True))
    ).delete()


def tell_when(apps, editor):
    case, handler = apps.get_model("cases", "Case"), apps.get_model("cases", "Handler")
    triaged = handler.objects.filter(case=OuterRef("pk"), act="triaged").order_by("at")
    by_people = case.objects.filter(Exists(triaged), labelled_at=None)
    by_people.update(labelled_at=Subquery(triaged.values("at")[:1]))


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_reader")]

    operations = [
        migrations.RunPython(keep_the_last, migrations.RunPython.noop),
        migrations.RunPython(tell_when, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.UniqueConstraint(fields=("case", "name"), name="corrected_once_each"),
        ),
    ]
