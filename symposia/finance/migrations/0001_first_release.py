import django.db.models.deletion
import django.utils.timezone
import symposia.shared.ids
import symposia.shared.tenancy
from decimal import Decimal
from django.db import migrations, models
from symposia.shared.new_tables import NewTables


class Migration(migrations.Migration):
    replaces = [
        ("finance", "0001_initial"),
        ("finance", "0002_lines_of_arrangements"),
        ("finance", "0003_lines_of_agreements"),
        ("finance", "0004_bills"),
        ("finance", "0005_fees_of_those_who_come"),
        ("finance", "0006_reminders_of_fees"),
        ("finance", "0007_invoices_for_groups"),
        ("finance", "0008_taxes_in_fees"),
        ("finance", "0009_invoices_by_mail"),
        ("finance", "0010_expenses"),
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
                    name="BudgetLine",
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
                            "category",
                            models.CharField(
                                choices=[
                                    ("venue", "Venue"),
                                    ("meals", "Meals"),
                                    ("faculty", "Faculty fees"),
                                    ("travel", "Travel and lodging"),
                                    ("technology", "Audio, video, stream"),
                                    ("materials", "Materials"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("description", models.CharField(max_length=200)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "arrangement",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.arrangement",
                            ),
                        ),
                        (
                            "agreement",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.agreement",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="budget_lines_of_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("arrangement__isnull", False)),
                                fields=("organisation_id", "arrangement"),
                                name="one_budget_line_per_arrangement",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("agreement__isnull", False)),
                                fields=("organisation_id", "agreement"),
                                name="one_budget_line_per_agreement",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
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
                            "line",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.budgetline",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("estimate", "Estimate"),
                                    ("commitment", "Commitment"),
                                    ("actual", "Actual"),
                                    ("reversal", "Reversal"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(max_length=300)),
                        ("paid_to", models.CharField(blank=True, max_length=200)),
                        ("evidence", models.CharField(blank=True, max_length=200)),
                        (
                            "reverses",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.posting",
                            ),
                        ),
                        ("posted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("posted_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "line"], name="postings_of_a_line"
                            ),
                            models.Index(
                                fields=["organisation_id", "-posted_at"], name="postings_latest"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("reverses__isnull", False)),
                                fields=("organisation_id", "reverses"),
                                name="one_reversal_per_posting",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "reversal"), ("reverses__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "reversal"), _negated=True),
                                        ("reverses__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_reversal_names_what_it_reverses",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetEntry",
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
                            "posting",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="finance.posting",
                            ),
                        ),
                        (
                            "account",
                            models.CharField(
                                choices=[
                                    ("estimate", "Estimate of the line"),
                                    ("commitment", "Commitment of the line"),
                                    ("actual", "Actual of the line"),
                                    ("envelope", "Envelope of the organisation"),
                                    ("promised", "Promised to others"),
                                    ("payable", "Payable"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("amount_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "posting"], name="entries_of_a_posting"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_minor", 0), _negated=True),
                                name="budget_entry_is_never_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                                name="budget_entry_has_its_currency",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bill",
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
                        ("amount_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("handed_in", "Waits for finance"),
                                    ("accepted", "Accepted"),
                                    ("returned", "Sent back"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="handed_in",
                                max_length=10,
                            ),
                        ),
                        ("handed_in_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("handed_in_by_id", models.UUIDField(blank=True, null=True)),
                        ("handed_in_by_name", models.CharField(max_length=200)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_id", models.UUIDField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                        ("decided_because", models.CharField(blank=True, max_length=500)),
                        (
                            "posting",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.posting",
                            ),
                        ),
                        (
                            "arrangement",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="activities.arrangement",
                            ),
                        ),
                        ("supplier", models.CharField(max_length=200)),
                        ("supplier_number", models.CharField(max_length=80)),
                        ("told_by", models.CharField(max_length=300)),
                        ("billed_on", models.DateField()),
                        ("what_for", models.CharField(max_length=300)),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"], name="bills_of_activity"
                            ),
                            models.Index(
                                fields=["organisation_id", "state"], name="bills_by_state"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_bill_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "handed_in")),
                                    models.Q(
                                        models.Q(("state", "handed_in"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_decided_bill_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("decided_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_returned_bill_says_why",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["handed_in", "accepted"])),
                                fields=("organisation_id", "told_by"),
                                name="one_standing_bill_per_supplier_and_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_minor__gt", 0), ("currency__regex", "^[A-Z]{3}$")
                                ),
                                name="a_bill_asks_for_an_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("posting__isnull", False), ("state", "accepted")),
                                    models.Q(
                                        models.Q(("state", "accepted"), _negated=True),
                                        ("posting__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_bill_is_posted_once_accepted",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fee",
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
                        ("name", models.CharField(max_length=120)),
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
                        ("amount_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"], name="fees_of_an_activity"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_minor__gte", 0)),
                                name="a_fee_is_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                                name="a_fee_has_its_currency",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Discount",
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
                        ("code", models.CharField(max_length=30)),
                        ("percent", models.PositiveSmallIntegerField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("most", models.PositiveIntegerField(blank=True, null=True)),
                        ("used", models.PositiveIntegerField(default=0)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("organisation_id", "activity", "code"),
                                name="one_discount_per_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__gte", 1), ("percent__lte", 100)),
                                name="a_discount_is_a_part",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("most__isnull", True),
                                    ("used__lte", models.F("most")),
                                    _connector="OR",
                                ),
                                name="a_discount_is_used_no_more_often_than_given",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeTerms",
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
                        ("days_to_pay", models.PositiveSmallIntegerField(default=14)),
                        ("lapses", models.BooleanField(default=False)),
                        ("bank_words", models.TextField(blank=True, max_length=600)),
                        ("takes_cards", models.BooleanField(default=False)),
                        ("remind_days", models.PositiveSmallIntegerField(default=3)),
                        (
                            "tax",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Nothing is said of tax"),
                                    ("standard", "Fees include tax"),
                                    ("exempt", "Fees are exempt from tax"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
                        ("tax_number", models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "activity"),
                                name="one_way_to_pay_per_activity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days_to_pay__gte", 1)),
                                name="there_is_a_day_to_pay",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invoice",
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
                        ("number", models.CharField(max_length=20)),
                        ("payer_name", models.CharField(max_length=200)),
                        ("payer_address", models.TextField(max_length=600)),
                        ("payer_email", models.EmailField(blank=True, max_length=254)),
                        ("payer_tax_number", models.CharField(blank=True, max_length=60)),
                        ("payer_order", models.CharField(blank=True, max_length=120)),
                        ("lines", models.JSONField()),
                        ("taxes", models.JSONField(default=list)),
                        ("amount_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("reference", models.CharField(max_length=20)),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be paid"),
                                    ("paid", "Paid"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("bank", "Bank transfer"),
                                    ("card", "Card"),
                                    ("desk", "At the desk"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("issued_by_name", models.CharField(max_length=200)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_because", models.CharField(blank=True, max_length=300)),
                        ("mailed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="invoices_of_an_activity",
                            ),
                            models.Index(
                                fields=["organisation_id", "state", "due_on"],
                                name="invoices_by_last_day",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_invoice_per_number"
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "reference"),
                                name="one_invoice_per_reference",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_minor__gt", 0), ("currency__regex", "^[A-Z]{3}$")
                                ),
                                name="an_invoice_asks_for_an_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_ended_invoice_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("cancelled_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_cancelled_invoice_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("method__in", ["bank", "card", "desk"]), ("state", "paid")
                                    ),
                                    models.Q(
                                        models.Q(("state", "paid"), _negated=True), ("method", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="a_paid_invoice_says_how",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mailed_at__isnull", True),
                                    models.Q(("payer_email", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_mailed_invoice_has_an_address",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Charge",
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
                            "fee",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.fee",
                            ),
                        ),
                        (
                            "discount",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.discount",
                            ),
                        ),
                        (
                            "invoice",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.invoice",
                            ),
                        ),
                        ("amount_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("tax_name", models.CharField(blank=True, max_length=20)),
                        (
                            "tax_percent",
                            models.DecimalField(
                                decimal_places=2, default=Decimal("0"), max_digits=5
                            ),
                        ),
                        ("tax_citation", models.CharField(blank=True, max_length=300)),
                        ("reference", models.CharField(max_length=20)),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be paid"),
                                    ("paid", "Paid"),
                                    ("ended", "Nothing owed"),
                                    ("refunded", "Paid back"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("bank", "Bank transfer"),
                                    ("card", "Card"),
                                    ("desk", "At the desk"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("paid_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"],
                                name="charges_of_an_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "registration"),
                                name="one_charge_per_registration",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation_id", "reference"),
                                name="one_charge_per_reference",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_minor__gte", 0)),
                                name="a_charge_is_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["paid", "refunded"]), _negated=True),
                                    ("paid_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_paid_charge_says_since_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeePosting",
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
                            "charge",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.charge",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("charged", "Charged"),
                                    ("lowered", "Taken off"),
                                    ("paid", "Paid"),
                                    ("refunded", "Paid back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("evidence", models.CharField(blank=True, max_length=200)),
                        ("posted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("posted_by_name", models.CharField(max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "charge"], name="postings_of_a_charge"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeEntry",
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
                            "posting",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="finance.feeposting",
                            ),
                        ),
                        (
                            "account",
                            models.CharField(
                                choices=[
                                    ("receivable", "Owed by those who come"),
                                    ("income", "Income of fees"),
                                    ("tax", "Tax in fees"),
                                    ("bank", "Bank"),
                                    ("card", "Card provider"),
                                    ("desk", "Cash of the desk"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("amount_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "posting"],
                                name="entries_of_a_fee_posting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_minor", 0), _negated=True),
                                name="fee_entry_is_never_zero",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Checkout",
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
                            "charge",
                            symposia.shared.tenancy.Key(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.charge",
                            ),
                        ),
                        ("payment", models.CharField(max_length=120)),
                        ("page", models.CharField(blank=True, max_length=600)),
                        ("amount_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("begun", "Begun"),
                                    ("paid", "Paid"),
                                    ("failed", "Not paid"),
                                    ("refunded", "Paid back"),
                                ],
                                default="begun",
                                max_length=10,
                            ),
                        ),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "charge"], name="checkouts_of_a_charge"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "payment"),
                                name="one_checkout_per_payment",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Expense",
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
                        ("amount_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("handed_in", "Waits for finance"),
                                    ("accepted", "Accepted"),
                                    ("returned", "Sent back"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="handed_in",
                                max_length=10,
                            ),
                        ),
                        ("handed_in_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("handed_in_by_id", models.UUIDField(blank=True, null=True)),
                        ("handed_in_by_name", models.CharField(max_length=200)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_id", models.UUIDField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=200)),
                        ("decided_because", models.CharField(blank=True, max_length=500)),
                        (
                            "posting",
                            symposia.shared.tenancy.Key(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.posting",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("venue", "Venue"),
                                    ("meals", "Meals"),
                                    ("faculty", "Faculty fees"),
                                    ("travel", "Travel and lodging"),
                                    ("technology", "Audio, video, stream"),
                                    ("materials", "Materials"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("paid_to", models.CharField(max_length=200)),
                        ("spent_on", models.DateField()),
                        ("what_for", models.CharField(blank=True, max_length=300)),
                        ("attendees", models.PositiveIntegerField()),
                        ("faculty", models.PositiveIntegerField()),
                        ("staff", models.PositiveIntegerField()),
                        ("faults", models.JSONField(blank=True, default=list)),
                        (
                            "finding",
                            models.CharField(
                                blank=True,
                                choices=[("pass", "Holds"), ("warn", "Warns"), ("block", "Blocks")],
                                max_length=5,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["organisation_id", "activity"], name="expenses_of_activity"
                            ),
                            models.Index(
                                fields=["organisation_id", "state"], name="expenses_by_state"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation_id", "number"), name="one_expense_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "handed_in")),
                                    models.Q(
                                        models.Q(("state", "handed_in"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_decided_expense_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("decided_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_returned_expense_says_why",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["handed_in", "accepted"])),
                                fields=("organisation_id", "sha256"),
                                name="one_standing_expense_per_receipt",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_minor__gt", 0), ("currency__regex", "^[A-Z]{3}$")
                                ),
                                name="an_expense_asks_for_an_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("posting__isnull", False), ("state", "accepted")),
                                    models.Q(
                                        models.Q(("state", "accepted"), _negated=True),
                                        ("posting__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_expense_is_posted_once_accepted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("attendees__gt", 0),
                                    ("faculty__gt", 0),
                                    ("staff__gt", 0),
                                    _connector="OR",
                                ),
                                name="an_expense_is_shared_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), _negated=True),
                                    models.Q(("decided_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_withdrawn_expense_says_why",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
