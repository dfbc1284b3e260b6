from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0003_whoever_prepares_does_not_sign"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="product",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
