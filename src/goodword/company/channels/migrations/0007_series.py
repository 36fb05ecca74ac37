from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0006_troubles"),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="series",
            field=models.CharField(blank=True, max_length=60, null=True),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("series__isnull", False)),
                fields=["series", "state", "id"],
                name="outbox_in_series",
            ),
        ),
    ]
