import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("compliance", "0001_initial"),
        ("compliance", "0002_own_packs_and_exceptions"),
        ("compliance", "0003_exceptions_hold_for_their_facts"),
    ]

    initial = True

    dependencies = [
        ("directory", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="RulePack",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("code", models.SlugField(max_length=60)),
                        ("version", models.CharField(max_length=20)),
                        ("title", models.CharField(max_length=200)),
                        ("body", models.CharField(max_length=200)),
                        ("effective_from", models.DateField()),
                        ("effective_until", models.DateField(blank=True, null=True)),
                        ("citation", models.TextField()),
                        (
                            "confidence",
                            models.CharField(
                                choices=[("sourced", "Sourced"), ("to_verify", "To verify")],
                                max_length=10,
                            ),
                        ),
                        ("source", models.TextField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("loaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "version"), name="one_pack_per_version"
                            )
                        ],
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
                        ("code", models.SlugField(max_length=60)),
                        ("version", models.CharField(max_length=20)),
                        ("title", models.CharField(max_length=200)),
                        ("based_on", models.CharField(blank=True, max_length=100)),
                        ("effective_from", models.DateField()),
                        ("reason", models.TextField()),
                        ("source", models.TextField()),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("proposed", "Waits for a second person"),
                                    ("published", "Published"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("impact", models.JSONField(blank=True, null=True)),
                        ("drafted_by_name", models.CharField(max_length=200)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("proposed_by_id", models.UUIDField(blank=True, null=True)),
                        ("proposed_by_name", models.CharField(blank=True, max_length=200)),
                        ("proposed_at", models.DateTimeField(blank=True, null=True)),
                        ("published_by_id", models.UUIDField(blank=True, null=True)),
                        ("published_by_name", models.CharField(blank=True, max_length=200)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "code", "version"),
                                name="one_own_pack_per_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(
                                        ("proposed_by_id__isnull", False),
                                        ("published_at__isnull", False),
                                        ("published_by_id__isnull", False),
                                        models.Q(
                                            ("published_by_id", models.F("proposed_by_id")),
                                            _negated=True,
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="two_people_publish_a_pack",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnParameter",
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
                        ("pack_code", models.SlugField(max_length=60)),
                        ("name", models.CharField(max_length=60)),
                        ("value", models.CharField(blank=True, max_length=60)),
                        ("effective_from", models.DateField()),
                        ("reason", models.TextField()),
                        ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("set_by_name", models.CharField(max_length=200)),
                        ("agreed_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "pack_code", "name", "-effective_from"],
                                name="own_parameter_in_force",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
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
                        ("subject_type", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField()),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("on", models.DateField()),
                        ("facts", models.JSONField()),
                        (
                            "result",
                            models.CharField(
                                choices=[("pass", "Holds"), ("warn", "Warns"), ("block", "Blocks")],
                                max_length=5,
                            ),
                        ),
                        ("evaluated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("evaluated_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "subject_id", "-evaluated_at"],
                                name="evaluation_of_a_subject",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Override",
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
                        ("subject_type", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField()),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("pack_code", models.SlugField(max_length=60)),
                        ("rule", models.CharField(max_length=20)),
                        ("reason", models.TextField()),
                        ("inputs", models.JSONField(default=dict)),
                        ("inputs_hash", models.CharField(blank=True, max_length=64)),
                        ("expires_on", models.DateField()),
                        ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("granted_by_id", models.UUIDField(null=True)),
                        ("granted_by_name", models.CharField(max_length=200)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_by_name", models.CharField(blank=True, max_length=200)),
                        ("ended_reason", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=(
                                    "organisation_id",
                                    "subject_type",
                                    "subject_id",
                                    "pack_code",
                                    "rule",
                                ),
                                name="one_exception_per_rule_and_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="an_exception_has_its_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                            "evaluation",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="compliance.evaluation",
                            ),
                        ),
                        (
                            "pack",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="compliance.rulepack",
                            ),
                        ),
                        (
                            "own_pack",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="compliance.ownpack",
                            ),
                        ),
                        ("rule", models.CharField(max_length=20)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "result",
                            models.CharField(
                                choices=[("pass", "Holds"), ("warn", "Warns"), ("block", "Blocks")],
                                max_length=5,
                            ),
                        ),
                        ("message", models.TextField()),
                        ("facts", models.JSONField()),
                        ("parameters", models.JSONField()),
                        ("citation", models.TextField()),
                        (
                            "confidence",
                            models.CharField(
                                choices=[("sourced", "Sourced"), ("to_verify", "To verify")],
                                max_length=10,
                            ),
                        ),
                        (
                            "override",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="compliance.override",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "evaluation", "pack", "rule"),
                                name="one_finding_per_rule",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "evaluation", "own_pack", "rule"),
                                name="one_finding_per_own_rule",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pack__isnull", True),
                                    ("own_pack__isnull", True),
                                    _connector="XOR",
                                ),
                                name="a_finding_names_one_version",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatedFact",
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
                        ("subject_type", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField()),
                        ("name", models.CharField(max_length=60)),
                        ("value", models.JSONField(null=True)),
                        ("stated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("stated_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "subject_id", "name", "-stated_at"],
                                name="facts_stated_of_a_subject",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
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
                        ("subject_type", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField()),
                        (
                            "role",
                            models.CharField(
                                choices=[("speaks", "Speaks")], default="speaks", max_length=10
                            ),
                        ),
                        ("on", models.DateField()),
                        ("amount_minor", models.BigIntegerField(blank=True, null=True)),
                        ("currency", models.CharField(blank=True, max_length=3)),
                        ("committed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("released_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("released_at", None)),
                                fields=["organisation_id", "clinician", "on"],
                                name="commitments_of_a_person",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("released_at", None)),
                                fields=(
                                    "organisation_id",
                                    "subject_type",
                                    "subject_id",
                                    "clinician",
                                    "role",
                                ),
                                name="one_commitment_per_person_and_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_minor__isnull", True),
                                    ("currency__regex", "^[A-Z]{3}$"),
                                    _connector="OR",
                                ),
                                name="a_committed_amount_has_its_currency",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Restriction",
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
                                choices=[("person", "Person"), ("product", "Product or topic")],
                                max_length=10,
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
                        ("words", models.CharField(max_length=200)),
                        ("reason", models.TextField()),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("added_by_name", models.CharField(max_length=200)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        ("lifted_by_name", models.CharField(blank=True, max_length=200)),
                        ("lifted_reason", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("clinician__isnull", False), ("kind", "person")),
                                    models.Q(("clinician__isnull", True), ("kind", "product")),
                                    _connector="OR",
                                ),
                                name="a_restricted_person_is_in_the_directory",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="a_restriction_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ValueProposal",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for a second person"),
                                    ("agreed", "Agreed"),
                                    ("dropped", "Dropped"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("proposed_by_id", models.UUIDField()),
                        ("proposed_by_name", models.CharField(max_length=200)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_id", models.UUIDField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                        ("pack_code", models.SlugField(max_length=60)),
                        ("pack_title", models.CharField(max_length=200)),
                        ("name", models.CharField(max_length=60)),
                        ("label", models.CharField(max_length=200)),
                        ("unit", models.CharField(blank=True, max_length=40)),
                        ("value", models.CharField(blank=True, max_length=60)),
                        ("was", models.CharField(blank=True, max_length=60)),
                        ("effective_from", models.DateField()),
                        ("reason", models.TextField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "agreed"), _negated=True),
                                    models.Q(
                                        ("decided_by_id__isnull", False),
                                        models.Q(
                                            ("decided_by_id", models.F("proposed_by_id")),
                                            _negated=True,
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="two_people_set_a_value",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("organisation_id", "pack_code", "name"),
                                name="one_waiting_proposal_per_value",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
