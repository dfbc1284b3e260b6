import django.utils.timezone
from django.db import migrations, models

import symposia.shared.ids
import symposia.shared.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Verification",
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
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_by_id", models.UUIDField(null=True)),
                ("asked_by_name", models.CharField(max_length=200)),
                ("links", models.BigIntegerField()),
                ("unsealed", models.IntegerField()),
                ("rows", models.BigIntegerField()),
                (
                    "result",
                    models.CharField(
                        choices=[("holds", "Holds"), ("broken", "Broken")], max_length=6
                    ),
                ),
                ("first_position", models.BigIntegerField(null=True)),
                ("first_sentence", models.TextField(blank=True)),
                ("faults", models.JSONField(default=list)),
                ("fault_count", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation_id", "-at"], name="latest_verifications")
                ],
            },
        ),
    ]
