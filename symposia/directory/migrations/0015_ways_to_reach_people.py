import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import symposia.shared.ids
import symposia.shared.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0014_fields_that_two_people_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactPoint",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("phone", "Telephone"),
                            ("address", "Postal address"),
                        ],
                        max_length=8,
                    ),
                ),
                ("value", models.TextField(max_length=600)),
                ("label", models.CharField(blank=True, max_length=60)),
                ("from_on", models.DateField(blank=True, null=True)),
                ("until_on", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("preferred_at", models.DateTimeField(blank=True, null=True)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("verified_by_name", models.CharField(blank=True, max_length=200)),
                ("verified_how", models.CharField(blank=True, max_length=200)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("added_by_name", models.CharField(max_length=200)),
                (
                    "clinician",
                    symposia.shared.tenancy.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.clinician",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "email")),
                        fields=["organisation_id", "value"],
                        name="contacts_by_email",
                    ),
                    models.Index(
                        condition=models.Q(("until_on__isnull", False)),
                        fields=["organisation_id", "until_on"],
                        name="contacts_that_end",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation_id", "clinician", "kind", "value"),
                        name="one_contact_of_a_person_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on", None),
                            ("until_on", None),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="contact_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_at", None),
                            models.Q(("verified_how", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_verified_contact_says_how",
                    ),
                ],
            },
        ),
    ]
