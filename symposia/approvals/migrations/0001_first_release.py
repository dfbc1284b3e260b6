import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("approvals", "0001_initial"),
        ("approvals", "0002_who_asked"),
        ("approvals", "0003_routes_delegations_voided"),
        ("approvals", "0004_proposals_of_routes"),
        ("approvals", "0005_where_a_request_lies"),
        ("approvals", "0006_change_refused_leaves_the_approved"),
    ]

    initial = True

    dependencies = []

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Delegation",
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
                        ("giver_id", models.UUIDField()),
                        ("giver_name", models.CharField(max_length=200)),
                        ("delegate_id", models.UUIDField()),
                        ("delegate_name", models.CharField(max_length=200)),
                        ("role", models.CharField(blank=True, max_length=40)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("reason", models.CharField(max_length=300)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "delegate_id", "ends_on"],
                                name="delegations_received",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("giver_id", models.F("delegate_id")), _negated=True
                                ),
                                name="delegation_is_to_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="delegation_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Route",
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
                        ("name", models.CharField(max_length=80)),
                        ("code", models.SlugField(blank=True, max_length=40)),
                        ("version", models.PositiveIntegerField(blank=True, null=True)),
                        ("applies_to", models.CharField(max_length=40)),
                        ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("taken_if", models.JSONField(blank=True, default=list)),
                        ("approves_itself_if", models.JSONField(blank=True, default=list)),
                        ("steps", models.JSONField()),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("created_by_name", models.CharField(blank=True, max_length=200)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("organisation_id", "applies_to", "code"),
                                name="one_current_route_per_code",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RouteProposal",
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
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("version", "A version to put in force"),
                                    ("ending", "A route to end"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("applies_to", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=80)),
                        ("code", models.SlugField(blank=True, max_length=40)),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "route",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="approvals.route",
                            ),
                        ),
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
                                name="two_people_change_a_route",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("organisation_id", "applies_to", "code"),
                                name="one_waiting_proposal_per_route",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalRequest",
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
                        ("subject_type", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField()),
                        ("title", models.CharField(max_length=300)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("frozen", models.JSONField()),
                        ("frozen_hash", models.CharField(max_length=64)),
                        (
                            "route",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="approvals.route",
                            ),
                        ),
                        ("steps", models.JSONField()),
                        ("current_step", models.PositiveSmallIntegerField(default=0)),
                        ("current_role", models.CharField(max_length=40)),
                        (
                            "waiting_steps",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "waiting_roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        ("waiting_since", models.DateTimeField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "escalated",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80), default=list, size=None
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Waits for a decision"),
                                    ("returned", "Returned for change"),
                                    ("approved", "Approved"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "risk",
                            models.CharField(
                                choices=[
                                    ("0", "Not rated"),
                                    ("1", "Low risk"),
                                    ("2", "Medium risk"),
                                    ("3", "High risk"),
                                ],
                                default="0",
                                max_length=1,
                            ),
                        ),
                        ("risk_note", models.CharField(blank=True, max_length=200)),
                        ("rules_hash", models.CharField(blank=True, max_length=64)),
                        (
                            "lies_in",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), default=list, size=None
                            ),
                        ),
                        (
                            "involved",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), default=list, size=None
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("opened_by_name", models.CharField(max_length=200)),
                        ("opened_by_id", models.UUIDField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("first_approved_at", models.DateTimeField(blank=True, null=True)),
                        ("approved_version", models.PositiveIntegerField(blank=True, null=True)),
                        ("approved_hash", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "state", "current_role", "opened_at"],
                                name="requests_in_the_inbox",
                            ),
                            models.Index(
                                fields=["organisation_id", "subject_id"],
                                name="requests_of_a_subject",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["organisation_id", "due_at"],
                                name="requests_by_their_deadline",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_request_per_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["open", "returned"])),
                                fields=("organisation_id", "subject_type", "subject_id"),
                                name="one_living_request_per_subject",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestVersion",
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
                            "request",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="approvals.approvalrequest",
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("frozen", models.JSONField()),
                        ("frozen_hash", models.CharField(max_length=64)),
                        ("submitted_at", models.DateTimeField()),
                        ("submitted_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "request", "version"),
                                name="one_row_per_version",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                            "request",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="approvals.approvalrequest",
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("step", models.PositiveSmallIntegerField()),
                        ("step_name", models.CharField(max_length=80)),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("approve", "Approve"),
                                    ("return", "Return for change"),
                                    ("refuse", "Refuse"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reason", models.TextField()),
                        (
                            "meaning",
                            models.CharField(
                                choices=[
                                    ("compliance", "it follows the rules"),
                                    ("budget", "the money may be spent"),
                                    ("publication", "it may be offered to people"),
                                    ("review", "reviewed"),
                                ],
                                max_length=40,
                            ),
                        ),
                        ("subject_hash", models.CharField(max_length=64)),
                        ("factor", models.CharField(blank=True, max_length=20)),
                        ("role", models.CharField(max_length=40)),
                        ("decided_by_id", models.UUIDField()),
                        ("decided_by_name", models.CharField(max_length=200)),
                        ("on_behalf_of_id", models.UUIDField(blank=True, null=True)),
                        ("on_behalf_of_name", models.CharField(blank=True, max_length=200)),
                        ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("mac", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "request", "version", "step"),
                                name="one_decision_per_step_and_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="decision_has_its_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Voiding",
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
                            "decision",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voidings",
                                to="approvals.decision",
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("changed", models.JSONField(default=list)),
                        (
                            "because",
                            models.CharField(
                                choices=[
                                    ("changed", "What it covers changed"),
                                    ("rested", "A signature it builds on fell"),
                                    ("involved", "Whoever signed has prepared it since"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("voided_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "decision"),
                                name="a_signature_falls_once",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
