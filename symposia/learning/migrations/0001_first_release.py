import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("learning", "0001_lessons_and_progress"),
        ("learning", "0002_cases"),
        ("learning", "0003_packages_of_lessons"),
        ("learning", "0004_discussions_and_practices"),
        ("learning", "0005_questions_and_polls_of_sessions"),
    ]

    initial = True

    dependencies = [
        ("activities", "0001_first_release"),
        ("curriculum", "0001_first_release"),
        ("directory", "0001_first_release"),
        ("registrations", "0001_first_release"),
        ("work", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="AudiencePoll",
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
                            "session",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.session",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("single", "One answer"),
                                    ("multiple", "Several answers"),
                                    ("scale", "A scale of numbers"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("question", models.CharField(max_length=200)),
                        (
                            "options",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("highest", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("open", "Open now"),
                                    ("closed", "Closed"),
                                ],
                                default="prepared",
                                max_length=8,
                            ),
                        ),
                        ("is_shown", models.BooleanField(default=False)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "session", "made_at"],
                                name="polls_of_session",
                            ),
                            models.Index(
                                fields=["organisation_id", "activity"], name="polls_of_an_activity"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("organisation_id", "session"),
                                name="one_open_poll_per_session",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("highest__isnull", False), ("kind", "scale")),
                                    models.Q(
                                        models.Q(("kind", "scale"), _negated=True),
                                        ("highest__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_scale_says_how_high_it_goes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "prepared"),
                                    ("opened_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="an_open_poll_says_since_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_shown", False),
                                    models.Q(("state", "prepared"), _negated=True),
                                    _connector="OR",
                                ),
                                name="results_follow_the_question",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PollAnswer",
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
                            "poll",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.audiencepoll",
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
                            "choices",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(), size=None
                            ),
                        ),
                        ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="poll_answers_of_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "poll", "registration"),
                                name="one_answer_per_poll_and_place",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AudienceQuestion",
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
                            "session",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.session",
                            ),
                        ),
                        (
                            "registration",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registration",
                            ),
                        ),
                        ("asker_name", models.CharField(max_length=200)),
                        ("is_named", models.BooleanField(default=False)),
                        ("text", models.CharField(max_length=500)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting for the moderator"),
                                    ("shown", "Shown to the room"),
                                    ("hidden", "Not shown"),
                                    ("merged", "Joined with another"),
                                    ("answered", "Answered"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("hidden_because", models.CharField(blank=True, max_length=300)),
                        (
                            "merged_into",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.audiencequestion",
                            ),
                        ),
                        ("answer", models.TextField(blank=True)),
                        ("answered_in_room", models.BooleanField(default=False)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_by_name", models.CharField(blank=True, max_length=200)),
                        ("handed_at", models.DateTimeField(blank=True, null=True)),
                        ("handed_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "session", "state"],
                                name="questions_of_a_session",
                            ),
                            models.Index(
                                fields=["organisation_id", "activity", "-asked_at"],
                                name="questions_of_an_activity",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                                    models.Q(
                                        models.Q(("state", "merged"), _negated=True),
                                        ("merged_into__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_joined_question_says_with_which",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "hidden"), _negated=True),
                                    models.Q(("hidden_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_hidden_question_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "answered"), _negated=True),
                                    ("answered_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="an_answered_question_says_since_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionVote",
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
                            "session",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.session",
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
                            "question",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.audiencequestion",
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
                        ("voted_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "session"], name="votes_of_a_session"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "question", "registration"),
                                name="one_vote_per_question_and_place",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
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
                        ("is_ordered", models.BooleanField(default=True)),
                        ("method", models.CharField(blank=True, max_length=500)),
                        ("needs", models.CharField(blank=True, max_length=500)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_course_per_activity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Module",
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
                        ("title", models.CharField(max_length=200)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "title"),
                                name="one_module_per_title",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
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
                            "lesson",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.lesson",
                            ),
                        ),
                        ("draft", models.JSONField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "lesson"), name="one_case_per_lesson"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseVersion",
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
                            "case",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="learning.case",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("best", models.IntegerField()),
                        ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "case", "number"),
                                name="one_case_version_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
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
                            "module",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lessons",
                                to="learning.module",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("video", "Video"),
                                    ("pdf", "PDF"),
                                    ("text", "Text"),
                                    ("image", "Image"),
                                    ("link", "Link"),
                                    ("file", "File to take home"),
                                    ("case", "Case"),
                                    ("scorm", "Package (SCORM)"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("is_required", models.BooleanField(default=True)),
                        ("text", models.TextField(blank=True)),
                        ("address", models.URLField(blank=True, max_length=500)),
                        (
                            "file",
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
                            "captions",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.storedfile",
                            ),
                        ),
                        ("transcript", models.TextField(blank=True)),
                        ("description", models.CharField(blank=True, max_length=300)),
                        ("seconds", models.PositiveIntegerField(blank=True, null=True)),
                        ("sources", models.TextField(blank=True)),
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
                            "item",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.contentitem",
                            ),
                        ),
                        (
                            "case",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.caseversion",
                            ),
                        ),
                        (
                            "written_by",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "module"], name="lessons_of_a_module"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "title"),
                                name="one_lesson_per_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gt", 0)),
                                name="a_lesson_takes_minutes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LessonReview",
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
                            "lesson",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="learning.lesson",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "reviewer",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.contributor",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("accepted", "Accepted"), ("changes", "Changes needed")],
                                max_length=10,
                            ),
                        ),
                        ("checklist", models.JSONField()),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Requirement",
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
                        ("kind", models.CharField(max_length=20)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("settings", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "kind"),
                                name="one_requirement_per_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseRun",
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
                        (
                            "lesson",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.lesson",
                            ),
                        ),
                        (
                            "case_version",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.caseversion",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "lesson"], name="case_runs_of_a_lesson"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration", "lesson", "number"),
                                name="one_case_run_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseMove",
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
                            "run",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="learning.caserun",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("asked", "asked"), ("decided", "decided")], max_length=7
                            ),
                        ),
                        ("step_code", models.CharField(max_length=12)),
                        ("choice_code", models.CharField(max_length=12)),
                        ("next_code", models.CharField(blank=True, max_length=12)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="case_moves_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "run", "position"),
                                name="one_case_move_per_position",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "decided")),
                                fields=("organisation_id", "run", "step_code"),
                                name="a_step_of_a_case_is_decided_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "asked")),
                                fields=("organisation_id", "run", "step_code", "choice_code"),
                                name="a_finding_of_a_case_is_asked_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseResult",
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
                            "run",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="learning.caserun",
                            ),
                        ),
                        ("ending_code", models.CharField(max_length=12)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("good", "Ends well"),
                                    ("fair", "Ends fairly"),
                                    ("poor", "Ends badly"),
                                ],
                                max_length=4,
                            ),
                        ),
                        ("points", models.IntegerField()),
                        ("percent", models.PositiveSmallIntegerField()),
                        ("minutes", models.PositiveIntegerField()),
                        ("ended_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "run"), name="one_result_per_case_run"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__lte", 100)),
                                name="a_case_is_of_a_hundred",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Discussion",
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
                                    ("journal_club", "Journal club"),
                                    ("open", "Open discussion"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("introduction", models.TextField(blank=True)),
                        ("citation", models.CharField(blank=True, max_length=1000)),
                        ("doi", models.CharField(blank=True, max_length=200)),
                        ("address", models.URLField(blank=True, max_length=500)),
                        (
                            "questions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=500),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("opens_on", models.DateField()),
                        ("closes_on", models.DateField(blank=True, null=True)),
                        (
                            "moderation",
                            models.CharField(
                                choices=[
                                    ("before", "Before it is shown"),
                                    ("after", "After it is shown"),
                                ],
                                default="after",
                                max_length=6,
                            ),
                        ),
                        ("edit_minutes", models.PositiveSmallIntegerField(default=15)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "title"),
                                name="one_discussion_per_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_on__isnull", True),
                                    ("closes_on__gte", models.F("opens_on")),
                                    _connector="OR",
                                ),
                                name="a_discussion_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Practice",
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
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        ("author_name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("case", "Case"), ("practice", "Way of working")],
                                max_length=8,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("done", models.TextField()),
                        ("setting", models.TextField(blank=True)),
                        ("result", models.TextField(blank=True)),
                        ("reference", models.CharField(blank=True, max_length=1000)),
                        ("specialty", models.CharField(blank=True, max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Being written"),
                                    ("waiting", "Waits for an editor"),
                                    ("returned", "Sent back"),
                                    ("published", "Published"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=9,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                        ("decided_because", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "state"], name="practices_by_state"
                            ),
                            models.Index(
                                fields=["organisation_id", "activity"], name="practices_of_activity"
                            ),
                            models.Index(
                                fields=["organisation_id", "clinician"], name="practices_of_author"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("decided_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="what_is_sent_back_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="what_is_published_says_since_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
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
                            "discussion",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.discussion",
                            ),
                        ),
                        (
                            "practice",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.practice",
                            ),
                        ),
                        (
                            "head",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.contribution",
                            ),
                        ),
                        ("question", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "speaks_as",
                            models.CharField(
                                choices=[
                                    ("learner", "Participant"),
                                    ("faculty", "Faculty"),
                                    ("office", "Organiser"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("person_id", models.UUIDField()),
                        (
                            "registration",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registration",
                            ),
                        ),
                        ("author_name", models.CharField(max_length=200)),
                        ("text", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for a moderator"),
                                    ("shown", "Shown"),
                                    ("hidden", "Hidden"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        ("shown_at", models.DateTimeField(blank=True, null=True)),
                        ("pinned_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_by_name", models.CharField(blank=True, max_length=200)),
                        ("settled_because", models.CharField(blank=True, max_length=1000)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "discussion"],
                                name="contributions_of_discussion",
                            ),
                            models.Index(
                                fields=["organisation_id", "practice"],
                                name="contributions_of_practice",
                            ),
                            models.Index(
                                fields=["organisation_id", "registration"],
                                name="contributions_of_place",
                            ),
                            models.Index(
                                fields=["organisation_id", "state"], name="contributions_by_state"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("discussion__isnull", True), ("practice__isnull", False)
                                    ),
                                    models.Q(
                                        ("discussion__isnull", False), ("practice__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_contribution_has_one_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "hidden"), _negated=True),
                                    models.Q(("settled_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="what_is_hidden_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "shown"), _negated=True),
                                    ("shown_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="what_is_shown_says_since_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContributionReport",
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
                            "contribution",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="learning.contribution",
                            ),
                        ),
                        ("person_id", models.UUIDField()),
                        ("by_name", models.CharField(max_length=200)),
                        ("reason", models.CharField(max_length=1000)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "contribution", "person_id"),
                                name="one_report_per_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Following",
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
                            "discussion",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.discussion",
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
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "discussion", "registration"),
                                name="one_following_per_learner",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Package",
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
                            "lesson",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.lesson",
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
                        ("number", models.PositiveIntegerField()),
                        ("standard", models.CharField(max_length=8)),
                        ("edition", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=200)),
                        ("items", models.JSONField()),
                        ("has_choice", models.BooleanField(default=True)),
                        ("files", models.PositiveIntegerField()),
                        ("size", models.PositiveBigIntegerField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "lesson", "number"),
                                name="one_package_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageFile",
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
                            "package",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.package",
                            ),
                        ),
                        ("path", models.CharField(max_length=240)),
                        ("content_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("storage_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "package", "path"),
                                name="one_package_file_per_path",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageAttempt",
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
                        (
                            "lesson",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.lesson",
                            ),
                        ),
                        (
                            "package",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.package",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("heard_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("tip", models.UUIDField(blank=True, null=True)),
                        ("item", models.CharField(blank=True, max_length=200)),
                        ("states", models.JSONField(blank=True, default=dict)),
                        (
                            "completion",
                            models.CharField(
                                choices=[
                                    ("open", "Under way"),
                                    ("passed", "Passed"),
                                    ("completed", "Completed"),
                                    ("failed", "Not passed"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        ("score", models.FloatField(blank=True, null=True)),
                        ("seconds", models.PositiveIntegerField(default=0)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="package_attempts_of_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration", "lesson", "number"),
                                name="one_package_attempt_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("completion", "open"),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="an_ended_package_attempt_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageCommit",
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
                        ("event_uuid", models.UUIDField()),
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
                                related_name="+",
                                to="learning.packageattempt",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("item", models.CharField(max_length=200)),
                        ("cmi", models.JSONField()),
                        (
                            "completion",
                            models.CharField(
                                choices=[
                                    ("open", "Under way"),
                                    ("passed", "Passed"),
                                    ("completed", "Completed"),
                                    ("failed", "Not passed"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("score", models.FloatField(blank=True, null=True)),
                        ("is_end", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "attempt", "number"),
                                name="one_package_commit_per_number",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "attempt", "event_uuid"),
                                name="one_package_commit_per_event_uuid",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeDecision",
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
                            "practice",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="learning.practice",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("published", "Published"), ("returned", "Sent back")],
                                max_length=9,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="IdentifierAnswer",
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
                            "practice",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="learning.practice",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail address"),
                                    ("birth", "Date of birth"),
                                    ("date", "Date with its day"),
                                    ("aadhaar", "Number like an Aadhaar number"),
                                    ("npi", "Number like an NPI"),
                                    ("social", "Number like a social security number"),
                                    ("record", "Record number"),
                                    ("phone", "Phone number"),
                                    ("number", "Long number"),
                                    ("name", "Name after a title"),
                                    ("age", "Age above what may be told"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("part", models.CharField(max_length=10)),
                        ("quoted", models.CharField(max_length=200)),
                        ("reason", models.CharField(max_length=500)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "practice", "kind", "part", "quoted"),
                                name="one_answer_per_identifier",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="an_answer_about_an_identifier_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Adoption",
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
                            "practice",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adoptions",
                                to="learning.practice",
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
                                choices=[("doing", "I do this too"), ("trying", "I will try this")],
                                max_length=6,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "practice", "clinician"),
                                name="one_adoption_per_colleague",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Confirmation",
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
                        ("shown", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("confirmed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration"),
                                name="one_confirmation_per_registration",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Progress",
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
                        (
                            "lesson",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.lesson",
                            ),
                        ),
                        ("begun_at", models.DateTimeField()),
                        ("heard_at", models.DateTimeField()),
                        ("seconds", models.PositiveIntegerField(default=0)),
                        ("place", models.PositiveIntegerField(default=0)),
                        ("watched", models.JSONField(blank=True, default=list)),
                        ("completed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="progress_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration", "lesson"),
                                name="one_progress_per_registration_and_lesson",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StudyEntry",
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
                        ("event_uuid", models.UUIDField()),
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
                            "lesson",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="learning.lesson",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("heard", "Studied for a while"),
                                    ("done", "Done with the lesson"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("from_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        ("server_time", models.DateTimeField(default=django.utils.timezone.now)),
                        ("seconds", models.PositiveIntegerField(default=0)),
                        ("place", models.PositiveIntegerField(default=0)),
                        ("watched_from", models.FloatField(blank=True, null=True)),
                        ("watched_to", models.FloatField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "registration", "at"],
                                name="studying_of_a_registration",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration", "event_uuid"),
                                name="one_study_entry_per_event_uuid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("at__gte", models.F("from_at"))),
                                name="studying_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
