from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_members_report_to_somebody"),
    ]

    operations = [
        migrations.AddField(
            model_name="accesschange",
            name="otherwise",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
