import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("credits", "0001_initial"),
        ("credits", "0002_systems_transcripts_requirements"),
        ("credits", "0003_certificates_as_proof"),
        ("credits", "0004_imported_credit"),
        ("credits", "0005_keys_of_tokens"),
    ]

    initial = True

    dependencies = [
        ("activities", "0001_first_release"),
        ("directory", "0001_first_release"),
        ("registrations", "0001_first_release"),
        ("work", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="CreditSystem",
                    fields=[
                        ("key", models.CharField(max_length=60, primary_key=True, serialize=False)),
                        ("code", models.SlugField(max_length=40)),
                        ("name", models.CharField(max_length=120)),
                        ("body", models.CharField(max_length=160)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("minutes_per_credit", models.PositiveSmallIntegerField()),
                        ("step", models.DecimalField(decimal_places=2, max_digits=5)),
                        (
                            "rounding",
                            models.CharField(
                                choices=[
                                    ("nearest", "to the nearest step"),
                                    ("down", "down to a whole step"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "professions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), size=None
                            ),
                        ),
                        (
                            "awarded_by",
                            models.CharField(
                                choices=[
                                    ("provider", "The provider designates and awards it"),
                                    ("body", "The body itself gives it"),
                                    ("learner", "The learner records it with the body"),
                                ],
                                default="provider",
                                max_length=8,
                            ),
                        ),
                        ("formats", models.JSONField(default=list)),
                        (
                            "day_ceiling",
                            models.DecimalField(decimal_places=2, max_digits=5, null=True),
                        ),
                        ("ceiling", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("minimum", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        (
                            "number_grammar",
                            models.CharField(blank=True, default="", max_length=200),
                        ),
                        ("statements", models.JSONField(default=dict)),
                        ("citation", models.TextField()),
                        (
                            "confidence",
                            models.CharField(
                                choices=[
                                    ("sourced", "From the body's own publication"),
                                    ("to_verify", "To verify before use"),
                                ],
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("step__gt", 0)), name="credit_system_has_a_step"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("awarded_by__in", ["provider", "body", "learner"])
                                ),
                                name="credit_is_awarded_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CreditOffer",
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
                            "system",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.creditsystem",
                            ),
                        ),
                        ("learning_format", models.CharField(max_length=80)),
                        ("format_key", models.SlugField(default="live", max_length=20)),
                        ("activity_number", models.CharField(blank=True, max_length=40)),
                        ("creditable_minutes", models.PositiveIntegerField()),
                        ("maximum", models.DecimalField(decimal_places=2, max_digits=7)),
                        ("offered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("designated_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "system"),
                                name="one_offer_per_credit_system",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("maximum__gte", 0)),
                                name="offer_is_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CreditEntry",
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
                            "activity",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "registration",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registration",
                            ),
                        ),
                        (
                            "offer",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.creditoffer",
                            ),
                        ),
                        (
                            "system",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.creditsystem",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=7)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("award", "Claimed by the learner"),
                                    ("correction", "Corrected"),
                                    ("revocation", "Revoked"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[("attended", "Attended")],
                                default="attended",
                                max_length=10,
                            ),
                        ),
                        ("evidence_minutes", models.PositiveIntegerField()),
                        ("rule", models.JSONField()),
                        ("attested", models.BooleanField(default=False)),
                        ("explanation", models.TextField(blank=True)),
                        ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "registration"],
                                name="credit_of_registration",
                            ),
                            models.Index(
                                fields=["organisation_id", "activity", "-entered_at"],
                                name="credit_of_activity",
                            ),
                            models.Index(
                                fields=["organisation_id", "clinician", "-entered_at"],
                                name="credit_of_clinician",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("reason", "award")),
                                fields=("organisation_id", "clinician", "activity", "system"),
                                name="one_award_per_clinician_and_activity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", "award"), _negated=True),
                                    models.Q(("amount__gt", 0), ("attested", True)),
                                    _connector="OR",
                                ),
                                name="an_award_is_attested",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reason", "award"),
                                    models.Q(("explanation", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_correction_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CreditAppeal",
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
                            "activity",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "registration",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registration",
                            ),
                        ),
                        ("said", models.CharField(max_length=1000)),
                        ("explained", models.JSONField(default=list)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for the office"),
                                    ("granted", "Granted"),
                                    ("refused", "Not granted"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                        ("decided_because", models.CharField(blank=True, max_length=1000)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "state"], name="appeals_by_state"
                            ),
                            models.Index(
                                fields=["organisation_id", "activity"], name="appeals_of_activity"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("organisation_id", "registration"),
                                name="one_waiting_appeal_per_registration",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("said", ""), _negated=True),
                                name="an_appeal_says_what_is_wrong",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "waiting")),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True),
                                        ("decided_at__isnull", False),
                                        models.Q(("decided_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_decided_appeal_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
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
                        ("number", models.CharField(max_length=24)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("credit", "Certificate of credit"),
                                    ("participation", "Certificate of participation"),
                                    ("attendance", "Certificate of attendance"),
                                ],
                                max_length=14,
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
                            "activity",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "registration",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registration",
                            ),
                        ),
                        (
                            "entry",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.creditentry",
                            ),
                        ),
                        (
                            "replaces",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.certificate",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("printed", models.JSONField()),
                        ("code", models.CharField(max_length=40)),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("valid_until", models.DateField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "-issued_at"],
                                name="certificates_of_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number", "version"),
                                name="one_certificate_per_version",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "code"), name="one_certificate_per_code"
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "replaces"),
                                name="a_certificate_is_replaced_once",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration", "version"),
                                name="one_certificate_per_registration",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("replaces__isnull", True), ("version", 1)),
                                    models.Q(("replaces__isnull", False), ("version__gt", 1)),
                                    _connector="OR",
                                ),
                                name="a_later_version_names_the_earlier",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("entry__isnull", False), ("kind", "credit")),
                                    models.Q(
                                        models.Q(("kind", "credit"), _negated=True),
                                        ("entry__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_a_certificate_of_credit_has_credit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateTerm",
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
                        ("months", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"), name="one_term_per_activity"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("months", None),
                                    models.Q(("months__gte", 1), ("months__lte", 120)),
                                    _connector="OR",
                                ),
                                name="a_term_is_of_ten_years_at_most",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateFile",
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
                            "certificate",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="credits.certificate",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "certificate"),
                                name="one_file_per_certificate",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Revocation",
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
                            "certificate",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revocations",
                                to="credits.certificate",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300)),
                        ("revoked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "certificate"),
                                name="one_revocation_per_certificate",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="a_revocation_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateDesign",
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
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "colour",
                            models.CharField(
                                choices=[
                                    ("#0b5563", "Petrol"),
                                    ("#1f3a6d", "Navy"),
                                    ("#5a2a5e", "Plum"),
                                    ("#1f5a36", "Forest"),
                                    ("#8a2f22", "Brick"),
                                    ("#1b2426", "Ink"),
                                ],
                                default="#0b5563",
                                max_length=7,
                            ),
                        ),
                        (
                            "paper",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "As usual in our country"),
                                    ("a4", "A4"),
                                    ("us-letter", "US Letter"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=8)),
                        ("said", models.CharField(blank=True, max_length=300)),
                        ("logo", models.TextField(blank=True)),
                        ("signers", models.JSONField(default=list)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_design_per_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedCredit",
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
                            "system",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.creditsystem",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("provider", models.CharField(max_length=200)),
                        ("earned_on", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=7)),
                        ("certificate_number", models.CharField(blank=True, max_length=60)),
                        ("activity_number", models.CharField(blank=True, max_length=60)),
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
                                fields=["organisation_id", "clinician", "-earned_on"],
                                name="imported_of_clinician",
                            ),
                            models.Index(
                                fields=["organisation_id", "made", "line"],
                                name="imported_of_a_file",
                            ),
                            models.Index(
                                fields=["organisation_id", "activity"], name="imported_of_activity"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=(
                                    "organisation_id",
                                    "clinician",
                                    "system",
                                    "earned_on",
                                    "title",
                                ),
                                name="imported_credit_stands_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="imported_credit_is_an_amount",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IssuerKey",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("proof", "Inside the badge (Ed25519)"),
                                    ("token", "Around the badge, as a JWT (RSA)"),
                                ],
                                default="proof",
                                max_length=5,
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("public_key", models.TextField()),
                        ("sealed_key", models.TextField()),
                        ("seed", models.CharField(max_length=64)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "kind", "number"),
                                name="one_issuer_key_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number", 1),
                                    models.Q(
                                        ("number__gt", 1), models.Q(("reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_later_issuer_key_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperKey",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("subject", models.CharField(max_length=300)),
                        ("issuer", models.CharField(max_length=300)),
                        ("chain", models.TextField()),
                        ("sealed_key", models.TextField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("valid_until", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"),
                                name="one_paper_key_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementPack",
                    fields=[
                        ("name", models.CharField(max_length=160)),
                        ("authority", models.CharField(max_length=200)),
                        ("cycle_months", models.PositiveSmallIntegerField()),
                        ("hours", models.DecimalField(decimal_places=2, max_digits=6)),
                        (
                            "core_hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=6, null=True
                            ),
                        ),
                        (
                            "core_systems",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.SlugField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("core_words", models.CharField(blank=True, max_length=120)),
                        ("topics", models.JSONField(blank=True, default=list)),
                        ("notes", models.CharField(blank=True, max_length=300)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(blank=True, null=True)),
                        ("citation", models.TextField()),
                        ("key", models.CharField(max_length=60, primary_key=True, serialize=False)),
                        ("code", models.SlugField(max_length=40)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("board", "Licensing board"),
                                    ("council", "Medical council"),
                                    ("certification", "Certifying board"),
                                    ("own", "Own rule"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("country", models.CharField(max_length=2)),
                        (
                            "licences",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("equivalents", models.CharField(blank=True, max_length=200)),
                        (
                            "confidence",
                            models.CharField(
                                choices=[
                                    ("sourced", "From the body's own publication"),
                                    ("to_verify", "To verify before use"),
                                ],
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OwnPack",
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
                        ("authority", models.CharField(max_length=200)),
                        ("cycle_months", models.PositiveSmallIntegerField()),
                        ("hours", models.DecimalField(decimal_places=2, max_digits=6)),
                        (
                            "core_hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=6, null=True
                            ),
                        ),
                        (
                            "core_systems",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.SlugField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("core_words", models.CharField(blank=True, max_length=120)),
                        ("topics", models.JSONField(blank=True, default=list)),
                        ("notes", models.CharField(blank=True, max_length=300)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(blank=True, null=True)),
                        ("citation", models.TextField()),
                        (
                            "replaces",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.ownpack",
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("written_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "name", "valid_from"),
                                name="one_own_pack_per_day",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "replaces"),
                                name="an_own_pack_is_replaced_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cycle_months__gt", 0), ("hours__gte", 0)),
                                name="an_own_pack_has_a_cycle",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Licence",
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
                            "pack",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.requirementpack",
                            ),
                        ),
                        (
                            "own_pack",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.ownpack",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60)),
                        ("cycle_starts_on", models.DateField()),
                        ("cycle_ends_on", models.DateField()),
                        (
                            "left_out",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.SlugField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("stated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["organisation_id", "cycle_ends_on"],
                                name="licences_by_end_of_cycle",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("own_pack__isnull", True), ("pack__isnull", False)),
                                    models.Q(("own_pack__isnull", False), ("pack__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_licence_is_of_one_rule",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cycle_ends_on__gt", models.F("cycle_starts_on"))
                                ),
                                name="a_cycle_ends_later",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("pack__isnull", False)
                                ),
                                fields=("organisation_id", "clinician", "pack", "number"),
                                name="a_licence_is_tracked_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("own_pack__isnull", False)
                                ),
                                fields=("organisation_id", "clinician", "own_pack"),
                                name="an_own_rule_is_tracked_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CycleReminder",
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
                            "licence",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.licence",
                            ),
                        ),
                        ("cycle_ends_on", models.DateField()),
                        ("days", models.PositiveSmallIntegerField()),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "licence", "cycle_ends_on", "days"),
                                name="one_reminder_per_cycle_and_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivitySubject",
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
                        ("subject", models.SlugField(max_length=60)),
                        ("hours", models.DecimalField(decimal_places=2, max_digits=5)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "subject"),
                                name="one_line_per_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("hours__gt", 0)), name="a_subject_has_hours"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExternalCredit",
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
                            "system",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credits.creditsystem",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("provider", models.CharField(max_length=200)),
                        ("earned_on", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=7)),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.SlugField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("handed_in", "Waits for the office"),
                                    ("accepted", "Accepted"),
                                    ("returned", "Sent back"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="handed_in",
                                max_length=10,
                            ),
                        ),
                        ("handed_in_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                        ("decided_because", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "clinician", "-earned_on"],
                                name="external_of_clinician",
                            ),
                            models.Index(
                                fields=["organisation_id", "state"], name="external_credit_by_state"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["handed_in", "accepted"])),
                                fields=(
                                    "organisation_id",
                                    "clinician",
                                    "system",
                                    "earned_on",
                                    "title",
                                ),
                                name="external_credit_stands_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="external_credit_is_an_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "handed_in")),
                                    models.Q(
                                        models.Q(("state", "handed_in"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="decided_external_credit_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("decided_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="returned_external_credit_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TranscriptShare",
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
                        ("board", models.CharField(max_length=200)),
                        ("from_on", models.DateField(blank=True, null=True)),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "clinician"], name="shares_of_clinician"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="a_share_lasts_a_while",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
