from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0018_plan_and_team_of_series"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="is_marketing",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=Q(is_marketing=False) | Q(creditable_minutes=0),
                name="marketing_counts_nothing",
            ),
        ),
    ]
