import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.lookups
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.conf import settings
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("directory", "0001_initial"),
        ("directory", "0002_people_in_order"),
        ("directory", "0003_consent_by_channel_and_purpose"),
        ("directory", "0004_who_is_not_asked"),
        ("directory", "0005_changes_by_two"),
        ("directory", "0006_segments"),
        ("directory", "0007_schemes_as_data"),
        ("directory", "0008_duplicates"),
        ("directory", "0009_public_register"),
        ("directory", "0010_territories_by_the_day"),
        ("directory", "0011_imports_taken_back"),
        ("directory", "0012_where_people_work"),
        ("directory", "0013_places_of_who_is_known"),
        ("directory", "0014_fields_that_two_people_change"),
        ("directory", "0015_ways_to_reach_people"),
        ("directory", "0016_fields_of_ones_own"),
        ("directory", "0017_consent_to_reports"),
        ("directory", "0018_groups_of_staff"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_first_release"),
        ("accounts", "__first__"),
        ("work", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Institution",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("hospital", "Hospital"),
                                    ("clinic", "Clinic or practice"),
                                    ("university", "University or school"),
                                    ("pharmacy", "Pharmacy"),
                                    ("other", "Other"),
                                ],
                                default="hospital",
                                max_length=12,
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=100)),
                        ("region", models.CharField(blank=True, max_length=60)),
                        ("country", models.CharField(blank=True, max_length=2)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "name", "city"),
                                name="one_institution_per_name_and_city",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Territory",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("code", models.SlugField(max_length=40)),
                        (
                            "parent",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.territory",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "code"), name="one_territory_per_code"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clinician",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        ("full_name", models.CharField(max_length=200)),
                        ("display_name", models.CharField(blank=True, max_length=200)),
                        (
                            "profession",
                            models.CharField(
                                choices=[
                                    ("physician", "Physician"),
                                    ("physician_assistant", "Physician assistant"),
                                    ("nurse_practitioner", "Nurse practitioner"),
                                    ("nurse", "Nurse"),
                                    ("pharmacist", "Pharmacist"),
                                    ("dentist", "Dentist"),
                                    ("psychologist", "Psychologist"),
                                    ("social_worker", "Social worker"),
                                    ("optometrist", "Optometrist"),
                                    ("podiatrist", "Podiatrist"),
                                    ("dietitian", "Dietitian"),
                                    ("technician", "Pharmacy technician"),
                                    ("student", "Student or trainee"),
                                    ("other", "Other profession"),
                                ],
                                default="physician",
                                max_length=20,
                            ),
                        ),
                        ("credential", models.CharField(blank=True, max_length=100)),
                        ("specialty", models.CharField(blank=True, max_length=120)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        (
                            "institution",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.institution",
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=100)),
                        ("region", models.CharField(blank=True, max_length=60)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("zone", models.CharField(blank=True, max_length=40)),
                        (
                            "territory",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.territory",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("deactivated_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "merged_into",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "search_text",
                            models.CharField(db_collation="C", editable=False, max_length=420),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search_text"],
                                name="clinician_name_trigrams",
                                opclasses=["gin_trgm_ops"],
                            ),
                            models.Index(
                                fields=["organisation_id", "search_text"],
                                name="clinicians_in_order",
                            ),
                            models.Index(
                                condition=models.Q(("email", ""), _negated=True),
                                fields=["organisation_id", "email"],
                                name="clinicians_by_email",
                            ),
                            models.Index(
                                condition=models.Q(("territory__isnull", False)),
                                fields=["organisation_id", "territory"],
                                name="clinicians_of_a_territory",
                            ),
                            models.Index(
                                condition=models.Q(("merged_into__isnull", False)),
                                fields=["organisation_id", "merged_into"],
                                name="clinicians_merged_into",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    ("deactivated_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="who_was_merged_is_not_active",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nobody_is_merged_into_themselves",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("user__isnull", False)),
                                fields=("organisation_id", "user"),
                                name="one_clinician_per_user",
                            ),
                        ],
                    },
                ),
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
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
                migrations.CreateModel(
                    name="Identifier",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="identifiers",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "scheme",
                            models.CharField(
                                choices=[
                                    ("npi", "NPI (United States)"),
                                    ("smc", "State medical council (India)"),
                                    ("nmc", "National Medical Register (India)"),
                                    ("licence", "Licence number"),
                                    ("gmc", "GMC (United Kingdom)"),
                                    ("rpps", "RPPS (France)"),
                                    ("ahpra", "AHPRA (Australia)"),
                                    ("orcid", "ORCID"),
                                    ("own", "Own number"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("issuer", models.CharField(blank=True, max_length=80)),
                        ("value", models.CharField(max_length=40)),
                        ("written", models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "value", "scheme", "issuer"),
                                name="one_clinician_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Affiliation",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "institution",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.institution",
                            ),
                        ),
                        ("role", models.CharField(blank=True, max_length=120)),
                        ("department", models.CharField(blank=True, max_length=120)),
                        ("from_on", models.DateField(blank=True, null=True)),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("is_primary", models.BooleanField(default=False)),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("added_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "clinician"],
                                name="affiliations_of_a_person",
                            ),
                            models.Index(
                                fields=["organisation_id", "institution"],
                                name="affiliations_at_a_place",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("from_on__isnull", False), ("is_primary", True)
                                ),
                                fields=["organisation_id", "from_on"],
                                name="primary_places_that_begin",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("is_primary", True), ("until_on__isnull", False)
                                ),
                                fields=["organisation_id", "until_on"],
                                name="primary_places_that_end",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_on", None),
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="affiliation_ends_after_it_begins",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("is_primary", True)),
                                expressions=[
                                    (models.F("organisation_id"), "="),
                                    (models.F("clinician"), "="),
                                    (
                                        models.Func(
                                            models.F("from_on"),
                                            models.F("until_on"),
                                            models.Value("[]"),
                                            function="DATERANGE",
                                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_primary_affiliation_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "territory",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.territory",
                            ),
                        ),
                        (
                            "membership",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "role",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.role",
                            ),
                        ),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("assigned_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("assigned_by_id", models.UUIDField(blank=True, null=True)),
                        ("assigned_by_name", models.CharField(max_length=200)),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "membership"],
                                name="territories_of_a_member",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="assignment_ends_after_it_begins",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (models.F("organisation_id"), "="),
                                    (models.F("territory"), "="),
                                    (models.F("role"), "="),
                                    (
                                        models.Func(
                                            models.F("from_on"),
                                            models.F("until_on"),
                                            models.Value("[]"),
                                            function="DATERANGE",
                                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_holder_of_a_territory_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnField",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "of",
                            models.CharField(
                                choices=[("clinician", "People"), ("institution", "Institutions")],
                                max_length=11,
                            ),
                        ),
                        ("code", models.SlugField(max_length=40)),
                        ("label", models.CharField(max_length=80)),
                        ("help", models.CharField(blank=True, max_length=300)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("text", "Words"),
                                    ("number", "A number"),
                                    ("day", "A day"),
                                    ("yes_no", "Yes or no"),
                                    ("one", "One of a list"),
                                    ("several", "Several of a list"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "options",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("permission", models.CharField(blank=True, max_length=40)),
                        ("place", models.PositiveSmallIntegerField(default=0)),
                        ("is_required", models.BooleanField(default=False)),
                        ("by_two", models.BooleanField(default=False)),
                        ("in_list", models.BooleanField(default=False)),
                        ("is_filter", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "of", "code"),
                                name="one_own_field_per_code",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("retired_at__isnull", True)),
                                fields=("organisation_id", "of", "label"),
                                name="one_standing_own_field_per_label",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["one", "several"]),
                                    ("options", []),
                                    _connector="XOR",
                                ),
                                name="an_own_field_of_a_list_has_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by_two", False), ("of", "clinician"), _connector="OR"
                                ),
                                name="own_fields_of_people_are_changed_by_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnValue",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "field",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.ownfield",
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "institution",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.institution",
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=250, null=True)),
                        (
                            "number",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=18, null=True
                            ),
                        ),
                        ("day", models.DateField(blank=True, null=True)),
                        ("truth", models.BooleanField(blank=True, null=True)),
                        (
                            "several",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                null=True,
                                size=None,
                            ),
                        ),
                        ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("set_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "field", "text"],
                                name="own_values_of_a_field",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "clinician", "field"),
                                name="one_own_value_of_a_person",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "institution", "field"),
                                name="one_own_value_of_an_institution",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("clinician__isnull", True),
                                    ("institution__isnull", True),
                                    _connector="XOR",
                                ),
                                name="an_own_value_is_of_one_record",
                            ),
                            models.CheckConstraint(
                                condition=django.db.models.lookups.Exact(
                                    models.Func(
                                        "text",
                                        "number",
                                        "day",
                                        "truth",
                                        "several",
                                        function="num_nonnulls",
                                        output_field=models.IntegerField(),
                                    ),
                                    1,
                                ),
                                name="an_own_value_says_one_thing",
                            ),
                        ],
                    },
                ),
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "field",
                            models.CharField(
                                choices=[
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
                                    ("own", "Own field"),
                                ],
                                max_length=20,
                            ),
                        ),
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
                migrations.CreateModel(
                    name="ChangeRequest",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "field",
                            models.CharField(
                                choices=[
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
                                    ("own", "Own field"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "own_field",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.ownfield",
                            ),
                        ),
                        ("scheme", models.CharField(blank=True, max_length=10)),
                        ("issuer", models.CharField(blank=True, max_length=80)),
                        ("was", models.CharField(blank=True, max_length=254)),
                        ("now", models.CharField(blank=True, max_length=254)),
                        ("facts", models.JSONField(blank=True, default=dict)),
                        ("evidence", models.CharField(blank=True, max_length=500)),
                        (
                            "evidence_file",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.storedfile",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for a decision"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("proposed_by_id", models.UUIDField(null=True)),
                        ("proposed_by_name", models.CharField(max_length=200)),
                        ("answer_to", models.EmailField(blank=True, max_length=254)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_id", models.UUIDField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "state", "proposed_at"],
                                name="changes_that_wait",
                            ),
                            models.Index(
                                fields=["organisation_id", "clinician"],
                                name="changes_of_a_clinician",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by_id__isnull", True),
                                    ("proposed_by_id__isnull", True),
                                    models.Q(
                                        ("decided_by_id", models.F("proposed_by_id")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="a_change_is_decided_by_a_second_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state", "waiting"),
                                    models.Q(
                                        ("field__in", ["affiliation", "number", "own"]),
                                        _negated=True,
                                    ),
                                ),
                                fields=("organisation_id", "clinician", "field"),
                                name="one_waiting_change_per_field",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("field__in", ["affiliation", "number"]), ("state", "waiting")
                                ),
                                fields=(
                                    "organisation_id",
                                    "clinician",
                                    "scheme",
                                    "issuer",
                                    "was",
                                    "now",
                                ),
                                name="one_waiting_change_per_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("field", "own"), ("state", "waiting")),
                                fields=("organisation_id", "clinician", "own_field"),
                                name="one_waiting_change_per_own_field",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("field", "own"), ("own_field__isnull", True), _connector="XOR"
                                ),
                                name="a_change_of_an_own_field_names_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentStatement",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("invitations", "Invitations to activities"),
                                    ("news", "Educational news"),
                                    ("promotion", "Promotional messages"),
                                    ("sharing", "Publication of transfers of value"),
                                    ("reporting", "Reports of credit to boards"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("email", "E-mail"),
                                    ("sms", "Text message"),
                                    ("chat", "Chat message"),
                                    ("phone", "Telephone"),
                                    ("post", "Post"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("given", models.BooleanField()),
                        ("wording", models.TextField()),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("self", "By the person, on their own page"),
                                    ("button", "Button of a message"),
                                    ("form", "Form"),
                                    ("paper", "Paper, scanned"),
                                    ("voice", "By voice"),
                                    ("import", "File"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("proof", models.CharField(blank=True, max_length=300)),
                        (
                            "proof_file",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.storedfile",
                            ),
                        ),
                        ("said_at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("recorded_by_id", models.UUIDField(null=True)),
                        ("recorded_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=[
                                    "organisation_id",
                                    "clinician",
                                    "purpose",
                                    "channel",
                                    "-said_at",
                                ],
                                name="consents_of_a_clinician",
                            ),
                            models.Index(
                                fields=["organisation_id", "-said_at"], name="consents_in_order"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("channel", ""), ("purpose__in", ["reporting", "sharing"])
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("purpose__in", ["reporting", "sharing"]), _negated=True
                                        ),
                                        models.Q(("channel", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_purpose_that_reaches_people_has_a_channel",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("said_at__lte", models.F("recorded_at"))),
                                name="consent_is_recorded_after_it_was_said",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentBasis",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("invitations", "Invitations to activities"),
                                    ("news", "Educational news"),
                                    ("promotion", "Promotional messages"),
                                    ("sharing", "Publication of transfers of value"),
                                    ("reporting", "Reports of credit to boards"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("asks_without", models.BooleanField()),
                        ("legal_basis", models.TextField()),
                        ("wording", models.TextField()),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "purpose"), name="one_basis_per_purpose"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PossibleDuplicate",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "first",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "second",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        ("probability", models.FloatField(null=True)),
                        ("reasons", models.JSONField(default=list)),
                        (
                            "found_by",
                            models.CharField(
                                choices=[
                                    ("search", "Comparison of everybody"),
                                    ("newcomer", "Comparison of a newcomer"),
                                    ("person", "By hand"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Somebody has to look"),
                                    ("distinct", "Two people"),
                                    ("merged", "One person, merged"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_id", models.UUIDField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "state", "-probability"],
                                name="pairs_to_look_at",
                            ),
                            models.Index(
                                fields=["organisation_id", "second"], name="pairs_of_the_second"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "first", "second"),
                                name="one_pair_of_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="a_pair_stands_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("probability__isnull", True),
                                    models.Q(("probability__gte", 0), ("probability__lte", 1)),
                                    _connector="OR",
                                ),
                                name="a_probability_lies_between_none_and_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    ("decided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_decided_pair_says_since_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "kept",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "merged",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        ("merged_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("merged_by_id", models.UUIDField(null=True)),
                        ("merged_by_name", models.CharField(max_length=200)),
                        ("reason", models.TextField(blank=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_by_name", models.CharField(blank=True, max_length=200)),
                        ("undone_reason", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-merged_at"], name="merges_in_order"
                            ),
                            models.Index(
                                fields=["organisation_id", "kept"], name="merges_into_somebody"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("organisation_id", "merged"),
                                name="somebody_is_merged_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kept", models.F("merged")), _negated=True),
                                name="two_records_are_merged",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MergeLine",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "merge",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="directory.merge",
                            ),
                        ),
                        ("table", models.CharField(max_length=80)),
                        ("row_id", models.UUIDField()),
                        ("column", models.CharField(max_length=60)),
                        ("was", models.TextField(blank=True)),
                        ("now", models.TextField(blank=True)),
                        (
                            "fate",
                            models.CharField(
                                choices=[
                                    ("moved", "Moved"),
                                    ("stayed", "Stayed: both had one"),
                                    ("put_back", "Put back"),
                                    ("left", "Left as it is"),
                                ],
                                default="moved",
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "merge", "table", "row_id", "column"),
                                name="a_merge_changes_a_column_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportUndo",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "made",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.import",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("standing", "The import stands"),
                                    ("weighing", "Looking what can be taken back"),
                                    ("weighed", "Looked at, nothing taken back yet"),
                                    ("undoing", "Being taken back"),
                                    ("undone", "Taken back"),
                                ],
                                default="standing",
                                max_length=8,
                            ),
                        ),
                        ("person_key", models.CharField(max_length=24)),
                        ("number_key", models.CharField(max_length=24)),
                        ("institution_key", models.CharField(max_length=24)),
                        ("place_key", models.CharField(blank=True, max_length=24)),
                        ("written_by", models.BigIntegerField(null=True)),
                        ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("asked_by_name", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField(blank=True)),
                        ("problem", models.TextField(blank=True)),
                        ("counts", models.JSONField(default=dict)),
                        ("weighed_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "imported_at"], name="undos_by_age"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "made"),
                                name="an_import_is_taken_back_in_one_way",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedChange",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "made",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.import",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("person_id", models.UUIDField()),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "made", "line"],
                                name="changes_of_an_import",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UndoLine",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "made",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.import",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("what", models.CharField(max_length=20)),
                        ("row_id", models.UUIDField()),
                        ("label", models.CharField(blank=True, max_length=200)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("changed", "Changed since the import"),
                                    ("used", "Used since the import"),
                                    ("merged", "Merged into another record since"),
                                    ("gone", "What it was before is no longer there"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("used_in", models.CharField(blank=True, max_length=80)),
                        ("times", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "made", "line"],
                                name="what_an_undo_leaves",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegistryEntry",
                    fields=[
                        (
                            "number",
                            models.CharField(max_length=10, primary_key=True, serialize=False),
                        ),
                        ("full_name", models.CharField(blank=True, max_length=200)),
                        ("display_name", models.CharField(blank=True, max_length=200)),
                        (
                            "profession",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("physician", "Physician"),
                                    ("physician_assistant", "Physician assistant"),
                                    ("nurse_practitioner", "Nurse practitioner"),
                                    ("nurse", "Nurse"),
                                    ("pharmacist", "Pharmacist"),
                                    ("dentist", "Dentist"),
                                    ("psychologist", "Psychologist"),
                                    ("social_worker", "Social worker"),
                                    ("optometrist", "Optometrist"),
                                    ("podiatrist", "Podiatrist"),
                                    ("dietitian", "Dietitian"),
                                    ("technician", "Pharmacy technician"),
                                    ("student", "Student or trainee"),
                                    ("other", "Other profession"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("credential", models.CharField(blank=True, max_length=100)),
                        ("specialty", models.CharField(blank=True, max_length=120)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("city", models.CharField(blank=True, max_length=100)),
                        ("region", models.CharField(blank=True, max_length=60)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("deactivated_on", models.DateField(blank=True, null=True)),
                        ("told_on", models.DateField()),
                        (
                            "search_text",
                            models.CharField(db_collation="C", editable=False, max_length=420),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search_text"],
                                name="registry_name_trigrams",
                                opclasses=["gin_trgm_ops"],
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegistryLoad",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("file_name", models.CharField(max_length=200)),
                        ("sha256", models.CharField(max_length=64)),
                        ("told_on", models.DateField()),
                        ("rows_done", models.PositiveIntegerField(default=0)),
                        ("changed", models.PositiveIntegerField(default=0)),
                        ("rejected", models.PositiveIntegerField(default=0)),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["-begun_at"], name="registry_loads_latest")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RestrictionKind",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        ("code", models.SlugField(max_length=40)),
                        ("name", models.CharField(max_length=100)),
                        (
                            "effect",
                            models.CharField(
                                choices=[
                                    ("nobody_asks", "Nobody may ask"),
                                    ("paper_first", "Only with a letter that allows it"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("added_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "code"),
                                name="one_kind_of_restriction_per_code",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonRestriction",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        ("kind", models.SlugField(max_length=40)),
                        ("kind_name", models.CharField(max_length=100)),
                        (
                            "effect",
                            models.CharField(
                                choices=[
                                    ("nobody_asks", "Nobody may ask"),
                                    ("paper_first", "Only with a letter that allows it"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("source", models.CharField(max_length=200)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("paper", models.CharField(blank=True, max_length=200)),
                        ("paper_until", models.DateField(blank=True, null=True)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("added_by_name", models.CharField(max_length=200)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_by_name", models.CharField(blank=True, max_length=200)),
                        ("ended_reason", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["organisation_id", "clinician"],
                                name="restrictions_that_stand",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="somebody_is_restricted_until_a_later_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effect", "paper_first"),
                                    models.Q(("paper", ""), ("paper_until__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_letter_allows_what_needs_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Segment",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("description", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("filter", "Saved filter"), ("list", "List of people")],
                                max_length=6,
                            ),
                        ),
                        ("query", models.CharField(blank=True, max_length=1000)),
                        ("is_shared", models.BooleanField(default=False)),
                        ("owner_id", models.UUIDField(null=True)),
                        ("owner_name", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retired_at__isnull", True)),
                                fields=("organisation_id", "owner_id", "name"),
                                name="one_segment_per_name_and_owner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "filter"), ("query", ""), _connector="OR"
                                ),
                                name="a_list_of_people_has_no_filter",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SegmentMember",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "segment",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.segment",
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("added_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "clinician"], name="lists_of_a_clinician"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "segment", "clinician"),
                                name="once_on_a_list",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffGroup",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        (
                            "institution",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.institution",
                            ),
                        ),
                        ("department", models.CharField(blank=True, max_length=120)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retired_at__isnull", True)),
                                fields=("organisation_id", "name"),
                                name="one_group_of_staff_per_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("department", ""),
                                    ("institution__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_department_is_in_a_house",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffMember",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "group",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.staffgroup",
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("added_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "clinician"],
                                name="groups_of_a_clinician",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "group", "clinician", "from_on"),
                                name="once_a_day_on_the_list_of_a_group",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="belonging_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupManager",
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
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "group",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.staffgroup",
                            ),
                        ),
                        (
                            "membership",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("sees_licences", models.BooleanField(default=False)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("appointed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("appointed_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "membership"], name="groups_of_a_member"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "group", "membership", "from_on"),
                                name="appointed_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="looking_after_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
