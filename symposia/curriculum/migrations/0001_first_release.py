import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
import uuid
from django.conf import settings
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("curriculum", "0001_initial"),
        ("curriculum", "0002_why_activities_exist"),
        ("curriculum", "0003_whoever_prepares_does_not_sign"),
        ("curriculum", "0004_product_of_a_plan"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("compliance", "0001_first_release"),
        ("directory", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Gap",
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
                        ("statement", models.TextField()),
                        (
                            "need_type",
                            models.CharField(
                                choices=[
                                    ("knowledge", "Knowledge"),
                                    ("competence", "Competence"),
                                    ("performance", "Performance"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("population", models.CharField(max_length=200)),
                        ("measure", models.CharField(blank=True, max_length=200)),
                        ("baseline", models.CharField(blank=True, max_length=80)),
                        ("target", models.CharField(blank=True, max_length=80)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("addressed", "Addressed by an activity"),
                                    ("closed", "Closed by evidence"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-created_at"], name="gap_latest"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_gap_per_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guideline",
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
                        ("body", models.CharField(max_length=200)),
                        ("title", models.CharField(max_length=300)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("address", models.URLField(blank=True, max_length=500)),
                        (
                            "state",
                            models.CharField(
                                choices=[("current", "Current"), ("superseded", "Superseded")],
                                default="current",
                                max_length=10,
                            ),
                        ),
                        (
                            "superseded_by",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.guideline",
                            ),
                        ),
                        ("superseded_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"),
                                name="one_guideline_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1900, 2200))),
                                name="guideline_has_a_year",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
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
                        ("introduction", models.TextField(blank=True)),
                        ("series_id", models.UUIDField()),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "repeats_after_months",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("open", "Open for answers"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-made_at"], name="survey_latest"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_survey_per_number"
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "series_id", "round"),
                                name="one_survey_per_round",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("repeats_after_months__isnull", True),
                                    ("repeats_after_months__range", (1, 36)),
                                    _connector="OR",
                                ),
                                name="a_survey_repeats_within_three_years",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GapEvidence",
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
                            "gap",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="curriculum.gap",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("guideline", "Clinical guideline"),
                                    ("literature", "Published study"),
                                    ("quality_data", "Quality or safety data"),
                                    ("survey", "Needs survey"),
                                    ("expert", "Expert opinion"),
                                    ("evaluation", "Evaluation of an earlier activity"),
                                    ("regulation", "New law or requirement"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("citation", models.TextField()),
                        ("figure", models.CharField(blank=True, max_length=120)),
                        ("address", models.URLField(blank=True, max_length=500)),
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
                            "survey",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.survey",
                            ),
                        ),
                        ("found_on", models.DateField(blank=True, null=True)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "gap"], name="evidence_of_a_gap"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GapStatement",
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
                            "gap",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="curriculum.gap",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("need_knowledge", "Need: knowledge"),
                                    ("need_competence", "Need: competence"),
                                    ("need_performance", "Need: performance"),
                                    ("change_competence", "Designed to change: competence"),
                                    ("change_performance", "Designed to change: performance"),
                                    ("change_outcomes", "Designed to change: patient outcomes"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("text", models.TextField()),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "gap", "kind"),
                                name="one_statement_of_a_kind_per_gap",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GapRating",
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
                            "gap",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="curriculum.gap",
                            ),
                        ),
                        (
                            "criterion",
                            models.CharField(
                                choices=[
                                    ("severity", "Harm to patients while it stays open"),
                                    ("reach", "How many patients it concerns"),
                                    ("distance", "How far today is from the target"),
                                    ("feasibility", "How well education can close it"),
                                    ("evidence", "Different kinds of evidence"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("points", models.PositiveSmallIntegerField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("rated_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "gap", "criterion"),
                                name="one_rating_per_criterion",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__lte", 5)),
                                name="points_of_a_gap_have_a_limit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CriterionWeight",
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
                            "criterion",
                            models.CharField(
                                choices=[
                                    ("severity", "Harm to patients while it stays open"),
                                    ("reach", "How many patients it concerns"),
                                    ("distance", "How far today is from the target"),
                                    ("feasibility", "How well education can close it"),
                                    ("evidence", "Different kinds of evidence"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("weight", models.PositiveSmallIntegerField()),
                        ("reason", models.TextField()),
                        ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("set_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "criterion", "-set_at"],
                                name="weight_in_force",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weight__lte", 10)),
                                name="a_weight_is_at_most_ten",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Objective",
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
                            "gap",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objectives",
                                to="curriculum.gap",
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("competency", models.CharField(max_length=40)),
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
                        ("recommendation", models.CharField(blank=True, max_length=300)),
                        ("local_figure", models.CharField(blank=True, max_length=120)),
                        ("local_source", models.CharField(blank=True, max_length=200)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "gap"], name="objectives_of_a_gap"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CitationReview",
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
                            "guideline",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="curriculum.guideline",
                            ),
                        ),
                        ("subject_type", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField()),
                        ("subject_name", models.CharField(max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be reviewed"),
                                    ("kept", "Still right"),
                                    ("changed", "Changed"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=(
                                    "organisation_id",
                                    "guideline",
                                    "subject_type",
                                    "subject_id",
                                ),
                                name="one_review_per_citation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    models.Q(
                                        models.Q(("reason", ""), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_reviewed_citation_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Curriculum",
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
                        ("audience", models.CharField(max_length=200)),
                        ("purpose", models.TextField(blank=True)),
                        ("series_id", models.UUIDField()),
                        ("edition", models.PositiveSmallIntegerField(default=1)),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("all", "Every required step"),
                                    ("at_least", "A number of steps, whichever"),
                                ],
                                default="all",
                                max_length=8,
                            ),
                        ),
                        ("at_least", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("in_order", models.BooleanField(default=False)),
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
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "series_id", "edition"),
                                name="one_row_per_edition",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("organisation_id", "series_id"),
                                name="one_draft_per_curriculum",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rule", "at_least"), _negated=True),
                                    ("at_least__gte", 1),
                                    _connector="OR",
                                ),
                                name="a_number_of_steps_is_at_least_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CurriculumStep",
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
                            "curriculum",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="curriculum.curriculum",
                            ),
                        ),
                        (
                            "objective",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.objective",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("required", models.BooleanField(default=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "curriculum", "objective"),
                                name="one_objective_once_per_curriculum",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                        ("on", models.DateField()),
                        ("place", models.CharField(blank=True, max_length=200)),
                        (
                            "next_after_months",
                            models.PositiveSmallIntegerField(blank=True, default=1, null=True),
                        ),
                        ("present", models.TextField(blank=True)),
                        ("minutes", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("held", "Held"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("planned_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_meeting_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    models.Q(
                                        models.Q(("minutes", ""), _negated=True),
                                        ("held_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_held_meeting_has_minutes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
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
                            "meeting",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="curriculum.meeting",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("action", "Open action"),
                                    ("gap", "Gap"),
                                    ("review", "Citation to review"),
                                    ("survey", "Needs survey"),
                                    ("outcome", "Outcome"),
                                    ("plan", "Plan"),
                                    ("rules", "Rule change"),
                                    ("news", "Accreditor news"),
                                    ("policy", "Policy to review"),
                                    ("expiring", "Expiring material"),
                                    ("own", "Other"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("note", models.TextField(blank=True)),
                        ("subject_type", models.CharField(blank=True, max_length=40)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("decision", models.TextField(blank=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "meeting"], name="points_of_a_meeting"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("subject_id__isnull", False)),
                                fields=("organisation_id", "meeting", "subject_type", "subject_id"),
                                name="one_point_per_subject",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedAction",
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
                            "meeting",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="curriculum.meeting",
                            ),
                        ),
                        (
                            "item",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.agendaitem",
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("agreed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("done_note", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "due_on"], name="actions_by_due_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NewsSource",
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
                        ("title", models.CharField(max_length=200)),
                        ("address", models.URLField(max_length=500)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("stopped_at", models.DateTimeField(blank=True, null=True)),
                        ("last_read_at", models.DateTimeField(blank=True, null=True)),
                        ("last_problem", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "address"), name="one_source_per_address"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NewsItem",
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
                        ("title", models.CharField(max_length=300)),
                        ("body", models.CharField(max_length=200)),
                        ("text", models.TextField(blank=True)),
                        ("address", models.URLField(blank=True, max_length=500)),
                        ("published_on", models.DateField(blank=True, null=True)),
                        (
                            "came_by",
                            models.CharField(
                                choices=[
                                    ("typed", "Typed"),
                                    ("feed", "Feed"),
                                    ("mail", "Forwarded mail"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "source",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.newssource",
                            ),
                        ),
                        ("origin_id", models.CharField(blank=True, max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("assigned", "Assigned"),
                                    ("decided", "Decided"),
                                ],
                                default="new",
                                max_length=10,
                            ),
                        ),
                        (
                            "assigned_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_change", "Nothing changes for us"),
                                    ("rules", "A rule pack changes"),
                                    ("policy", "A policy of the office changes"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        (
                            "pack",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="compliance.rulepack",
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
                                to="compliance.ownpack",
                            ),
                        ),
                        ("came_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["organisation_id", "-came_at"], name="news_latest")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"),
                                name="one_news_item_per_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("origin_id", ""), _negated=True),
                                fields=("organisation_id", "origin_id"),
                                name="news_comes_in_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "decided"), _negated=True),
                                    models.Q(
                                        models.Q(("reason", ""), _negated=True),
                                        models.Q(("decision", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decided_news_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pack__isnull", True),
                                    ("own_pack__isnull", True),
                                    _connector="OR",
                                ),
                                name="one_version_carries_news_out",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficePolicy",
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
                                    ("mission", "Mission"),
                                    ("policy", "Policy"),
                                    ("procedure", "Procedure"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("review_on", models.DateField()),
                        (
                            "rules",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_policy_per_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None), ("kind", "mission")),
                                fields=("organisation_id",),
                                name="one_mission_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyEdition",
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
                            "policy",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="curriculum.officepolicy",
                            ),
                        ),
                        ("edition", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
                        ("what_changed", models.TextField(blank=True)),
                        ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("published_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "policy", "edition"),
                                name="one_text_per_edition",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Acknowledgement",
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
                            "edition",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acknowledgements",
                                to="curriculum.policyedition",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "acknowledged_at",
                            models.DateTimeField(default=django.utils.timezone.now),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "edition", "user"),
                                name="one_acknowledgement_each",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
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
                        ("purpose", models.TextField(blank=True)),
                        ("therapy_area", models.CharField(blank=True, max_length=120)),
                        ("product", models.CharField(blank=True, max_length=120)),
                        (
                            "parent",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.plan",
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("envelope_minor", models.BigIntegerField(default=0)),
                        ("currency", models.CharField(max_length=3)),
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
                                    ("draft", "Draft"),
                                    ("submitted", "In approval"),
                                    ("returned", "Returned for change"),
                                    ("approved", "Approved"),
                                    ("ended", "Ended"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("approved_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "prepared_by",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "parent"], name="parts_of_a_plan"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_plan_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="a_plan_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("envelope_minor__gte", 0)),
                                name="an_envelope_is_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                                name="a_plan_has_its_currency",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    ("approved_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="an_approved_plan_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanningRule",
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
                        ("needs_plan", models.BooleanField()),
                        ("months_ahead", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.TextField()),
                        ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("set_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-set_at"], name="planning_rule_latest"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("months_ahead__lte", 6)),
                                name="a_plan_is_due_at_most_half_a_year_ahead",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyQuestion",
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
                            "survey",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="curriculum.survey",
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rating", "Rating from 1 to 5"),
                                    ("choice", "One of several answers"),
                                    ("text", "Own words"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
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
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "survey"], name="survey_questions"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "survey", "key"),
                                name="one_question_once_per_survey",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "choice"), _negated=True),
                                    ("choices__len__gte", 2),
                                    _connector="OR",
                                ),
                                name="a_survey_choice_offers_answers",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyInvitation",
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
                            "survey",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="curriculum.survey",
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
                        ("address", models.EmailField(max_length=254)),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "survey", "clinician"),
                                name="one_survey_per_clinician",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyAnswer",
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
                                to="curriculum.surveyquestion",
                            ),
                        ),
                        ("rating", models.PositiveSmallIntegerField(null=True)),
                        ("text", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "question"],
                                name="answers_to_survey_question",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "sheet", "question"),
                                name="one_survey_answer_per_question",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rating__isnull", True),
                                    ("rating__range", (1, 5)),
                                    _connector="OR",
                                ),
                                name="a_survey_rating_is_from_one_to_five",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
