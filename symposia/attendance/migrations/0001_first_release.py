import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("attendance", "0001_initial"),
        ("attendance", "0002_evidence_from_every_source"),
        ("attendance", "0003_logs_of_meetings"),
        ("attendance", "0004_phones_at_the_door"),
        ("attendance", "0005_codes_of_rooms_and_sessions"),
        ("attendance", "0006_sign_in_sheets"),
        ("attendance", "0007_badges"),
        ("attendance", "0008_connections_to_meetings"),
        ("attendance", "0009_presence_checks_and_bands"),
        ("attendance", "0010_told_late"),
    ]

    initial = True

    dependencies = [
        ("activities", "0001_first_release"),
        ("registrations", "0001_first_release"),
        ("work", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="BadgeDesign",
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
                            "size",
                            models.CharField(
                                choices=[
                                    ("card", "Card, 86 x 54 mm"),
                                    ("convention", "Holder, 102 x 76 mm"),
                                    ("a6", "A6, 105 x 148 mm"),
                                    ("roll", "Label of a 62 mm roll"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "shows",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("credential", "Credential"),
                                        ("institution", "Institution"),
                                        ("profession", "Profession"),
                                        ("city", "City"),
                                        ("activity", "Title of the activity"),
                                        ("number", "Code on the ticket"),
                                    ],
                                    max_length=12,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("has_code", models.BooleanField(default=True)),
                        ("band", models.CharField(blank=True, max_length=30)),
                        (
                            "logo",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.storedfile",
                            ),
                        ),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_badge_design_per_activity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BadgeBand",
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
                            "design",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attendance.badgedesign",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("faculty", "Faculty"),
                                    ("student", "Student or trainee"),
                                    ("physician", "Physician"),
                                    ("nurse", "Nurse"),
                                    ("pharmacist", "Pharmacist"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("word", models.CharField(max_length=30)),
                        (
                            "colour",
                            models.CharField(
                                choices=[
                                    ("ink", "Ink"),
                                    ("teal", "Teal"),
                                    ("blue", "Blue"),
                                    ("violet", "Violet"),
                                    ("red", "Red"),
                                    ("amber", "Amber"),
                                ],
                                max_length=6,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "design", "role"),
                                name="one_band_per_role",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Badge",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for the printer"),
                                    ("printed", "Printed"),
                                    ("dropped", "Not printed"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("queued_by_name", models.CharField(max_length=200)),
                        ("run", models.UUIDField(blank=True, null=True)),
                        ("printed_at", models.DateTimeField(blank=True, null=True)),
                        ("printed_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "queued_at"],
                                name="badges_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("organisation_id", "registration"),
                                name="one_badge_waits_per_registration",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "printed"), _negated=True),
                                    models.Q(
                                        ("printed_at__isnull", False),
                                        ("run__isnull", False),
                                        models.Q(("printed_by_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_printed_badge_says_when_and_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PresenceCheck",
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
                        ("question", models.CharField(blank=True, max_length=200)),
                        (
                            "options",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "-asked_at"],
                                name="checks_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gte", models.F("asked_at"))),
                                name="a_check_closes_after_it_is_asked",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckAnswer",
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
                            "asked",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attendance.presencecheck",
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
                        ("choice", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="answers_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "asked", "registration"),
                                name="one_answer_per_check_and_place",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoomCode",
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
                        ("place", models.CharField(max_length=40)),
                        ("seconds", models.PositiveSmallIntegerField()),
                        ("opens_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "-opens_at"],
                                name="room_codes_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="a_window_closes_after_it_opens",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("seconds__gte", 30), ("seconds__lte", 60)),
                                name="a_room_code_changes_in_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    models.Q(("ended_by_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="an_ended_room_code_says_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionCode",
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
                        ("code", models.CharField(max_length=8)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_by_name", models.CharField(blank=True, max_length=200)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="session_codes_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "code"),
                                name="one_session_per_session_code",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("organisation_id", "session"),
                                name="one_living_code_per_session",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    models.Q(("ended_by_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="an_ended_session_code_says_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnmatchedPerson",
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
                        ("identity", models.CharField(max_length=300)),
                        ("name", models.CharField(max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("profession", models.CharField(blank=True, max_length=40)),
                        ("institution", models.CharField(blank=True, max_length=200)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Nobody knows who this is"),
                                    ("matched", "Matched"),
                                    ("left_out", "Left out"),
                                ],
                                default="open",
                                max_length=10,
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
                        ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_by_name", models.CharField(blank=True, max_length=200)),
                        ("settled_because", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "identity"),
                                name="one_unmatched_person_per_identity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("registration__isnull", False), ("state", "matched")),
                                    models.Q(
                                        models.Q(("state", "matched"), _negated=True),
                                        ("registration__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_matched_person_has_a_place",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
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
                                    ("unmatched", "Nobody knows who this is"),
                                    ("two_tickets", "One person with two places"),
                                    ("no_check_out", "No check-out"),
                                    ("both_places", "In the room and online at once"),
                                    ("clock", "The clock of the device was wrong"),
                                    ("before_place", "Seen before there was a place"),
                                    ("no_place", "Seen without a place"),
                                    ("checks", "Presence checks not answered"),
                                    ("told_late", "Told long after it happened"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("fingerprint", models.CharField(max_length=64)),
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
                        (
                            "other",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registration",
                            ),
                        ),
                        (
                            "person",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attendance.unmatchedperson",
                            ),
                        ),
                        (
                            "candidate",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registration",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("seconds", models.IntegerField(blank=True, null=True)),
                        ("evidence", models.JSONField(default=list)),
                        ("proposal", models.CharField(max_length=12)),
                        ("because", models.CharField(blank=True, max_length=20)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("decided", "Decided"),
                                    ("gone", "No longer so"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("choice", models.CharField(blank=True, max_length=12)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_id", models.UUIDField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                        ("written", models.JSONField(default=list)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["organisation_id", "activity"],
                                name="open_conflicts_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "kind", "fingerprint"),
                                name="one_conflict_per_set_of_observations",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "decided"), _negated=True),
                                    models.Q(
                                        models.Q(("choice", ""), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_decided_conflict_says_how",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("registration__isnull", False),
                                    ("person__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_conflict_is_about_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reconciliation",
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
                        ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("signed_by_id", models.UUIDField(blank=True, null=True)),
                        ("signed_by_name", models.CharField(max_length=200)),
                        ("statement", models.CharField(max_length=300)),
                        ("people", models.PositiveIntegerField()),
                        ("minutes", models.PositiveIntegerField()),
                        ("decisions", models.PositiveIntegerField()),
                        ("minutes_hash", models.CharField(max_length=64)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "-signed_at"],
                                name="signatures_of_attendance",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingConnection",
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
                            "vendor",
                            models.CharField(
                                choices=[
                                    ("zoom", "Zoom"),
                                    ("teams", "Microsoft Teams"),
                                    ("webex", "Webex"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("meeting", models.CharField(max_length=500)),
                        ("secret", models.CharField(max_length=400)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "-made_at"],
                                name="connections_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("organisation_id", "activity", "vendor", "meeting"),
                                name="one_living_connection_per_meeting",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    models.Q(("ended_by_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="an_ended_connection_says_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConnectionReport",
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
                            "connection",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="attendance.meetingconnection",
                            ),
                        ),
                        ("heard_at", models.DateTimeField(blank=True, null=True)),
                        ("kept", models.PositiveIntegerField(default=0)),
                        ("passed_over", models.PositiveIntegerField(default=0)),
                        ("refused", models.PositiveIntegerField(default=0)),
                        ("refused_at", models.DateTimeField(blank=True, null=True)),
                        ("refused_code", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "connection"),
                                name="one_report_per_connection",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DoorDevice",
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
                        ("door", models.CharField(max_length=40)),
                        ("holder", models.CharField(max_length=80)),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("in", "Coming in"),
                                    ("out", "Going out"),
                                    ("both", "Both ways"),
                                ],
                                default="in",
                                max_length=4,
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("standard", "Until it is tapped"),
                                    ("express", "A moment, then the next person"),
                                ],
                                default="standard",
                                max_length=8,
                            ),
                        ),
                        ("code_hash", models.CharField(max_length=64)),
                        ("code_expires_at", models.DateTimeField()),
                        ("key_hash", models.CharField(blank=True, max_length=64)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("on_duty_id", models.UUIDField()),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("paired_at", models.DateTimeField(blank=True, null=True)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "-made_at"],
                                name="devices_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "code_hash"),
                                name="one_device_per_pairing_code",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("key_hash", ""), _negated=True),
                                fields=("organisation_id", "key_hash"),
                                name="one_device_per_key",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("key_hash", ""), ("paired_at__isnull", True)),
                                    models.Q(
                                        ("paired_at__isnull", False),
                                        models.Q(("key_hash", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_paired_device_has_a_key",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at__isnull", True),
                                    models.Q(("revoked_by_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_revoked_device_says_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeviceReport",
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
                            "device",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="attendance.doordevice",
                            ),
                        ),
                        ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("pending", models.PositiveIntegerField(default=0)),
                        ("refused", models.PositiveIntegerField(default=0)),
                        ("people", models.PositiveIntegerField(default=0)),
                        ("pack_at", models.DateTimeField(blank=True, null=True)),
                        ("clock_offset", models.IntegerField(default=0)),
                        ("battery", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "device"), name="one_report_per_device"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PresenceEvidence",
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
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registration",
                            ),
                        ),
                        (
                            "person",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attendance.unmatchedperson",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("in", "Check-in"),
                                    ("out", "Check-out"),
                                    ("walk_in", "Walk-in"),
                                    ("mark", "Marked present"),
                                    ("span", "There from and until"),
                                    ("undo", "Taken back"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("scan", "Ticket scanned"),
                                    ("typed", "Code typed"),
                                    ("desk", "Found by name at the door"),
                                    ("manual", "Entered by the office"),
                                    ("self", "Checked in by oneself"),
                                    ("code", "Session code claimed"),
                                    ("sheet", "Signed on the list"),
                                    ("import", "Taken from a file"),
                                    ("virtual", "Log of the online meeting"),
                                    ("poll", "Answered a presence check"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("undoes", models.UUIDField(blank=True, null=True)),
                        ("occurred_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("device_time", models.DateTimeField(blank=True, null=True)),
                        ("server_time", models.DateTimeField(default=django.utils.timezone.now)),
                        ("clock_offset", models.IntegerField(blank=True, null=True)),
                        ("device", models.CharField(blank=True, max_length=40)),
                        ("sequence", models.PositiveIntegerField(blank=True, null=True)),
                        ("by_id", models.UUIDField(blank=True, null=True)),
                        ("by_name", models.CharField(blank=True, max_length=200)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "taken_from",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.import",
                            ),
                        ),
                        ("changed_presence", models.BooleanField(default=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "registration", "occurred_at"],
                                name="evidence_of_a_registration",
                            ),
                            models.Index(
                                fields=["organisation_id", "activity", "-server_time"],
                                name="evidence_of_an_activity",
                            ),
                            models.Index(
                                condition=models.Q(("person__isnull", False)),
                                fields=["organisation_id", "person"],
                                name="evidence_of_the_unmatched",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "event_uuid"),
                                name="one_observation_per_event_uuid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "undo"), ("undoes__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "undo"), _negated=True),
                                        ("undoes__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_undo_names_what_it_takes_back",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("registration__isnull", False),
                                    ("person__isnull", False),
                                    _connector="OR",
                                ),
                                name="evidence_is_of_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ends_at__gt", models.F("occurred_at")), ("kind", "span")
                                    ),
                                    models.Q(
                                        models.Q(("kind", "span"), _negated=True),
                                        ("ends_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_span_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
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
                        ("is_inside", models.BooleanField()),
                        ("event_uuid", models.UUIDField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="standings_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration"),
                                name="one_standing_per_registration",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PresenceFile",
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
                        (
                            "format",
                            models.CharField(
                                choices=[
                                    ("zoom", "Zoom, participants of a meeting"),
                                    ("teams", "Microsoft Teams, attendance report"),
                                    ("webex", "Webex, attendees of a meeting"),
                                    ("other", "A table of your own"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[("online", "Online"), ("room", "In the room")],
                                max_length=10,
                            ),
                        ),
                        ("zone", models.CharField(max_length=40)),
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
                        ("handed_in_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "-handed_in_at"],
                                name="presence_files_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "made"),
                                name="one_presence_file_per_import",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PresenceRule",
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
                            "no_leave",
                            models.CharField(
                                choices=[
                                    ("whole_session", "To the end of the session"),
                                    ("next_evidence", "Until the person was last seen"),
                                    ("desk", "The desk decides"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("claim_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("checks_percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "checks_short",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("desk", "The desk decides"),
                                    ("capped", "Minutes online count up to the last answer"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("reason", models.CharField(max_length=300)),
                        ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "type", "-valid_from"],
                                name="presence_rules_of_a_type",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("checks_percent__isnull", True), ("checks_short", "")
                                    ),
                                    models.Q(
                                        ("checks_percent__lte", 100),
                                        models.Q(("checks_short", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_share_of_checks_says_what_follows",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInSheet",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=8)),
                        ("printed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("printed_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "number"),
                                name="one_sheet_per_number_and_activity",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "code"), name="one_sheet_per_code"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetRow",
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
                            "sheet",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="attendance.signinsheet",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
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
                            "photo",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.storedfile",
                            ),
                        ),
                        ("entered_at", models.DateTimeField(blank=True, null=True)),
                        ("entered_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "sheet", "position"),
                                name="one_row_per_sheet_position",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "sheet", "registration"),
                                name="one_row_per_sheet_registration",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("entered_at__isnull", True), ("photo__isnull", True)),
                                    models.Q(
                                        ("entered_at__isnull", False),
                                        ("photo__isnull", False),
                                        models.Q(("entered_by_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_signed_row_has_its_photograph",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
