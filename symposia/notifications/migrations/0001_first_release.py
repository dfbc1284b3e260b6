import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_reports_of_mail_servers"),
        ("notifications", "0003_versions_of_words"),
        ("notifications", "0004_text_messages"),
        ("notifications", "0005_pace_by_domain"),
        ("notifications", "0006_sender_domains"),
        ("notifications", "0007_chat_messages"),
        ("notifications", "0008_papers_that_go_with_messages"),
    ]

    initial = True

    dependencies = [
        ("work", "0001_first_release"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="MessageVersion",
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
                        ("code", models.CharField(max_length=80)),
                        ("language", models.CharField(max_length=10)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("subject", models.CharField(max_length=200)),
                        ("preview", models.CharField(blank=True, max_length=200)),
                        ("body", models.TextField()),
                        ("written_by_name", models.CharField(max_length=200)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "code", "language", "number"),
                                name="one_version_of_words_per_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MessageTemplate",
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
                        ("code", models.CharField(max_length=80)),
                        ("language", models.CharField(max_length=10)),
                        ("subject", models.CharField(max_length=200)),
                        ("preview", models.CharField(blank=True, max_length=200)),
                        ("body", models.TextField()),
                        (
                            "version",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="notifications.messageversion",
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "code", "language"),
                                name="one_wording_per_language",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
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
                        ("template_code", models.CharField(max_length=80)),
                        ("language", models.CharField(max_length=10)),
                        ("from_name", models.CharField(blank=True, max_length=200)),
                        ("to_address", models.EmailField(max_length=254)),
                        ("to_name", models.CharField(blank=True, max_length=200)),
                        ("subject", models.CharField(max_length=300)),
                        ("html", models.TextField()),
                        ("text", models.TextField()),
                        ("links", models.JSONField(default=list)),
                        ("unsubscribe_link", models.CharField(blank=True, max_length=500)),
                        ("reply_to", models.EmailField(blank=True, max_length=254)),
                        ("calendar", models.TextField(blank=True)),
                        (
                            "attachment",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="work.storedfile",
                            ),
                        ),
                        ("subject_type", models.CharField(blank=True, max_length=80)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("sending", "Sending"),
                                    ("sent", "Sent"),
                                    ("failed", "Failed"),
                                    ("bounced", "Address refused"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "next_attempt_at",
                            models.DateTimeField(default=django.utils.timezone.now),
                        ),
                        ("slot_at", models.DateTimeField(blank=True, null=True)),
                        ("claimed_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.CharField(blank=True, max_length=500)),
                        ("may_be_duplicate", models.BooleanField(default=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-queued_at"], name="deliveries_latest"
                            ),
                            models.Index(
                                fields=["organisation_id", "state", "next_attempt_at"],
                                name="deliveries_due",
                            ),
                            models.Index(
                                fields=["organisation_id", "subject_id"],
                                name="deliveries_of_a_record",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suppression",
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
                        ("address", models.EmailField(max_length=254)),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("asked", "Asked for no more invitations"),
                                    ("bounced", "Mail server says there is no such address"),
                                    ("complained", "Reported a message as unwanted"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("diagnostic", models.CharField(blank=True, max_length=500)),
                        ("since", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "address"),
                                name="one_suppression_per_address",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SenderDomain",
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
                        ("domain", models.CharField(max_length=253)),
                        ("from_address", models.EmailField(max_length=254)),
                        ("selector", models.CharField(max_length=63)),
                        ("public_key", models.TextField()),
                        ("private_key", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "Not checked yet"),
                                    ("holds", "In use"),
                                    ("failing", "Not in use"),
                                ],
                                default="new",
                                max_length=10,
                            ),
                        ),
                        ("findings", models.JSONField(default=list)),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        ("asked_at", models.DateTimeField(blank=True, null=True)),
                        ("unanswered_at", models.DateTimeField(blank=True, null=True)),
                        ("changed_by_name", models.CharField(max_length=200)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id",),
                                name="one_sender_domain_per_organisation",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DomainPace",
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
                        ("domain", models.CharField(max_length=253)),
                        ("per_minute", models.PositiveIntegerField()),
                        ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_by_name", models.CharField(max_length=200)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "domain"), name="one_pace_per_domain"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("per_minute__gt", 0)), name="a_pace_moves"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextMessage",
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
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text message"), ("chat", "Chat message")],
                                default="sms",
                                max_length=8,
                            ),
                        ),
                        ("template_code", models.CharField(max_length=80)),
                        ("language", models.CharField(max_length=10)),
                        ("to_number", models.CharField(max_length=20)),
                        ("to_name", models.CharField(blank=True, max_length=200)),
                        ("body", models.TextField()),
                        ("sender_id", models.CharField(max_length=20)),
                        ("entity_id", models.CharField(blank=True, max_length=40)),
                        ("template_id", models.CharField(blank=True, max_length=120)),
                        ("parameters", models.JSONField(default=list)),
                        ("subject_type", models.CharField(blank=True, max_length=80)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("sending", "Sending"),
                                    ("sent", "Taken by the gateway"),
                                    ("delivered", "Delivered"),
                                    ("undelivered", "Not delivered"),
                                    ("failed", "Refused by the gateway"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "next_attempt_at",
                            models.DateTimeField(default=django.utils.timezone.now),
                        ),
                        ("claimed_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("gateway_id", models.CharField(blank=True, max_length=120)),
                        ("error", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-queued_at"], name="texts_latest"
                            ),
                            models.Index(
                                fields=["organisation_id", "subject_id"], name="texts_of_a_record"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextSender",
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
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text message"), ("chat", "Chat message")],
                                default="sms",
                                max_length=8,
                            ),
                        ),
                        ("sender_id", models.CharField(max_length=20)),
                        ("entity_id", models.CharField(blank=True, max_length=40)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "channel"),
                                name="one_text_sender_per_channel",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextTemplate",
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
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text message"), ("chat", "Chat message")],
                                default="sms",
                                max_length=8,
                            ),
                        ),
                        ("code", models.CharField(max_length=80)),
                        ("language", models.CharField(max_length=10)),
                        ("template_id", models.CharField(max_length=120)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "channel", "code", "language"),
                                name="one_registered_text_per_channel_and_language",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
