import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.conf import settings
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("insights", "0001_initial"),
        ("insights", "0002_what_was_seen"),
        ("insights", "0003_a_role_for_supporters"),
        ("insights", "0004_what_is_open"),
        ("insights", "0005_sentences_that_count"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("activities", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="ActivityFigures",
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
                        ("invited", models.PositiveIntegerField(default=0)),
                        ("accepted", models.PositiveIntegerField(default=0)),
                        ("registered", models.PositiveIntegerField(default=0)),
                        ("attended", models.PositiveIntegerField(default=0)),
                        ("evaluated", models.PositiveIntegerField(default=0)),
                        ("credited", models.PositiveIntegerField(default=0)),
                        ("minutes", models.PositiveIntegerField(default=0)),
                        ("estimate_minor", models.BigIntegerField(default=0)),
                        ("committed_minor", models.BigIntegerField(default=0)),
                        ("actual_minor", models.BigIntegerField(default=0)),
                        ("counted_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_row_of_figures_per_activity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Credited",
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
                            "figures",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="credits",
                                to="insights.activityfigures",
                            ),
                        ),
                        ("system", models.CharField(max_length=40)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("people", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "figures", "system"),
                                name="one_amount_per_system",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sight",
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
                        ("person_id", models.UUIDField()),
                        ("person_name", models.CharField(max_length=200)),
                        ("page", models.CharField(max_length=80)),
                        ("on_day", models.DateField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=(
                                    "organisation_id",
                                    "activity",
                                    "person_id",
                                    "page",
                                    "on_day",
                                ),
                                name="one_sight_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenPoint",
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
                        ("fact", models.CharField(max_length=40)),
                        ("sentence", models.TextField()),
                        ("several", models.TextField(blank=True, default="")),
                        ("counts", models.CharField(blank=True, default="", max_length=40)),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("submit", "Submission"),
                                    ("open", "Opening"),
                                    ("start", "Start"),
                                    ("close", "Closing"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("owner_name", models.CharField(blank=True, max_length=200)),
                        ("url_name", models.CharField(blank=True, max_length=60)),
                        ("url_key", models.CharField(blank=True, max_length=60)),
                        ("reminded_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "due_at"], name="open_points_by_deadline"
                            ),
                            models.Index(
                                fields=["organisation_id", "owner", "due_at"],
                                name="open_points_of_owner",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "fact"),
                                name="one_open_point_per_fact",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Touched",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        )
    ]
