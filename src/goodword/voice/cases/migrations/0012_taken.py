"""What somebody took down, the newest first: the desk says what of it stands with others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_lists")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["created_by", "-received_at"], name="case_taken"),
        ),
    ]
