from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0019_marketing_kept_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="product",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="venue",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("hospital", "Hospital or clinic"),
                    ("university", "University or college"),
                    ("centre", "Congress or training centre"),
                    ("office", "Office of the organisation"),
                    ("hotel", "Hotel"),
                    ("restaurant", "Restaurant"),
                    ("resort", "Resort or spa"),
                    ("entertainment", "Place of sport or entertainment"),
                ],
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="stars",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="venue",
            name="is_renowned",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__gte=1, stars__lte=7),
                name="a_venue_has_one_to_seven_stars",
            ),
        ),
    ]
