import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0017_whoever_prepares_does_not_sign"),
        ("curriculum", "0002_why_activities_exist"),
    ]

    operations = [
        migrations.AddField(
            model_name="series",
            name="plan",
            field=symposia.shared.tenancy.Key(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="curriculum.plan",
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="of_series",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="SeriesTeamMember",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=symposia.shared.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "organisation_id",
                    models.UUIDField(
                        default=symposia.shared.tenancy.current_organisation_id, editable=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("planner", "Planner"),
                            ("author", "Author"),
                            ("reviewer", "Reviewer"),
                            ("moderator", "Moderator"),
                        ],
                        max_length=10,
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "contributor",
                    symposia.shared.tenancy.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.contributor",
                    ),
                ),
                (
                    "series",
                    symposia.shared.tenancy.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.series",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation_id", "series", "contributor", "role"),
                        name="one_series_role_once_per_person",
                    )
                ],
            },
        ),
    ]
