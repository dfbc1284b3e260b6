import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("curriculum", "0002_why_activities_exist")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="prepared_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, size=None
            ),
        ),
    ]
