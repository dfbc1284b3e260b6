import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.conf import settings
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_roles_that_decide_wait_for_a_second"),
        ("accounts", "0003_an_offered_role_may_end"),
        ("accounts", "0004_support_views"),
        ("accounts", "0005_changes_of_access_wait_for_a_second"),
        ("accounts", "0006_who_accepted_an_offer"),
        ("accounts", "0007_administrators_may_look_as_others"),
        ("accounts", "0008_bills_are_handed_in"),
        ("accounts", "0009_members_report_to_somebody"),
        ("accounts", "0010_others_go_on_with_some_work"),
        ("accounts", "0011_a_directory_keeps_members"),
        ("accounts", "0012_administrators_keep_the_directory"),
        ("accounts", "0013_representatives_at_the_door"),
        ("accounts", "0014_medical_affairs_brings_in_doctors"),
    ]

    initial = True

    dependencies = []

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Organisation",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("provider", "Provider of education"),
                                    ("company", "Company"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("slug", models.SlugField(unique=True)),
                        ("code", models.CharField(max_length=8, unique=True)),
                        ("country", models.CharField(max_length=2)),
                        ("currency", models.CharField(max_length=3)),
                        ("zone", models.CharField(max_length=40)),
                        ("language", models.CharField(default="en", max_length=10)),
                        ("accreditation_statement", models.TextField(blank=True)),
                        ("is_demonstration", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=symposia.shared.ids.uuid7,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        ("full_name", models.CharField(max_length=200)),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("zone", models.CharField(blank=True, max_length=40)),
                        ("is_active", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                        ("title", models.CharField(blank=True, max_length=120)),
                        (
                            "manager",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("directory_name", models.CharField(blank=True, max_length=254)),
                        ("external_id", models.CharField(blank=True, max_length=200)),
                        ("left_directory_at", models.DateTimeField(blank=True, null=True)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("suspended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["user"], name="memberships_of_a_person")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "user"), name="one_membership_per_person"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("external_id", ""), _negated=True),
                                fields=("organisation_id", "external_id"),
                                name="one_membership_per_external_id",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Role",
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
                        ("code", models.SlugField(max_length=40)),
                        ("name", models.CharField(max_length=80)),
                        ("description", models.CharField(max_length=300)),
                        (
                            "permissions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "code"), name="one_role_per_code"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grant",
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
                            "membership",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "role",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.role",
                            ),
                        ),
                        (
                            "scope_kind",
                            models.CharField(
                                choices=[
                                    ("organisation", "Whole organisation"),
                                    ("territory", "Territory"),
                                    ("activity", "Activity"),
                                ],
                                default="organisation",
                                max_length=12,
                            ),
                        ),
                        ("scope_id", models.UUIDField(blank=True, null=True)),
                        ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("granted_by_id", models.UUIDField(null=True)),
                        ("valid_until", models.DateTimeField(blank=True, null=True)),
                        ("waits_since", models.DateTimeField(blank=True, null=True)),
                        ("confirmed_by_id", models.UUIDField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("scope_id", None), ("scope_kind", "organisation")),
                                    models.Q(
                                        models.Q(("scope_kind", "organisation"), _negated=True),
                                        ("scope_id__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="grant_scope_has_its_id",
                            ),
                            models.UniqueConstraint(
                                fields=(
                                    "organisation_id",
                                    "membership",
                                    "role",
                                    "scope_kind",
                                    "scope_id",
                                ),
                                name="one_grant_per_role_and_scope",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipInvitation",
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
                        ("email", models.EmailField(max_length=254)),
                        ("full_name", models.CharField(max_length=200)),
                        (
                            "role",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.role",
                            ),
                        ),
                        (
                            "scope_kind",
                            models.CharField(
                                choices=[
                                    ("organisation", "Whole organisation"),
                                    ("territory", "Territory"),
                                    ("activity", "Activity"),
                                ],
                                default="organisation",
                                max_length=12,
                            ),
                        ),
                        ("scope_id", models.UUIDField(blank=True, null=True)),
                        ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("invited_by_id", models.UUIDField(blank=True, null=True)),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("accepted_by_id", models.UUIDField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("valid_until", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AccessChange",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("role_ends", "Role is taken away"),
                                    ("ends_earlier", "Role ends earlier"),
                                    ("lasts_longer", "Role lasts longer"),
                                    ("leaves", "Membership ends"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for a second administrator"),
                                    ("agreed", "Agreed"),
                                    ("dropped", "Given up"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        (
                            "membership",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "role",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.role",
                            ),
                        ),
                        ("grant_id", models.UUIDField(blank=True, null=True)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        ("successor_id", models.UUIDField(blank=True, null=True)),
                        ("otherwise", models.JSONField(blank=True, default=dict)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("asked_by_id", models.UUIDField()),
                        ("asked_by_name", models.CharField(max_length=200)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_id", models.UUIDField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("organisation_id", "membership", "grant_id"),
                                name="one_waiting_change_per_role",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("grant_id", None), ("kind", "leaves")),
                                    ("grant_id__isnull", False),
                                    _connector="OR",
                                ),
                                name="access_change_names_its_role",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInLink",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="PersonalToken",
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
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "permissions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        ("last_used_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Counter",
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
                        ("kind", models.CharField(max_length=8)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "kind", "year"),
                                name="one_counter_per_kind_and_year",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportView",
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
                            "viewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("factor", models.CharField(max_length=20)),
                        ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ends_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-started_at"],
                                name="latest_support_views",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True),
                                    models.Q(("factor", ""), _negated=True),
                                ),
                                name="support_has_reason_and_factor",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("viewer", models.F("person")), _negated=True),
                                name="nobody_supports_themselves",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("started_at"))),
                                name="support_ends_by_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectoryGroup",
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
                        ("display_name", models.CharField(max_length=200)),
                        ("external_id", models.CharField(blank=True, max_length=200)),
                        (
                            "role",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.role",
                            ),
                        ),
                        ("mapped_by_id", models.UUIDField(blank=True, null=True)),
                        ("mapped_by_name", models.CharField(blank=True, max_length=200)),
                        ("mapped_at", models.DateTimeField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "display_name"),
                                name="one_group_per_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Belonging",
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
                            "group",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="belongings",
                                to="accounts.directorygroup",
                            ),
                        ),
                        (
                            "membership",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        ("grant_id", models.UUIDField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "group", "membership"),
                                name="in_a_group_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SyncStep",
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
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("kind", models.CharField(max_length=10)),
                        ("operation", models.CharField(max_length=10)),
                        ("person_or_group", models.CharField(blank=True, max_length=254)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("note", models.CharField(blank=True, max_length=1000)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-at"], name="latest_sync_steps"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
