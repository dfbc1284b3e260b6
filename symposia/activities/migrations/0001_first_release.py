import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
import symposia.shared.wall
from django.conf import settings
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("activities", "0001_initial"),
        ("activities", "0002_plan_of_an_activity"),
        ("activities", "0003_types_and_organisers"),
        ("activities", "0004_venues_and_bookings"),
        ("activities", "0005_milestones_and_documents"),
        ("activities", "0006_team_and_disclosures"),
        ("activities", "0007_calendar_and_arrangements"),
        ("activities", "0008_series_origins_and_applications"),
        ("activities", "0009_agreements_at_a_rate_card"),
        ("activities", "0010_guideline_that_is_cited"),
        ("activities", "0011_people_from_outside"),
        ("activities", "0012_disclosures_keep_their_words"),
        ("activities", "0013_objectives_of_sessions"),
        ("activities", "0014_requests_lie_in_territories"),
        ("activities", "0015_agreements_for_a_year"),
        ("activities", "0016_agencies"),
        ("activities", "0017_whoever_prepares_does_not_sign"),
        ("activities", "0018_plan_and_team_of_series"),
        ("activities", "0019_marketing_kept_apart"),
        ("activities", "0020_venues_judged_and_products"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("curriculum", "0001_first_release"),
        ("directory", "0001_first_release"),
        ("work", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Activity",
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
                        ("summary", models.TextField(blank=True)),
                        ("product", models.CharField(blank=True, max_length=120)),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("independent", "Independent"),
                                    ("scientific", "Scientific"),
                                    ("promotional", "Promotional"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
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
                        ("wall_starts", symposia.shared.wall.WallTimeField()),
                        ("wall_ends", symposia.shared.wall.WallTimeField()),
                        ("zone", models.CharField(max_length=40)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "delivery",
                            models.CharField(
                                choices=[
                                    ("in_person", "In person"),
                                    ("online", "Online"),
                                    ("hybrid", "In person and online"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("venue_name", models.CharField(blank=True, max_length=200)),
                        ("venue_address", models.CharField(blank=True, max_length=300)),
                        ("city", models.CharField(blank=True, max_length=120)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("online_address", models.URLField(blank=True, max_length=500)),
                        ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                        ("expected_attendance", models.PositiveIntegerField(default=0)),
                        (
                            "territory",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.territory",
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
                        (
                            "plan",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.plan",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("in_approval", "In approval"),
                                    ("returned", "Returned for change"),
                                    ("approved", "Approved"),
                                    ("open", "Open for registration"),
                                    ("running", "Running"),
                                    ("held", "Held"),
                                    ("reconciling", "Closing the books"),
                                    ("closed", "Closed"),
                                    ("postponed", "Postponed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "prepared_by",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-starts_at"], name="activity_latest"
                            ),
                            models.Index(
                                fields=["organisation_id", "state", "starts_at"],
                                name="activity_state",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_activity_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="activity_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("capacity__isnull", True), ("capacity__gt", 0), _connector="OR"
                                ),
                                name="activity_capacity_is_a_number_of_places",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityObjective",
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
                                related_name="objective_links",
                                to="activities.activity",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "objective"),
                                name="one_objective_once_per_activity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityStep",
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
                                related_name="steps",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "from_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("in_approval", "In approval"),
                                    ("returned", "Returned for change"),
                                    ("approved", "Approved"),
                                    ("open", "Open for registration"),
                                    ("running", "Running"),
                                    ("held", "Held"),
                                    ("reconciling", "Closing the books"),
                                    ("closed", "Closed"),
                                    ("postponed", "Postponed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("in_approval", "In approval"),
                                    ("returned", "Returned for change"),
                                    ("approved", "Approved"),
                                    ("open", "Open for registration"),
                                    ("running", "Running"),
                                    ("held", "Held"),
                                    ("reconciling", "Closing the books"),
                                    ("closed", "Closed"),
                                    ("postponed", "Postponed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_id", models.UUIDField(null=True)),
                        ("by_name", models.CharField(max_length=200)),
                        ("reason", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "at"],
                                name="steps_of_an_activity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agency",
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
                        ("contact", models.CharField(blank=True, max_length=200)),
                        ("contact_email", models.EmailField(blank=True, max_length=254)),
                        ("active_from", models.DateField()),
                        ("active_until", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("added_by_name", models.CharField(max_length=200)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "name"), name="one_agency_per_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("active_until__isnull", True),
                                    ("active_until__gte", models.F("active_from")),
                                    _connector="OR",
                                ),
                                name="an_agency_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    models.Q(("ended_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="an_ended_agency_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Series",
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
                        ("summary", models.TextField(blank=True)),
                        (
                            "copied_from",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.series",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("independent", "Independent"),
                                    ("scientific", "Scientific"),
                                    ("promotional", "Promotional"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
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
                        (
                            "repeats",
                            models.CharField(
                                choices=[
                                    ("daily", "Every so many days"),
                                    ("weekly", "Every so many weeks"),
                                    ("monthly_weekday", "Monthly on the same weekday"),
                                    ("monthly_day", "Monthly on the same day of the month"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("interval", models.PositiveSmallIntegerField(default=1)),
                        ("first_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("clock", models.TimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("zone", models.CharField(max_length=40)),
                        (
                            "delivery",
                            models.CharField(
                                choices=[
                                    ("in_person", "In person"),
                                    ("online", "Online"),
                                    ("hybrid", "In person and online"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("venue_name", models.CharField(blank=True, max_length=200)),
                        ("city", models.CharField(blank=True, max_length=120)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("online_address", models.URLField(blank=True, max_length=500)),
                        ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                        ("expected_attendance", models.PositiveIntegerField(default=0)),
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
                            "plan",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="curriculum.plan",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_series_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gte", models.F("first_on"))),
                                name="series_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("interval__gt", 0), ("minutes__gt", 0)),
                                name="series_moves_on_and_lasts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeriesObjective",
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
                            "series",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objective_links",
                                to="activities.series",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "series", "objective"),
                                name="one_objective_once_per_series",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeriesException",
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
                            "series",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exceptions",
                                to="activities.series",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("skipped", "Skipped"),
                                    ("moved", "Moved"),
                                    ("added", "Added"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("moved_to", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "series", "day"),
                                name="one_exception_per_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "moved"), ("moved_to__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "moved"), _negated=True),
                                        ("moved_to__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_a_moved_day_says_where_to",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="exception_of_series_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Occasion",
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
                            "series",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="occasions",
                                to="activities.series",
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
                        ("day", models.DateField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "series", "day"),
                                name="one_activity_per_day_of_series",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="activity_in_one_series",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contributor",
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
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("biography", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("clinician__isnull", False)),
                                fields=("organisation_id", "clinician"),
                                name="one_contributor_per_clinician",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("user__isnull", False)),
                                fields=("organisation_id", "user"),
                                name="one_contributor_per_user",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("clinician__isnull", True), ("user__isnull", True)
                                ),
                                fields=("organisation_id", "name"),
                                name="one_contributor_per_outside_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMember",
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
                                related_name="team",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "contributor",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to="activities.contributor",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("planner", "Planner"),
                                    ("author", "Author"),
                                    ("reviewer", "Reviewer"),
                                    ("moderator", "Moderator"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("of_series", models.BooleanField(default=False)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "contributor", "role"),
                                name="one_team_role_once_per_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeriesTeamMember",
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
                            "series",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.series",
                            ),
                        ),
                        (
                            "contributor",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.contributor",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("planner", "Planner"),
                                    ("author", "Author"),
                                    ("reviewer", "Reviewer"),
                                    ("moderator", "Moderator"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "series", "contributor", "role"),
                                name="one_series_role_once_per_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rate",
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
                            "service",
                            models.CharField(
                                choices=[
                                    ("speaker", "Speaker"),
                                    ("chair", "Chair"),
                                    ("moderator", "Moderator or panellist"),
                                    ("author", "Author"),
                                    ("reviewer", "Reviewer"),
                                    ("adviser", "Adviser"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "tier",
                            models.CharField(
                                choices=[
                                    ("local", "Local"),
                                    ("regional", "Regional"),
                                    ("national", "National"),
                                    ("international", "International"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[("hour", "an hour"), ("day", "a day")], max_length=4
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("amount_minor", models.BigIntegerField()),
                        ("ceiling_minor", models.BigIntegerField()),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(max_length=300)),
                        ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("set_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "service", "tier", "unit", "from_on"),
                                name="one_rate_from_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_on", None)),
                                fields=("organisation_id", "service", "tier", "unit"),
                                name="one_rate_without_an_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_minor__gt", 0),
                                    ("ceiling_minor__gte", models.F("amount_minor")),
                                    ("currency__regex", "^[A-Z]{3}$"),
                                ),
                                name="a_rate_lies_under_its_ceiling",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="a_rate_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementTemplate",
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
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("written_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"),
                                name="one_agreement_template_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
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
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "contributor",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.contributor",
                            ),
                        ),
                        (
                            "service",
                            models.CharField(
                                choices=[
                                    ("speaker", "Speaker"),
                                    ("chair", "Chair"),
                                    ("moderator", "Moderator or panellist"),
                                    ("author", "Author"),
                                    ("reviewer", "Reviewer"),
                                    ("adviser", "Adviser"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "tier",
                            models.CharField(
                                choices=[
                                    ("local", "Local"),
                                    ("regional", "Regional"),
                                    ("national", "National"),
                                    ("international", "International"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[("hour", "an hour"), ("day", "a day")], max_length=4
                            ),
                        ),
                        ("quantity", models.DecimalField(decimal_places=2, max_digits=6)),
                        ("currency", models.CharField(max_length=3)),
                        ("each_minor", models.BigIntegerField()),
                        (
                            "rate",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.rate",
                            ),
                        ),
                        ("services", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("sent", "Sent"),
                                    ("signed", "Signed by both"),
                                    ("ended", "Ended"),
                                ],
                                default="draft",
                                max_length=6,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_by_id", models.UUIDField(null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("above_because", models.TextField(blank=True)),
                        ("above_agreed_by_id", models.UUIDField(blank=True, null=True)),
                        ("above_agreed_by_name", models.CharField(blank=True, max_length=200)),
                        ("above_agreed_at", models.DateTimeField(blank=True, null=True)),
                        ("covers_until", models.DateField(blank=True, null=True)),
                        (
                            "under",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="called_off",
                                to="activities.agreement",
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
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
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("accepted_by_name", models.CharField(blank=True, max_length=200)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_by_id", models.UUIDField(blank=True, null=True)),
                        ("signed_by_name", models.CharField(blank=True, max_length=200)),
                        ("factor", models.CharField(blank=True, max_length=20)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="agreements_of_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"),
                                name="one_agreement_per_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "ended"), _negated=True),
                                fields=("organisation_id", "activity", "contributor"),
                                name="one_standing_agreement_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("each_minor__gte", 0),
                                    ("quantity__gt", 0),
                                    ("currency__regex", "^[A-Z]{3}$"),
                                ),
                                name="agreement_has_its_fee",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "signed"), _negated=True),
                                    models.Q(
                                        ("accepted_at__isnull", False),
                                        ("signed_at__isnull", False),
                                        models.Q(("factor", ""), _negated=True),
                                        models.Q(("sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="both_have_signed_the_agreement",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("above_agreed_by_id__isnull", True),
                                    models.Q(
                                        models.Q(("above_because", ""), _negated=True),
                                        models.Q(
                                            ("made_by_id__isnull", True),
                                            models.Q(
                                                ("above_agreed_by_id", models.F("made_by_id")),
                                                _negated=True,
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="another_person_agrees_above_the_card",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("under__isnull", True),
                                    ("covers_until__isnull", True),
                                    _connector="OR",
                                ),
                                name="nothing_is_called_off_under_a_call_off",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
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
                        ("applicant", models.CharField(max_length=200)),
                        ("email", models.EmailField(max_length=254)),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("department", models.CharField(max_length=200)),
                        ("is_ineligible", models.BooleanField(default=False)),
                        (
                            "wish",
                            models.CharField(
                                choices=[
                                    ("activity", "Once"),
                                    ("series", "Again and again: a series"),
                                ],
                                default="activity",
                                max_length=10,
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("independent", "Independent"),
                                    ("scientific", "Scientific"),
                                    ("promotional", "Promotional"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
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
                        ("title", models.CharField(max_length=200)),
                        ("need", models.TextField()),
                        ("audience", models.CharField(blank=True, max_length=300)),
                        ("day", models.DateField()),
                        ("clock", models.TimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "repeats",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("daily", "Every so many days"),
                                    ("weekly", "Every so many weeks"),
                                    ("monthly_weekday", "Monthly on the same weekday"),
                                    ("monthly_day", "Monthly on the same day of the month"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("interval", models.PositiveSmallIntegerField(default=1)),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("zone", models.CharField(max_length=40)),
                        (
                            "delivery",
                            models.CharField(
                                choices=[
                                    ("in_person", "In person"),
                                    ("online", "Online"),
                                    ("hybrid", "In person and online"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("venue_name", models.CharField(blank=True, max_length=200)),
                        ("city", models.CharField(blank=True, max_length=120)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("online_address", models.URLField(blank=True, max_length=500)),
                        ("expected_attendance", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Being written"),
                                    ("submitted", "Waits for an answer"),
                                    ("returned", "Returned with a question"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "series",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.series",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-made_at"], name="applications_latest"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"),
                                name="one_application_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gt", 0)), name="application_lasts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "accepted"), _negated=True),
                                    ("activity__isnull", False),
                                    ("series__isnull", False),
                                    _connector="OR",
                                ),
                                name="accepted_application_became_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationAnswer",
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
                            "application",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="activities.application",
                            ),
                        ),
                        ("question", models.CharField(max_length=200)),
                        ("answer", models.CharField(max_length=500)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "application", "question"),
                                name="one_answer_per_question_of_an_application",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationStep",
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
                            "application",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="activities.application",
                            ),
                        ),
                        (
                            "from_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("draft", "Being written"),
                                    ("submitted", "Waits for an answer"),
                                    ("returned", "Returned with a question"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("draft", "Being written"),
                                    ("submitted", "Waits for an answer"),
                                    ("returned", "Returned with a question"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_id", models.UUIDField(null=True)),
                        ("by_name", models.CharField(max_length=200)),
                        ("reason", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "application", "at"],
                                name="steps_of_an_application",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Venue",
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
                        ("address", models.CharField(blank=True, max_length=300)),
                        ("city", models.CharField(max_length=120)),
                        ("country", models.CharField(max_length=2)),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("hospital", "Hospital or clinic"),
                                    ("university", "University or college"),
                                    ("centre", "Congress or training centre"),
                                    ("office", "Office of the organisation"),
                                    ("hotel", "Hotel"),
                                    ("restaurant", "Restaurant"),
                                    ("resort", "Resort or spa"),
                                    ("entertainment", "Place of sport or entertainment"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("stars", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("is_renowned", models.BooleanField(blank=True, null=True)),
                        ("notes", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        ("retired_because", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "name", "city"),
                                name="one_venue_per_name_and_city",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("retired_at__isnull", True),
                                    models.Q(("retired_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="retired_venue_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stars__isnull", True),
                                    models.Q(("stars__gte", 1), ("stars__lte", 7)),
                                    _connector="OR",
                                ),
                                name="a_venue_has_one_to_seven_stars",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Room",
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
                            "venue",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rooms",
                                to="activities.venue",
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("seats", models.PositiveIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "venue", "name"),
                                name="one_room_per_name_and_venue",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seats__isnull", True), ("seats__gt", 0), _connector="OR"
                                ),
                                name="room_has_seats",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
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
                                related_name="sessions",
                                to="activities.activity",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("wall_starts", symposia.shared.wall.WallTimeField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("creditable_minutes", models.PositiveSmallIntegerField(default=0)),
                        ("room", models.CharField(blank=True, max_length=80)),
                        (
                            "place",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.room",
                            ),
                        ),
                        ("track", models.CharField(blank=True, max_length=80)),
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
                        ("is_break", models.BooleanField(default=False)),
                        ("is_marketing", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "starts_at"],
                                name="sessions_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gt", 0)), name="session_has_minutes"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("creditable_minutes__lte", models.F("minutes"))
                                ),
                                name="session_counts_no_more_than_its_minutes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_break", False), ("creditable_minutes", 0), _connector="OR"
                                ),
                                name="break_counts_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_marketing", False),
                                    ("creditable_minutes", 0),
                                    _connector="OR",
                                ),
                                name="marketing_counts_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionFaculty",
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
                                related_name="faculty",
                                to="activities.session",
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
                        ("name", models.CharField(max_length=200)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("faculty", "Faculty"),
                                    ("chair", "Chair"),
                                    ("moderator", "Moderator"),
                                    ("panellist", "Panellist"),
                                ],
                                default="faculty",
                                max_length=12,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "session", "name", "role"),
                                name="one_role_once_per_session_and_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arrangement",
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
                                    ("catering", "Catering"),
                                    ("travel", "Travel"),
                                    ("stay", "Stay"),
                                    ("venue", "Venue hire"),
                                    ("equipment", "Equipment hire"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("supplier", models.CharField(blank=True, max_length=200)),
                        ("reference", models.CharField(blank=True, max_length=120)),
                        (
                            "session",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.session",
                            ),
                        ),
                        (
                            "venue",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.venue",
                            ),
                        ),
                        (
                            "contributor",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.contributor",
                            ),
                        ),
                        ("person", models.CharField(blank=True, max_length=200)),
                        ("wall_starts", symposia.shared.wall.WallTimeField(blank=True, null=True)),
                        ("wall_ends", symposia.shared.wall.WallTimeField(blank=True, null=True)),
                        ("heads", models.PositiveIntegerField(default=1)),
                        ("cost_minor", models.BigIntegerField(blank=True, null=True)),
                        ("currency", models.CharField(max_length=3)),
                        ("notes", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("requested", "Requested"),
                                    ("confirmed", "Confirmed"),
                                    ("delivered", "Delivered"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="arrangements_of_activity",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("heads__gt", 0)),
                                name="arrangement_is_for_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cost_minor__isnull", True),
                                    ("cost_minor__gte", 0),
                                    _connector="OR",
                                ),
                                name="arrangement_costs_no_less_than_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("wall_ends__isnull", True),
                                    ("wall_ends__gte", models.F("wall_starts")),
                                    _connector="OR",
                                ),
                                name="arrangement_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClosedDay",
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
                        ("day", models.DateField()),
                        ("name", models.CharField(max_length=120)),
                        (
                            "territory",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.territory",
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "day", "name"),
                                name="one_closed_day_per_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("filters", models.CharField(blank=True, max_length=500)),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("rotated_at", models.DateTimeField(blank=True, null=True)),
                        ("last_read_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "user"], name="feeds_of_a_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContentItem",
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
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.session",
                            ),
                        ),
                        (
                            "contributor",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.contributor",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "title"),
                                name="one_content_item_per_title",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContentVersion",
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
                                related_name="versions",
                                to="activities.contentitem",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
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
                        ("format", models.CharField(max_length=8)),
                        ("pages", models.PositiveIntegerField()),
                        ("fonts_missing", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_id", models.UUIDField(null=True)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "item", "number"),
                                name="one_content_version_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContentReview",
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
                            "version",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="activities.contentversion",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
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
                    name="SlideComment",
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
                            "version",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="activities.contentversion",
                            ),
                        ),
                        ("slide", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Disclosure",
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
                            "contributor",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="activities.contributor",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("looks_back_to", models.DateField()),
                        ("expires_on", models.DateField()),
                        ("nothing", models.BooleanField()),
                        (
                            "given_by",
                            models.CharField(
                                choices=[
                                    ("link", "Own link"),
                                    ("self", "Signed in"),
                                    ("spoken", "Said aloud"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("attested_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "contributor", "number"),
                                name="one_disclosure_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relationship",
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
                            "disclosure",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relationships",
                                to="activities.disclosure",
                            ),
                        ),
                        ("company", models.CharField(max_length=200)),
                        ("nature", models.CharField(max_length=20)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "disclosure", "company", "nature"),
                                name="one_relationship_once_per_disclosure",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RelevanceDecision",
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
                            "contributor",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.contributor",
                            ),
                        ),
                        ("company", models.CharField(max_length=200)),
                        ("nature", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_id", models.UUIDField(null=True)),
                        ("by_name", models.CharField(max_length=200)),
                        ("is_relevant", models.BooleanField()),
                        ("exception", models.CharField(blank=True, max_length=20)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "at"],
                                name="relevance_decided",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mitigation",
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
                            "contributor",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.contributor",
                            ),
                        ),
                        ("company", models.CharField(max_length=200)),
                        ("nature", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_id", models.UUIDField(null=True)),
                        ("by_name", models.CharField(max_length=200)),
                        ("step", models.CharField(max_length=20)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("note", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "at"],
                                name="mitigation_taken",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureExemption",
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
                        ("code", models.CharField(max_length=20)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                        (
                            "follows",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.disclosureexemption",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "follows"),
                                name="exemptions_follow_each_other",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExemptionEnd",
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
                            "exemption",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ends",
                                to="activities.disclosureexemption",
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "exemption"),
                                name="an_exemption_ends_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureStatement",
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
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "number"),
                                name="one_statement_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                                related_name="milestones",
                                to="activities.activity",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("days", models.SmallIntegerField()),
                        ("due_on", models.DateField()),
                        ("role", models.CharField(blank=True, max_length=40)),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("done_by_name", models.CharField(blank=True, max_length=200)),
                        ("reminded_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_at__isnull", True)),
                                fields=["organisation_id", "due_on"],
                                name="milestones_owed",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "title"),
                                name="one_milestone_once_per_activity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", True), ("done_by_name", "")),
                                    models.Q(
                                        ("done_at__isnull", False),
                                        models.Q(("done_by_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="done_milestone_says_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentSlot",
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
                                related_name="documents",
                                to="activities.activity",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("days", models.SmallIntegerField()),
                        ("due_on", models.DateField()),
                        ("role", models.CharField(blank=True, max_length=40)),
                        ("latest", models.PositiveIntegerField(default=0)),
                        ("waived_because", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "title"),
                                name="one_document_once_per_activity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentVersion",
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
                            "slot",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="activities.documentslot",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "file",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.storedfile",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("added_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "slot", "number"),
                                name="one_version_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExternalMember",
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
                        ("name", models.CharField(max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("agency", models.CharField(blank=True, max_length=200)),
                        (
                            "partner",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.agency",
                            ),
                        ),
                        ("task", models.CharField(max_length=200)),
                        ("access_until", models.DateField(blank=True, null=True)),
                        ("offer_id", models.UUIDField(blank=True, null=True)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("added_by_name", models.CharField(max_length=200)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"], name="externals_of_activity"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ended_at", None), models.Q(("email", ""), _negated=True)
                                ),
                                fields=("organisation_id", "activity", "email"),
                                name="one_external_member_per_address",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("access_until__isnull", True),
                                    models.Q(
                                        models.Q(("email", ""), _negated=True),
                                        ("offer_id__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_goes_to_an_address",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FacultyInvitation",
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
                            "contributor",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.contributor",
                            ),
                        ),
                        ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reminders", models.PositiveSmallIntegerField(default=0)),
                        ("accepted", models.BooleanField(null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                        ("travel", models.TextField(blank=True)),
                        ("travel_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "contributor"),
                                name="one_faculty_invitation_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted__isnull", True),
                                    ("answered_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="faculty_answer_has_its_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organiser",
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
                                related_name="organisers",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("direct", "Direct provider with us"),
                                    ("joint", "Joint provider that is not accredited"),
                                    (
                                        "association",
                                        "Association or college that holds the council's approval",
                                    ),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("council", models.CharField(blank=True, max_length=200)),
                        ("approval_number", models.CharField(blank=True, max_length=80)),
                        ("approval_entered_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("named_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_organiser_beside_us",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approval_number", ""),
                                    models.Q(
                                        ("approval_entered_at__isnull", False),
                                        ("part", "association"),
                                        models.Q(("council", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="approval_of_a_council_is_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Origin",
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
                            "source",
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
                                choices=[("clone", "Planned like"), ("recording", "Recording of")],
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "source"], name="made_from_activity"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_origin_per_activity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("activity", models.F("source")), _negated=True),
                                name="activity_is_not_its_own_origin",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Refresh",
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
                        (
                            "series",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.series",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("words", "Words"),
                                    ("objective", "Objective"),
                                    ("agenda", "Agenda"),
                                    ("disclosure", "Disclosure"),
                                    ("document", "Document"),
                                    ("milestone", "Milestone"),
                                    ("money", "Money"),
                                    ("people", "Invitation list"),
                                    ("place", "Place"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("statement", models.CharField(max_length=300)),
                        ("looked_at", models.DateTimeField(blank=True, null=True)),
                        ("looked_by_name", models.CharField(blank=True, max_length=200)),
                        ("note", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("looked_at__isnull", True)),
                                fields=["organisation_id", "activity"],
                                name="refresh_still_open",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("activity__isnull", True), ("series__isnull", False)),
                                    models.Q(("activity__isnull", False), ("series__isnull", True)),
                                    _connector="OR",
                                ),
                                name="refresh_is_of_an_activity_or_a_series",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("looked_at__isnull", True), ("looked_by_name", "")),
                                    models.Q(
                                        ("looked_at__isnull", False),
                                        models.Q(("looked_by_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="refreshed_says_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnduringTerm",
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
                        ("released_on", models.DateField()),
                        ("review_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("reviewed_on", models.DateField(blank=True, null=True)),
                        ("outcome", models.CharField(blank=True, max_length=300)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_term_per_enduring_activity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__gte", models.F("released_on")),
                                    ("review_on__gte", models.F("released_on")),
                                ),
                                name="enduring_ends_and_is_reviewed_after_release",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reviewed_on__isnull", True),
                                    models.Q(("outcome", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="review_of_enduring_has_an_outcome",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionObjective",
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
                                related_name="objective_links",
                                to="activities.session",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "session", "objective"),
                                name="one_objective_once_per_session",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnType",
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
                            "code",
                            models.CharField(
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
                        ("title", models.CharField(max_length=120)),
                        (
                            "delivery",
                            models.CharField(
                                choices=[
                                    ("in_person", "In person"),
                                    ("online", "Online"),
                                    ("hybrid", "In person and online"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "code"), name="one_own_copy_per_type"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gt", 0)), name="own_type_lasts"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnTypeLine",
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
                            "type",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="activities.owntype",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("milestone", "Milestone"),
                                    ("document", "Document"),
                                    ("field", "Question"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("days", models.SmallIntegerField(default=0)),
                        ("role", models.CharField(blank=True, max_length=40)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "type", "kind", "title"),
                                name="one_line_once_per_own_type",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TypeAnswer",
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
                                related_name="type_answers",
                                to="activities.activity",
                            ),
                        ),
                        ("question", models.CharField(max_length=200)),
                        ("answer", models.CharField(max_length=500)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "question"),
                                name="one_answer_per_question_of_the_type",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Equipment",
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
                            "venue",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.venue",
                            ),
                        ),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "name"), name="one_equipment_per_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionEquipment",
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
                                related_name="equipment_links",
                                to="activities.session",
                            ),
                        ),
                        (
                            "equipment",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.equipment",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "session", "equipment"),
                                name="one_thing_once_per_session",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
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
                                related_name="bookings",
                                to="activities.session",
                            ),
                        ),
                        (
                            "room",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.room",
                            ),
                        ),
                        (
                            "equipment",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.equipment",
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
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "session"], name="bookings_of_a_session"
                            )
                        ],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("room__isnull", False)),
                                expressions=[
                                    (models.F("organisation_id"), "="),
                                    (models.F("room"), "="),
                                    (
                                        models.Func(
                                            models.F("starts_at"),
                                            models.F("ends_at"),
                                            models.Value("[)"),
                                            function="TSTZRANGE",
                                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="booking_room_at_one_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("equipment__isnull", False)),
                                expressions=[
                                    (models.F("organisation_id"), "="),
                                    (models.F("equipment"), "="),
                                    (
                                        models.Func(
                                            models.F("starts_at"),
                                            models.F("ends_at"),
                                            models.Value("[)"),
                                            function="TSTZRANGE",
                                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="booking_equipment_at_one_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("clinician__isnull", False)),
                                expressions=[
                                    (models.F("organisation_id"), "="),
                                    (models.F("clinician"), "="),
                                    (
                                        models.Func(
                                            models.F("starts_at"),
                                            models.F("ends_at"),
                                            models.Value("[)"),
                                            function="TSTZRANGE",
                                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="booking_clinician_at_one_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("clinician__isnull", True),
                                        ("equipment__isnull", True),
                                        ("room__isnull", False),
                                    ),
                                    models.Q(
                                        ("clinician__isnull", True),
                                        ("equipment__isnull", False),
                                        ("room__isnull", True),
                                    ),
                                    models.Q(
                                        ("clinician__isnull", False),
                                        ("equipment__isnull", True),
                                        ("room__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="booking_is_of_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="booking_lasts",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
