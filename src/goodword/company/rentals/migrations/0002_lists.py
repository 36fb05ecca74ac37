"""Lists of orders and of devices read an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rentals", "0001_initial")]

    operations = [
        migrations.AddIndex("device", models.Index(fields=["device_type", "serial"], name="device_kind")),
        migrations.AddIndex("order", models.Index(fields=["-created_at", "-id"], name="order_browse")),
        migrations.AddIndex(
            "order", models.Index(fields=["stage", "-created_at", "-id"], name="order_stage")
        ),
    ]
