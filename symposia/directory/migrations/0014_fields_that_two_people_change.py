import django.utils.timezone
from django.db import migrations, models

import symposia.shared.ids
import symposia.shared.tenancy

_FIELDS = [
    ("full_name", "Name as on the licence"),
    ("display_name", "Called"),
    ("profession", "Profession"),
    ("credential", "Credential"),
    ("specialty", "Specialty"),
    ("email", "E-mail"),
    ("phone", "Telephone"),
    ("institution", "Institution"),
    ("city", "City"),
    ("region", "State or region"),
    ("country", "Country"),
    ("number", "Number"),
    ("affiliation", "Place of work"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0013_places_of_who_is_known"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuardedField",
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
                ("field", models.CharField(choices=_FIELDS, max_length=20)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("set_by_name", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation_id", "field"), name="a_field_is_guarded_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="changerequest",
            name="facts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name="changerequest",
            name="field",
            field=models.CharField(choices=_FIELDS, max_length=20),
        ),
        migrations.RemoveConstraint(
            model_name="changerequest", name="one_waiting_change_per_field"
        ),
        migrations.RemoveConstraint(
            model_name="changerequest", name="one_waiting_change_per_number"
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state", "waiting"),
                    models.Q(("field__in", ["affiliation", "number"]), _negated=True),
                ),
                fields=("organisation_id", "clinician", "field"),
                name="one_waiting_change_per_field",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("field__in", ["affiliation", "number"]), ("state", "waiting")),
                fields=("organisation_id", "clinician", "scheme", "issuer", "was", "now"),
                name="one_waiting_change_per_number",
            ),
        ),
    ]
