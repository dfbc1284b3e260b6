import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [("audit", "0001_initial"), ("audit", "0002_verifications")]

    initial = True

    dependencies = []

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Entry",
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
                        (
                            "xid",
                            models.BigIntegerField(
                                db_default=django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Cast(
                                        models.Func(function="pg_current_xact_id"),
                                        models.TextField(),
                                    ),
                                    models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        ("actor_kind", models.CharField(max_length=10)),
                        ("actor_id", models.UUIDField(null=True)),
                        ("actor_name", models.CharField(max_length=200)),
                        ("on_behalf_of", models.CharField(blank=True, max_length=200)),
                        ("action", models.CharField(max_length=80)),
                        ("subject_type", models.CharField(blank=True, max_length=80)),
                        ("subject_id", models.UUIDField(null=True)),
                        ("subject_name", models.CharField(blank=True, max_length=300)),
                        ("reason", models.TextField(blank=True)),
                        ("details", models.JSONField(default=dict)),
                        ("row_hash", models.CharField(blank=True, max_length=64)),
                        ("request_id", models.CharField(blank=True, max_length=40)),
                        ("address", models.CharField(blank=True, max_length=45)),
                        ("names_hash", models.CharField(max_length=64)),
                        ("mac", models.CharField(max_length=64)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "xid", "id"], name="entry_sealing_order"
                            ),
                            models.Index(
                                fields=["organisation_id", "subject_id", "-at"],
                                name="entry_of_a_record",
                            ),
                            models.Index(fields=["organisation_id", "-at"], name="entry_latest"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
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
                        ("position", models.BigIntegerField()),
                        (
                            "entry",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="audit.entry",
                            ),
                        ),
                        ("entry_xid", models.BigIntegerField()),
                        ("mac", models.CharField(max_length=64)),
                        ("sealed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "position"), name="one_seal_per_position"
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "entry"), name="one_seal_per_entry"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RowChange",
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
                        ("at", models.DateTimeField()),
                        ("xid", models.BigIntegerField()),
                        ("table_name", models.CharField(max_length=63)),
                        ("row_id", models.UUIDField()),
                        ("operation", models.CharField(max_length=6)),
                        ("before", models.JSONField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "row_id", "-at"], name="change_of_a_row"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verification",
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
                        ("asked_by_id", models.UUIDField(null=True)),
                        ("asked_by_name", models.CharField(max_length=200)),
                        ("links", models.BigIntegerField()),
                        ("unsealed", models.IntegerField()),
                        ("rows", models.BigIntegerField()),
                        (
                            "result",
                            models.CharField(
                                choices=[("holds", "Holds"), ("broken", "Broken")], max_length=6
                            ),
                        ),
                        ("first_position", models.BigIntegerField(null=True)),
                        ("first_sentence", models.TextField(blank=True)),
                        ("faults", models.JSONField(default=list)),
                        ("fault_count", models.IntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "-at"], name="latest_verifications"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
