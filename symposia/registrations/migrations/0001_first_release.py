import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("registrations", "0001_initial"),
        ("registrations", "0002_waitlists_that_explain_themselves"),
        ("registrations", "0003_places_counted_apart"),
        ("registrations", "0004_who_may_come"),
        ("registrations", "0005_keys_of_tickets"),
        ("registrations", "0006_places_of_sessions"),
        ("registrations", "0007_questions_at_registration"),
        ("registrations", "0008_apologies"),
        ("registrations", "0009_enrolled_by_a_group"),
    ]

    initial = True

    dependencies = [
        ("activities", "0001_first_release"),
        ("directory", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="TicketKey",
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
                        ("public_key", models.CharField(max_length=64)),
                        ("reason", models.CharField(max_length=300)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"),
                                name="one_ticket_key_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gt", 1)),
                                name="the_first_key_needs_no_row",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Places",
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
                        ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                        ("taken", models.PositiveIntegerField(default=0)),
                        ("waiting", models.PositiveIntegerField(default=0)),
                        ("beyond", models.PositiveIntegerField(default=0)),
                        ("kept", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_count_of_places_per_activity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("capacity__isnull", True),
                                    (
                                        "capacity__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("taken"), "+", models.F("kept")
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="no_more_places_than_the_capacity",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Share",
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
                                    ("group", "Kept for a group"),
                                    ("form", "In person or online"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=120)),
                        (
                            "profession",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("physician", "Physician"),
                                    ("physician_assistant", "Physician assistant"),
                                    ("nurse_practitioner", "Nurse practitioner"),
                                    ("nurse", "Nurse"),
                                    ("pharmacist", "Pharmacist"),
                                    ("dentist", "Dentist"),
                                    ("psychologist", "Psychologist"),
                                    ("social_worker", "Social worker"),
                                    ("optometrist", "Optometrist"),
                                    ("podiatrist", "Podiatrist"),
                                    ("dietitian", "Dietitian"),
                                    ("technician", "Pharmacy technician"),
                                    ("student", "Student or trainee"),
                                    ("other", "Other profession"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                blank=True,
                                choices=[("in_person", "In person"), ("online", "Online")],
                                max_length=10,
                            ),
                        ),
                        ("capacity", models.PositiveIntegerField()),
                        ("taken", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"], name="shares_of_an_activity"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("form", ""), _negated=True),
                                fields=("organisation_id", "activity", "form"),
                                name="one_share_per_form_of_attendance",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("profession", ""), _negated=True),
                                fields=("organisation_id", "activity", "profession"),
                                name="one_share_per_profession",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("taken__lte", models.F("capacity"))),
                                name="no_more_places_than_the_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "form"), models.Q(("form", ""), _negated=True)
                                    ),
                                    models.Q(("kind", "group"), ("form", "")),
                                    _connector="OR",
                                ),
                                name="a_share_says_what_it_is_a_part_of",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaitlistTerms",
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
                        ("offer_hours", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("passes_over", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_waitlist_per_activity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("offer_hours__isnull", True),
                                    ("offer_hours__gt", 0),
                                    _connector="OR",
                                ),
                                name="an_offer_is_kept_for_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Admission",
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
                                    ("open", "Whoever asks"),
                                    ("moderated", "Whoever the office says yes to"),
                                    ("invited", "Nobody: by invitation alone"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_admission_per_activity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Party",
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
                        ("asked_by_name", models.CharField(max_length=200)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="parties_of_an_activity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Registration",
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
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "Requested"),
                                    ("confirmed", "Place confirmed"),
                                    ("queued", "On the waitlist"),
                                    ("offered", "Place offered"),
                                    ("cancelled", "Cancelled"),
                                    ("declined", "Declined"),
                                    ("lapsed", "Offer not taken"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("invitation", "Invitation"),
                                    ("open", "Public page"),
                                    ("office", "Entered by the office"),
                                    ("walk_in", "Walk-in"),
                                    ("group", "Enrolled by the manager of a group"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("ticket_code", models.CharField(max_length=8)),
                        ("beyond_capacity", models.BooleanField(default=False)),
                        ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "party",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.party",
                            ),
                        ),
                        (
                            "group",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.share",
                            ),
                        ),
                        (
                            "drawn_from",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.share",
                            ),
                        ),
                        (
                            "attending",
                            models.CharField(
                                blank=True,
                                choices=[("in_person", "In person"), ("online", "Online")],
                                max_length=10,
                            ),
                        ),
                        ("offered_at", models.DateTimeField(blank=True, null=True)),
                        ("offered_until", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_because", models.CharField(blank=True, max_length=300)),
                        ("declined_because", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "queued")),
                                fields=["organisation_id", "activity", "requested_at", "id"],
                                name="the_waitlist",
                            ),
                            models.Index(
                                fields=["organisation_id", "clinician", "-requested_at"],
                                name="registrations_of_a_clinician",
                            ),
                            models.Index(
                                condition=models.Q(("state", "offered")),
                                fields=["organisation_id", "offered_until"],
                                name="offers_that_run",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["requested", "confirmed", "queued", "offered"])
                                ),
                                fields=("organisation_id", "activity", "clinician"),
                                name="one_current_registration_per_clinician",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "ticket_code"),
                                name="one_registration_per_ticket_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_confirmed_place_says_since_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    ("cancelled_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_cancelled_place_says_since_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "offered"), _negated=True),
                                    ("offered_until__gt", models.F("offered_at")),
                                    _connector="OR",
                                ),
                                name="an_offered_place_says_until_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegistrationQuestion",
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
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("text", "In words"),
                                    ("choice", "One of several"),
                                    ("several", "Any of several"),
                                    ("yes_no", "Yes or no"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "need",
                            models.CharField(
                                blank=True,
                                choices=[("dietary", "Meals"), ("access", "Access")],
                                max_length=8,
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
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
                        ("required", models.BooleanField(default=False)),
                        (
                            "parent",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registrationquestion",
                            ),
                        ),
                        ("parent_answer", models.CharField(blank=True, max_length=120)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "position"],
                                name="questions_of_a_registration",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["choice", "several"]), _negated=True),
                                    ("choices__len__gte", 2),
                                    _connector="OR",
                                ),
                                name="a_question_of_choice_offers_answers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("parent__isnull", True), ("parent_answer", "")),
                                    models.Q(
                                        ("parent__isnull", False),
                                        models.Q(("parent_answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_question_says_after_which_answer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegistrationAnswer",
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
                            "question",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registrations.registrationquestion",
                            ),
                        ),
                        ("question_version", models.PositiveSmallIntegerField()),
                        ("asked", models.CharField(max_length=300)),
                        (
                            "values",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=500),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "registration", "question", "-given_at"],
                                name="answers_of_a_registration",
                            ),
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="registration_answers_of",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionPlaces",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="activities.session",
                            ),
                        ),
                        ("capacity", models.PositiveIntegerField()),
                        ("taken", models.PositiveIntegerField(default=0)),
                        ("waiting", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="session_places_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "session"),
                                name="one_count_of_places_per_session",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("taken__lte", models.F("capacity"))),
                                name="no_more_places_than_the_session_has",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionChoice",
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
                            "session",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.session",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Place confirmed"),
                                    ("queued", "On the waitlist"),
                                    ("ended", "Given up"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "queued")),
                                fields=["organisation_id", "session", "asked_at", "id"],
                                name="the_waitlist_of_a_session",
                            ),
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="session_choices_of_an_activity",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "ended"), _negated=True),
                                fields=("organisation_id", "registration", "session"),
                                name="one_current_choice_per_session",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_place_in_a_session_says_since_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ended"), _negated=True),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_choice_given_up_says_since_when",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
