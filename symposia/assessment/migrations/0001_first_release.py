import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
import uuid
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("assessment", "0001_initial"),
        ("assessment", "0002_guideline_that_is_cited"),
        ("assessment", "0003_objective_that_is_asked_about"),
        ("assessment", "0004_bank_tests_and_attempts"),
        ("assessment", "0005_evaluations_as_built_and_outcomes"),
        ("assessment", "0006_sessions_evaluated_by_themselves"),
    ]

    initial = True

    dependencies = [
        ("activities", "0001_first_release"),
        ("curriculum", "0001_first_release"),
        ("registrations", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="BankQuestion",
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
                                    ("single", "One right answer"),
                                    ("multiple", "Several right answers"),
                                    ("order", "Put in order"),
                                    ("match", "Match pairs"),
                                    ("numeric", "A number"),
                                    ("short", "A few words"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("retired", "Retired"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("latest", models.PositiveSmallIntegerField(default=1)),
                        ("published", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "objective",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.objective",
                            ),
                        ),
                        (
                            "guideline",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.guideline",
                            ),
                        ),
                        (
                            "tags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"),
                                name="one_bank_question_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    ("published__isnull", False),
                                    _connector="OR",
                                ),
                                name="what_is_published_has_a_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published__isnull", True),
                                    ("published__lte", models.F("latest")),
                                    _connector="OR",
                                ),
                                name="a_version_that_is_asked_exists",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BankVersion",
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
                            "question",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="assessment.bankquestion",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("whole", "Only a wholly right answer counts"),
                                    (
                                        "parts",
                                        "Each right part counts, each wrong choice takes one away",
                                    ),
                                ],
                                default="whole",
                                max_length=5,
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=18, null=True
                            ),
                        ),
                        (
                            "tolerance",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=18, null=True
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=40)),
                        ("rationale", models.TextField(blank=True)),
                        ("reference", models.CharField(blank=True, max_length=500)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "question", "number"),
                                name="one_wording_per_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("tolerance__isnull", True),
                                    models.Q(("tolerance__gte", 0), ("value__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_tolerance_is_around_a_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BankOption",
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
                            "wording",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="options",
                                to="assessment.bankversion",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=500)),
                        ("is_right", models.BooleanField(default=False)),
                        ("partner", models.CharField(blank=True, max_length=500)),
                        ("rationale", models.TextField(blank=True)),
                        ("reference", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "wording", "position"),
                                name="one_answer_per_place_of_a_version",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnowledgeTest",
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
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("pre", "Pre-test"),
                                    ("post", "Post-test"),
                                    ("follow-up", "Follow-up test"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("open", "Open"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=6,
                            ),
                        ),
                        ("pass_mark", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=1)),
                        ("wait_hours", models.PositiveSmallIntegerField(default=0)),
                        ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("shuffles_questions", models.BooleanField(default=True)),
                        ("shuffles_options", models.BooleanField(default=True)),
                        (
                            "feedback",
                            models.CharField(
                                choices=[
                                    ("at_once", "After each question; an answer stands"),
                                    (
                                        "at_end",
                                        "At the end, once it is passed or the last attempt is used",
                                    ),
                                    ("never", "Never; only the result is shown"),
                                ],
                                default="at_end",
                                max_length=7,
                            ),
                        ),
                        ("is_required", models.BooleanField(default=False)),
                        ("after_days", models.PositiveSmallIntegerField(default=0)),
                        ("what_next", models.CharField(blank=True, max_length=500)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "purpose"),
                                name="one_test_per_purpose",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pass_mark__isnull", True),
                                    ("pass_mark__range", (1, 100)),
                                    _connector="OR",
                                ),
                                name="a_pass_mark_is_per_cent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("attempts__range", (1, 20))),
                                name="a_test_has_some_attempts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes__isnull", True), ("minutes__gte", 1), _connector="OR"
                                ),
                                name="a_test_gives_some_minutes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartOfTest",
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
                            "test",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="assessment.knowledgetest",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "question",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.bankquestion",
                            ),
                        ),
                        ("tag", models.CharField(blank=True, max_length=40)),
                        (
                            "objective",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.objective",
                            ),
                        ),
                        ("count", models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "test", "position"),
                                name="one_part_per_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("count", 1),
                                        ("objective__isnull", True),
                                        ("question__isnull", False),
                                        ("tag", ""),
                                    ),
                                    models.Q(
                                        ("question__isnull", True),
                                        models.Q(
                                            models.Q(("tag", ""), _negated=True),
                                            ("objective__isnull", False),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_part_is_a_question_or_a_pool",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("count__range", (1, 100))),
                                name="a_part_asks_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Allowance",
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
                            "test",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.knowledgetest",
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
                        ("extra_minutes", models.PositiveSmallIntegerField(default=0)),
                        ("extra_attempts", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.CharField(max_length=500)),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("given_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "test", "registration"],
                                name="allowances_at_a_test",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("extra_minutes__gt", 0),
                                    ("extra_attempts__gt", 0),
                                    _connector="OR",
                                ),
                                name="an_allowance_allows_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
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
                            "test",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.knowledgetest",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("seed", models.PositiveBigIntegerField()),
                        ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "registration"],
                                name="attempts_of_registration",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "test", "registration", "number"),
                                name="one_attempt_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttemptItem",
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
                            "attempt",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="assessment.attempt",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "wording",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.bankversion",
                            ),
                        ),
                        (
                            "shown",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=list,
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "attempt", "position"),
                                name="one_item_per_position",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "attempt", "wording"),
                                name="an_item_is_asked_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerSaved",
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
                        ("event_uuid", models.UUIDField(default=uuid.uuid4)),
                        (
                            "item",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="assessment.attemptitem",
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField()),
                        (
                            "chosen",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=500)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "item"], name="answers_of_an_item"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "event_uuid"),
                                name="an_answer_is_saved_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttemptResult",
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
                            "attempt",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="assessment.attempt",
                            ),
                        ),
                        ("finished_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ran_out", models.BooleanField(default=False)),
                        ("points", models.DecimalField(decimal_places=4, max_digits=8)),
                        ("out_of", models.PositiveSmallIntegerField()),
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("passed", models.BooleanField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "attempt"), name="one_result_per_attempt"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__range", (0, 100))),
                                name="a_result_is_per_cent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemScore",
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
                            "item",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="assessment.attemptitem",
                            ),
                        ),
                        ("points", models.DecimalField(decimal_places=4, max_digits=5)),
                        (
                            "chosen",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "item"), name="one_score_per_item"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__range", (0, 1))),
                                name="a_question_gives_one_point",
                            ),
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=500)),
                        (
                            "objective",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.objective",
                            ),
                        ),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="commitments_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration", "number"),
                                name="one_commitment_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitmentResult",
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
                            "commitment",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="assessment.commitment",
                            ),
                        ),
                        ("stage", models.PositiveSmallIntegerField()),
                        (
                            "kept",
                            models.CharField(
                                choices=[
                                    ("done", "Done"),
                                    ("partly", "Partly"),
                                    ("not", "Not done"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "barriers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("said", models.CharField(blank=True, max_length=1000)),
                        ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "commitment", "stage"),
                                name="one_result_of_a_commitment_per_stage",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", (30, 60, 90))),
                                name="a_result_is_of_a_stage",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LibraryForm",
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
                        (
                            "activity_type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("course", "Live course"),
                                    ("conference", "Conference"),
                                    ("workshop", "Workshop"),
                                    ("webinar", "Live webinar"),
                                    ("hybrid", "Hybrid meeting"),
                                    ("grand_rounds", "Grand rounds"),
                                    ("hospital_meeting", "Hospital meeting"),
                                    ("journal_club", "Journal club"),
                                    ("tumour_board", "Tumour board"),
                                    ("committee_learning", "Committee learning"),
                                    ("round_table", "Round table"),
                                    ("advisory_board", "Advisory board"),
                                    ("speaker_programme", "Speaker programme"),
                                    ("symposium", "Symposium"),
                                    ("internet_enduring", "Internet enduring material"),
                                    ("print_enduring", "Print enduring material"),
                                    ("journal_based", "Journal-based CME"),
                                    ("pi_cme", "Performance improvement CME"),
                                    ("manuscript_review", "Manuscript review"),
                                    ("test_item_writing", "Test-item writing"),
                                    ("point_of_care", "Internet point of care"),
                                    ("from_teaching", "Learning from teaching"),
                                    ("other", "Other activity"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "name"), name="one_library_form_per_name"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("retired_at__isnull", True),
                                    models.Q(("activity_type", ""), _negated=True),
                                ),
                                fields=("organisation_id", "activity_type"),
                                name="one_library_form_begins_a_type",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvaluationForm",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "library",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.libraryform",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("shown_from", models.PositiveSmallIntegerField(default=3)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "version"),
                                name="one_evaluation_form_per_version",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "library", "version"),
                                name="one_version_of_a_library_form",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("activity__isnull", True), ("library__isnull", False)
                                    ),
                                    models.Q(
                                        ("activity__isnull", False), ("library__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_form_is_of_an_activity_or_the_library",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("shown_from__gte", 3)),
                                name="few_answers_are_never_shown",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                            "form",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="assessment.evaluationform",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("section", models.CharField(blank=True, max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rating", "Rating on a scale"),
                                    ("choice", "One of several answers"),
                                    ("multiple", "Any of several answers"),
                                    ("yes_no", "Yes or no"),
                                    ("text", "Own words"),
                                    ("number", "A number"),
                                    ("statement", "A statement to read"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.CharField(max_length=600)),
                        ("hint", models.CharField(blank=True, max_length=200)),
                        (
                            "choices",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("required", models.BooleanField(default=True)),
                        ("asks_why", models.BooleanField(default=False)),
                        (
                            "repeats",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("session", "Each session they were in"),
                                    ("speaker", "Each speaker of a session they were in"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("depends_on", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "depends_values",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("citation", models.CharField(blank=True, max_length=300)),
                        (
                            "guideline",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.guideline",
                            ),
                        ),
                        (
                            "objective",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.objective",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "form", "position"),
                                name="one_question_per_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["choice", "multiple"]), _negated=True),
                                    ("choices__len__gte", 2),
                                    _connector="OR",
                                ),
                                name="a_choice_offers_answers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("depends_on__isnull", True), ("depends_values__len", 0)
                                    ),
                                    models.Q(
                                        ("depends_on__lt", models.F("position")),
                                        ("depends_values__len__gte", 1),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_condition_looks_back",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Response",
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
                            "form",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.evaluationform",
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
                        ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "form"], name="responses_to_a_form"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration"),
                                name="one_response_per_registration",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnopenedSheet",
                    fields=[
                        (
                            "organisation_id",
                            models.UUIDField(
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "form",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.evaluationform",
                            ),
                        ),
                        ("block_id", models.UUIDField(null=True)),
                        ("about", models.CharField(blank=True, max_length=420)),
                        ("answers", models.JSONField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "form", "block_id"],
                                name="sheets_in_a_box",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "organisation_id",
                            models.UUIDField(
                                default=symposia.shared.tenancy.current_organisation_id,
                                editable=False,
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("sheet", models.UUIDField()),
                        (
                            "question",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.question",
                            ),
                        ),
                        ("block_id", models.UUIDField(null=True)),
                        ("about", models.CharField(blank=True, max_length=420)),
                        ("rating", models.PositiveSmallIntegerField(null=True)),
                        ("number", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                        (
                            "chosen",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("comment", models.TextField(blank=True)),
                        ("declined", models.BooleanField(default=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "question"], name="answers_to_question"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "sheet", "question"),
                                name="one_answer_per_question",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rating__isnull", True),
                                    ("rating__range", (1, 10)),
                                    _connector="OR",
                                ),
                                name="a_rating_is_on_its_scale",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("declined", False),
                                    models.Q(
                                        ("chosen__len", 0),
                                        ("comment", ""),
                                        ("number__isnull", True),
                                        ("rating__isnull", True),
                                        ("text", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="who_declines_says_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeasureFigure",
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
                            "gap",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.gap",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("performance", "Performance"),
                                    ("patient", "Patient health"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("measure", models.CharField(max_length=200)),
                        (
                            "phase",
                            models.CharField(
                                choices=[("before", "Before"), ("after", "After")], max_length=6
                            ),
                        ),
                        ("numerator", models.PositiveIntegerField()),
                        ("denominator", models.PositiveIntegerField()),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("source", models.CharField(max_length=300)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=(
                                    "organisation_id",
                                    "activity",
                                    "measure",
                                    "phase",
                                    "starts_on",
                                    "ends_on",
                                ),
                                name="one_figure_per_measure_and_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("denominator__gt", 0),
                                    ("numerator__lte", models.F("denominator")),
                                ),
                                name="a_figure_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="a_figure_has_its_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartResponse",
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
                            "form",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.evaluationform",
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
                            "session",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.session",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "form"], name="part_responses_to_a_form"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration", "session"),
                                name="one_response_per_session",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionAsked",
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
                            "registration",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registration",
                            ),
                        ),
                        (
                            "session",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.session",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration", "session"),
                                name="asked_once_of_a_session",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionDelay",
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
                        ("minutes", models.PositiveSmallIntegerField(default=15)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_session_delay_per_activity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__lte", 1440)),
                                name="a_session_delay_is_a_day_at_most",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoSending",
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
                        ("by_name", models.CharField(max_length=200)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"), name="sending_is_off_once"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
