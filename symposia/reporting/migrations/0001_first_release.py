import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.conf import settings
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("reporting", "0001_reports_to_bodies"),
        ("reporting", "0002_evidence_retention_and_the_past"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("activities", "0001_first_release"),
        ("directory", "0001_first_release"),
        ("work", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="BodyAccount",
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
                            "body",
                            models.CharField(
                                choices=[
                                    ("pars", "ACCME PARS"),
                                    ("cpe_monitor", "ACPE CPE Monitor"),
                                    ("ce_broker", "CE Broker"),
                                    ("eaccme", "EACCME"),
                                    ("council", "State medical council"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("provider_number", models.CharField(max_length=40)),
                        ("address", models.URLField(blank=True, max_length=300)),
                        ("key", models.CharField(blank=True, max_length=600)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "body"), name="one_account_per_body"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("provider_number", ""), _negated=True),
                                name="a_body_knows_us_by_a_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Binder",
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
                        ("number", models.CharField(max_length=20)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "draw",
                            models.CharField(
                                choices=[
                                    ("chosen", "Chosen one by one"),
                                    ("drawn", "Drawn by type and year"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("seed", models.CharField(blank=True, max_length=40)),
                        ("rule", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_binder_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("draw", "chosen"), ("seed", "")),
                                    models.Q(
                                        ("draw", "drawn"), models.Q(("seed", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_drawn_binder_keeps_its_seed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BinderActivity",
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
                            "binder",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="reporting.binder",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "activity",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "binder", "activity"),
                                name="an_activity_once_in_a_binder",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "binder", "position"),
                                name="one_place_in_a_binder",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BinderEdition",
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
                            "binder",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="reporting.binder",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("content", models.JSONField()),
                        ("gaps", models.PositiveIntegerField()),
                        (
                            "paper",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.storedfile",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "binder", "number"),
                                name="one_edition_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BinderInvitation",
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
                            "binder",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guests",
                                to="reporting.binder",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("email", models.EmailField(max_length=254)),
                        ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("invited_by_name", models.CharField(max_length=200)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "binder"], name="guests_of_a_binder"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                                name="a_guest_reads_for_a_while",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("revoked_at__isnull", True), ("revoked_by_name", "")),
                                    models.Q(
                                        ("revoked_at__isnull", False),
                                        models.Q(("revoked_by_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_ended_invitation_says_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BinderOpening",
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
                            "invitation",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="reporting.binderinvitation",
                            ),
                        ),
                        ("what", models.CharField(max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "invitation", "-at"],
                                name="openings_by_guest",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DueReport",
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
                            "activity",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pars_activities", "PARS: activities"),
                                    ("pars_learners", "PARS: learners"),
                                    ("pars_moc", "PARS: continuing certification"),
                                    ("cpe_monitor", "CPE Monitor: pharmacists"),
                                    ("ce_broker", "CE Broker: roster"),
                                    ("eaccme_application", "EACCME: application"),
                                    ("eaccme_report", "EACCME: event report"),
                                    ("council_application", "Council: application"),
                                    ("council_return", "Council: observer and attendance"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("rule", models.CharField(max_length=300)),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be reported"),
                                    ("sent", "Sent, not answered yet"),
                                    ("done", "Reported"),
                                    ("waived", "Not to be reported"),
                                ],
                                default="open",
                                max_length=6,
                            ),
                        ),
                        ("reckoned_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("waived_because", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "state", "due_on"],
                                name="due_reports_by_day",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "kind"),
                                name="one_due_report_per_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "waived"),
                                        models.Q(("waived_because", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "waived"), _negated=True),
                                        ("waived_because", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_waived_report_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityFacts",
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
                            "activity",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        ("region", models.CharField(blank=True, max_length=2)),
                        (
                            "providership",
                            models.CharField(
                                choices=[
                                    ("direct", "Alone"),
                                    (
                                        "joint",
                                        "Together with an organisation that is not accredited",
                                    ),
                                ],
                                default="direct",
                                max_length=6,
                            ),
                        ),
                        ("joint_with", models.CharField(blank=True, max_length=200)),
                        ("has_support", models.BooleanField(null=True)),
                        (
                            "designed_for",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("knowledge", "Knowledge"),
                                        ("competence", "Competence"),
                                        ("performance", "Performance"),
                                        ("patients", "Health of patients"),
                                    ],
                                    max_length=12,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "measured",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("knowledge", "Knowledge"),
                                        ("competence", "Competence"),
                                        ("performance", "Performance"),
                                        ("patients", "Health of patients"),
                                    ],
                                    max_length=12,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("observer", models.CharField(blank=True, max_length=200)),
                        ("body_number", models.CharField(blank=True, max_length=40)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="facts_of_an_activity_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("region", ""), ("region__regex", "^[A-Z]{2}$"), _connector="OR"
                                ),
                                name="a_region_has_two_letters",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("joint_with", ""), ("providership", "direct")),
                                    models.Q(
                                        ("providership", "joint"),
                                        models.Q(("joint_with", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_joint_provider_is_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommercialSupport",
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
                            "activity",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        ("source", models.CharField(max_length=200)),
                        ("amount_minor", models.BigIntegerField(default=0)),
                        ("currency", models.CharField(max_length=3)),
                        ("in_kind", models.CharField(blank=True, max_length=200)),
                        ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("noted_by_name", models.CharField(max_length=200)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="support_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_minor__gt", 0),
                                    models.Q(("in_kind", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="support_is_money_or_in_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_minor__gte", 0), ("currency__regex", "^[A-Z]{3}$")
                                ),
                                name="support_is_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LearnerIdentity",
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
                        ("given_name", models.CharField(max_length=100)),
                        ("family_name", models.CharField(max_length=100)),
                        ("born", models.CharField(blank=True, max_length=10)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "clinician"),
                                name="one_identity_per_learner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("born", ""),
                                    ("born__regex", "^(\\d{4}-)?\\d{2}-\\d{2}$"),
                                    _connector="OR",
                                ),
                                name="a_birthday_is_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LegalHold",
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
                        ("number", models.CharField(max_length=20)),
                        (
                            "activity",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        ("because", models.CharField(max_length=500)),
                        ("put_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("put_by_name", models.CharField(max_length=200)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        ("lifted_by_name", models.CharField(blank=True, max_length=200)),
                        ("lifted_because", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "lifted_at"], name="holds_that_stand"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_hold_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("activity__isnull", True),
                                    ("clinician__isnull", True),
                                    _connector="OR",
                                ),
                                name="a_hold_is_over_one_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("because", ""), _negated=True),
                                name="a_hold_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lifted_at__isnull", True), ("lifted_because", "")),
                                    models.Q(
                                        ("lifted_at__isnull", False),
                                        models.Q(("lifted_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_lifted_hold_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedActivity",
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
                            "activity",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
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
                        ("old_number", models.CharField(max_length=60)),
                        ("body_number", models.CharField(blank=True, max_length=40)),
                        ("facts", models.JSONField(default=dict)),
                        ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "made", "line"],
                                name="activities_of_a_file",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="an_activity_is_imported_once",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "old_number"),
                                name="an_old_number_is_imported_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PastDisclosure",
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
                            "activity",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        ("activity_number", models.CharField(blank=True, max_length=60)),
                        ("name", models.CharField(max_length=200)),
                        ("role", models.CharField(blank=True, max_length=80)),
                        ("company", models.CharField(blank=True, max_length=200)),
                        ("nature", models.CharField(blank=True, max_length=120)),
                        ("mitigated_by", models.CharField(blank=True, max_length=300)),
                        ("disclosed_on", models.DateField()),
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
                        ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "made", "line"],
                                name="disclosures_of_a_file",
                            ),
                            models.Index(
                                fields=["organisation_id", "activity"], name="past_disclosures_held"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=(
                                    "organisation_id",
                                    "activity_number",
                                    "name",
                                    "company",
                                    "nature",
                                    "disclosed_on",
                                ),
                                name="a_past_disclosure_stands_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PastRow",
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
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("changed", "Changed"),
                                    ("unchanged", "Unchanged"),
                                    ("rejected", "Rejected"),
                                    ("skipped", "Skipped"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("label", models.CharField(blank=True, max_length=200)),
                        ("field", models.CharField(blank=True, max_length=80)),
                        ("expected", models.CharField(blank=True, max_length=200)),
                        ("said", models.CharField(blank=True, max_length=200)),
                        ("kept", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "made", "outcome", "line"],
                                name="rows_of_a_past",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PastSignOff",
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
                        ("figures", models.JSONField()),
                        ("differences", models.PositiveIntegerField()),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("signed_by_id", models.UUIDField()),
                        ("signed_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "made"), name="a_past_is_signed_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("differences", 0),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_difference_is_explained",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
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
                        ("number", models.CharField(max_length=20)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pars_activities", "PARS: activities"),
                                    ("pars_learners", "PARS: learners"),
                                    ("pars_moc", "PARS: continuing certification"),
                                    ("cpe_monitor", "CPE Monitor: pharmacists"),
                                    ("ce_broker", "CE Broker: roster"),
                                    ("eaccme_application", "EACCME: application"),
                                    ("eaccme_report", "EACCME: event report"),
                                    ("council_application", "Council: application"),
                                    ("council_return", "Council: observer and attendance"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "activity",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("validated", "Checked, file made"),
                                    ("sent", "Sent"),
                                    ("answered", "Answered"),
                                    ("discarded", "Discarded"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("upload", "Handed in by a person"),
                                    ("service", "Through its web service"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("validated_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_by_name", models.CharField(blank=True, max_length=200)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "state", "kind"],
                                name="submissions_by_state",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"),
                                name="one_submission_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("sent_at__isnull", False),
                                        ("state__in", ["sent", "answered"]),
                                        models.Q(("channel", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("sent_at__isnull", True),
                                        ("state__in", ["draft", "validated", "discarded"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_sent_submission_says_when_and_how",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubmissionRow",
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
                            "submission",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reporting.submission",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pars_activities", "PARS: activities"),
                                    ("pars_learners", "PARS: learners"),
                                    ("pars_moc", "PARS: continuing certification"),
                                    ("cpe_monitor", "CPE Monitor: pharmacists"),
                                    ("ce_broker", "CE Broker: roster"),
                                    ("eaccme_application", "EACCME: application"),
                                    ("eaccme_report", "EACCME: event report"),
                                    ("council_application", "Council: application"),
                                    ("council_return", "Council: observer and attendance"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        (
                            "activity",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        ("source_key", models.CharField(max_length=32)),
                        ("edition", models.PositiveSmallIntegerField(default=1)),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("add", "Add"),
                                    ("update", "Change"),
                                    ("delete", "Take back"),
                                ],
                                default="add",
                                max_length=6,
                            ),
                        ),
                        ("record_id", models.CharField(max_length=300)),
                        ("label", models.CharField(max_length=300)),
                        ("facts", models.JSONField(default=dict)),
                        ("problems", models.JSONField(default=list)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("ready", "Ready"),
                                    ("held", "Held back"),
                                    ("sent", "Sent"),
                                    ("accepted", "Accepted"),
                                    ("rejected", "Rejected"),
                                    ("resent", "Corrected, in a later file"),
                                    ("left_out", "Left out"),
                                ],
                                default="held",
                                max_length=8,
                            ),
                        ),
                        ("answer_code", models.CharField(blank=True, max_length=60)),
                        ("answer_words", models.CharField(blank=True, max_length=500)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "submission", "position"],
                                name="rows_of_a_submission",
                            ),
                            models.Index(
                                fields=["organisation_id", "state"], name="submission_rows_by_state"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["ready", "held", "sent", "accepted"])
                                ),
                                fields=(
                                    "organisation_id",
                                    "kind",
                                    "source_key",
                                    "edition",
                                    "action",
                                ),
                                name="a_record_stands_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("state__in", ["accepted", "rejected", "resent"]),
                                    ),
                                    models.Q(
                                        ("answered_at__isnull", True),
                                        ("state__in", ["ready", "held", "sent", "left_out"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_answered_row_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubmissionFile",
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
                            "submission",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reporting.submission",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("final", "The file as it was made"),
                                    ("answer", "What the body answered"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("format", models.CharField(max_length=4)),
                        (
                            "file",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.storedfile",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveIntegerField()),
                        ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("kept_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "submission", "kept_at"],
                                name="files_of_a_submission",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
