"""Deliveries that are late are found among those promised and not delivered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rentals", "0002_lists")]

    operations = [
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["-created_at", "-id"],
                condition=models.Q(delivered_at=None, promised_at__isnull=False),
                name="order_undelivered",
            ),
        ),
    ]
