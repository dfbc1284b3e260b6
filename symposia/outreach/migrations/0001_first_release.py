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
        ("outreach", "0001_initial"),
        ("outreach", "0002_campaigns"),
        ("outreach", "0003_segments_as_audience"),
        ("outreach", "0004_reminders"),
        ("outreach", "0005_waves_by_post"),
        ("outreach", "0006_waves_by_text"),
        ("outreach", "0007_answers_of_campaigns"),
        ("outreach", "0008_invitations_taken_over"),
        ("outreach", "0009_commitments_followed_up"),
        ("outreach", "0010_reminders_of_sessions"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("activities", "0001_first_release"),
        ("directory", "0001_first_release"),
        ("notifications", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Allotment",
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
                            "representative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("quantity", models.PositiveIntegerField()),
                        ("until_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("given_back", "Given back")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("given_back", models.PositiveIntegerField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("organisation_id", "activity", "representative"),
                                name="one_open_allotment_per_representative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)),
                                name="an_allotment_is_of_some",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovedClinician",
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
                            "allotment",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approved",
                                to="outreach.allotment",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "allotment", "clinician"),
                                name="approved_once_per_allotment",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                                    ("sent", "No answer yet"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="sent",
                                max_length=10,
                            ),
                        ),
                        ("address", models.EmailField(max_length=254)),
                        ("invited_by_id", models.UUIDField(null=True)),
                        ("invited_by_name", models.CharField(max_length=200)),
                        (
                            "taken_over_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("replied_at", models.DateTimeField(blank=True, null=True)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "state"],
                                name="invitations_by_state",
                            ),
                            models.Index(
                                fields=["organisation_id", "clinician"],
                                name="invitations_of_a_clinician",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "clinician"),
                                name="one_invitation_per_clinician",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarChange",
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
                        ("sequence", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("moved", "Time or place changed"),
                                    ("postponed", "Postponed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity", "sequence"),
                                name="one_change_per_sequence",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("released", "Sent out"),
                                    ("discarded", "Discarded"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("people", "Chosen people"),
                                    ("filter", "Everybody who fits a filter"),
                                    ("segment", "Everybody of a segment"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("audience_filter", models.CharField(blank=True, max_length=1000)),
                        (
                            "segment",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.segment",
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("subject", models.CharField(blank=True, max_length=200)),
                        ("body", models.TextField(blank=True)),
                        (
                            "answers_to",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_by_id", models.UUIDField(null=True)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "-made_at"],
                                name="campaigns_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_campaign_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("audience", "segment"), ("segment__isnull", False)),
                                    models.Q(
                                        models.Q(("audience", "segment"), _negated=True),
                                        ("segment__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_audience_of_a_segment_names_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wave",
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
                            "campaign",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waves",
                                to="outreach.campaign",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "aim",
                            models.CharField(
                                choices=[
                                    ("new", "Who was not asked yet"),
                                    ("unanswered", "Who has not answered"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "E-mail"),
                                    ("sms", "Text message"),
                                    ("chat", "Chat message"),
                                    ("phone", "Telephone"),
                                    ("post", "Post"),
                                ],
                                default="email",
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("released", "On its way"),
                                    ("done", "Sent"),
                                    ("recalled", "Recalled"),
                                ],
                                default="released",
                                max_length=10,
                            ),
                        ),
                        ("local_time", symposia.shared.wall.WallTimeField(blank=True, null=True)),
                        ("leaves_from", models.DateTimeField()),
                        ("released_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("released_by_id", models.UUIDField(null=True)),
                        ("released_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "campaign", "number"),
                                name="one_wave_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recipient",
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
                            "campaign",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="outreach.campaign",
                            ),
                        ),
                        (
                            "wave",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="outreach.wave",
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
                                    ("chosen", "Chosen"),
                                    ("waiting", "Waiting"),
                                    ("sent", "Sent"),
                                    ("skipped", "Skipped"),
                                    ("recalled", "Recalled"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("due_at", models.DateTimeField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=40)),
                        ("why", models.CharField(blank=True, max_length=300)),
                        (
                            "invitation",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="outreach.invitation",
                            ),
                        ),
                        (
                            "delivery",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="notifications.delivery",
                            ),
                        ),
                        (
                            "text",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="notifications.textmessage",
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "wave", "state", "due_at"],
                                name="recipients_due",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("wave__isnull", True)),
                                fields=("organisation_id", "campaign", "clinician"),
                                name="chosen_once_per_campaign",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("wave__isnull", False)),
                                fields=("organisation_id", "wave", "clinician"),
                                name="one_recipient_per_wave",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                            "trigger",
                            models.CharField(
                                choices=[
                                    ("invitation", "Invitation without an answer"),
                                    ("place", "Place confirmed"),
                                    ("offer", "Offered place not taken yet"),
                                    ("start", "Activity about to begin"),
                                    ("evaluation", "Evaluation not answered"),
                                    ("session", "Sessions not evaluated"),
                                    ("disclosure", "Disclosure owed"),
                                    ("commitment", "Commitment to change, not done yet"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("hours", models.PositiveSmallIntegerField()),
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
                            "segment",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.segment",
                            ),
                        ),
                        ("on_since", models.DateTimeField(null=True)),
                        ("made_by_name", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=(
                                    "organisation_id",
                                    "trigger",
                                    "hours",
                                    "activity",
                                    "segment",
                                ),
                                name="one_reminder_per_moment",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("hours__gt", 0), ("hours__lte", 8760)),
                                name="a_reminder_has_its_hour",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderPause",
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
                            "reminder",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="outreach.reminder",
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
                                fields=("organisation_id", "reminder", "activity"),
                                name="paused_once_per_activity",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminded",
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
                            "reminder",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="outreach.reminder",
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
                        ("subject_id", models.UUIDField()),
                        ("moment", models.DateTimeField()),
                        ("name", models.CharField(max_length=200)),
                        (
                            "clinician",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.clinician",
                            ),
                        ),
                        (
                            "delivery",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="notifications.delivery",
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity", "-at"],
                                name="reminded_of_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "reminder", "subject_id", "moment"),
                                name="reminded_once_per_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("delivery__isnull", True), ("why__gt", "")),
                                    models.Q(("delivery__isnull", False), ("why", "")),
                                    _connector="OR",
                                ),
                                name="written_to_or_why_not",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
