"""The register of transfers of value, objections to it, what is owed of years, and its files."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.reporting.models import (
    OF_MONEY,
    DisputeState,
    Kind,
    RowState,
    Submission,
    SubmissionRow,
    SubmissionState,
    Telling,
    TransferDispute,
    TransferKind,
    TransferOfValue,
    TransferState,
    YearDeclaration,
    YearlyDue,
    YearlyDueState,
)
from symposia.reporting.submission_lists import SUBMISSION_TONES, record_columns
from symposia.reporting.transfers.judging import SCHEME_NAMES
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search

TELLING_TONES: dict[str, str] = {
    Telling.INDIVIDUAL: "ok",
    Telling.AGGREGATE: "info",
    Telling.EVENT: "info",
    Telling.LEFT_OUT: "",
    Telling.UNCLEAR: "warn",
}
DISPUTE_TONES: dict[str, str] = {
    DisputeState.OPEN: "warn",
    DisputeState.CORRECTED: "ok",
    DisputeState.UPHELD: "",
    DisputeState.WITHDRAWN: "",
}
YEARLY_TONES: dict[str, str] = {
    YearlyDueState.OPEN: "warn",
    YearlyDueState.SENT: "ok",
    YearlyDueState.WAIVED: "",
}
SCHEMES = tuple(SCHEME_NAMES.items())
_VIEW = Permission.VIEW_MONEY
_KINDS = [(kind, Kind(kind).label) for kind in OF_MONEY]


def _transfers(access: Any, **_kwargs: Any) -> Rows:
    return TransferOfValue.objects.visible_to(access).select_related("activity")


def _find(rows: Any, text: str) -> Rows:
    found: Rows = rows.search(text)
    return found


def _years() -> list[tuple[str, Any]]:
    years = TransferOfValue.objects.exclude(year=0).order_by("-year")
    return [(str(year), str(year)) for year in years.values_list("year", flat=True).distinct()]


TRANSFERS = ListOf(
    name="transfers",
    title=_("Transfers of value"),
    permission=_VIEW,
    of_all=True,
    rows=_transfers,
    columns=(
        Column(
            *("number", _("Number"), "number"),
            sort="number",
            kind="id",
            url=lambda t: ("transfer", [t.pk]),
        ),
        Column("name", _("Recipient"), "name", sort="name"),
        Column("party", _("What it is"), "party", in_page=False),
        Column("kind", _("For"), "kind", sort="kind"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            *("amount", _("Amount"), Amount("amount_minor", "currency")),
            sort="amount_minor",
            kind="money",
        ),
        Column("given_on", _("Date"), "given_on", sort="given_on", kind="day"),
        Column(
            *("activity", _("Activity"), "activity__number"),
            kind="id",
            url=lambda t: ("activity_transfers", [t.activity_id]),
        ),
        Column("scheme", _("Scheme"), lambda t: SCHEME_NAMES.get(t.scheme, ""), in_page=False),
        Column("year", _("Year"), "year", sort="year", kind="id", in_page=False),
        Column("category", _("Category"), "category", in_page=False),
        Column(
            *("outcome", _("Reported"), "outcome"),
            sort="outcome",
            kind="state",
            tone=lambda t: TELLING_TONES[t.outcome],
        ),
        Column("why", _("Why"), lambda t: t.why),
        Column("state", _("State"), "state", in_page=False),
    ),
    filters=(
        Search("q", _("Recipient, activity or number"), _find),
        Choice("scheme", _("Scheme"), "scheme", SCHEMES),
        Choice("year", _("Year"), "year", _years),
        Choice("outcome", _("Reported"), "outcome", Telling.choices),
        Choice("kind", _("For"), "kind", TransferKind.choices),
        Choice("state", _("State"), "state", TransferState.choices),
    ),
    sort="-given_on",
    empty=_(
        "Nothing yet. Once an activity is over, what it cost is divided among those who had it;"
        " what each recipient was given stands here."
    ),
)


def _disputes(access: Any, **_kwargs: Any) -> Rows:
    rows = TransferDispute.objects.visible_to(access)
    return rows.select_related("transfer", "clinician")


TRANSFER_DISPUTES = ListOf(
    name="transfer_disputes",
    title=_("Objections of recipients"),
    permission=_VIEW,
    of_all=True,
    rows=_disputes,
    columns=(
        Column("due_on", _("Answer by"), "due_on", sort="due_on", kind="day"),
        Column(
            *("transfer", _("Entry"), "transfer__number"),
            kind="id",
            url=lambda d: ("transfer", [d.transfer_id]),
        ),
        Column("clinician", _("Who objects"), "clinician__full_name"),
        Column("words", _("What is not right"), "words"),
        Column("opened_at", _("Since"), "opened_at", sort="opened_at", kind="moment"),
        Column(
            *("state", _("State"), "state"),
            sort="state",
            kind="state",
            tone=lambda d: DISPUTE_TONES[d.state],
        ),
        Column("answer", _("Answer"), "answer", in_page=False),
        Column("answered_at", _("Answered"), "answered_at", kind="moment", in_page=False),
    ),
    filters=(
        Search(
            "q",
            _("Person, entry or words"),
            lambda rows, text: rows.filter(
                Q(clinician__full_name__icontains=text)
                | Q(words__icontains=text)
                | Q(transfer__number__iexact=text.strip())
            ),
        ),
        Choice("state", _("State"), "state", DisputeState.choices),
    ),
    sort="due_on",
    empty=_("Nobody has objected to what stands of them."),
)
YEARLY_DUES = ListOf(
    name="yearly_dues",
    title=_("Owed to schemes"),
    permission=_VIEW,
    of_all=True,
    rows=lambda access, **_kwargs: YearlyDue.objects.visible_to(access),
    columns=(
        Column("due_on", _("By"), "due_on", sort="due_on", kind="day"),
        Column("kind", _("Report"), "kind", sort="kind", url=lambda d: ("yearly_due", [d.pk])),
        Column("year", _("Year"), "year", sort="year", kind="id"),
        Column(
            *("state", _("State"), "state"),
            sort="state",
            kind="state",
            tone=lambda d: YEARLY_TONES[d.state],
        ),
        Column("keep_until", _("Kept until at least"), "keep_until", kind="day"),
        Column("rule", _("Rule"), "rule", in_page=False),
        Column("because", _("Reason"), "waived_because", in_page=False),
    ),
    filters=(
        Choice("kind", _("Report"), "kind", _KINDS),
        Choice("state", _("State"), "state", YearlyDueState.choices),
    ),
    sort="due_on",
    empty=_("Nothing is owed: no year of a scheme has anything to report."),
)
TRANSFER_FILES = ListOf(
    name="transfer_files",
    title=_("Files of transfers"),
    permission=_VIEW,
    of_all=True,
    rows=lambda access, **_kwargs: Submission.objects.of_money(access),
    columns=(
        Column(
            *("number", _("Number"), "number"),
            sort="number",
            kind="id",
            url=lambda s: ("transfer_file", [s.pk]),
        ),
        Column("kind", _("Report"), "kind", sort="kind"),
        Column("year", _("Year"), "year", sort="year", kind="id"),
        Column(
            *("state", _("State"), "state"),
            sort="state",
            kind="state",
            tone=lambda s: SUBMISSION_TONES[s.state],
        ),
        Column("made_at", _("Begun"), "made_at", sort="made_at", kind="moment"),
        Column("sent_at", _("Sent"), "sent_at", sort="sent_at", kind="moment"),
        Column("by", _("Begun by"), "made_by_name", in_page=False),
    ),
    filters=(
        Search("q", _("Number"), lambda rows, text: rows.filter(number__iexact=text.strip())),
        Choice("kind", _("Report"), "kind", _KINDS),
        Choice("state", _("State"), "state", SubmissionState.choices),
    ),
    sort="-number",
    empty=_("No file yet. Begin one: it holds what no file has told of."),
)


def _records(access: Any, **kwargs: Any) -> Rows:
    rows = SubmissionRow.objects.of_money(access).select_related("submission")
    return rows.filter(submission=kwargs["pk"]) if kwargs else rows


_FILTERS = (
    Search(
        "q",
        _("Recipient, event or record"),
        lambda rows, text: rows.filter(
            Q(label__icontains=text) | Q(record_id__iexact=text.strip())
        ),
    ),
    Choice("state", _("State"), "state", RowState.choices),
)
TRANSFER_FILE = ListOf(
    name="transfer_file",
    title=_("Records"),
    permission=_VIEW,
    of_all=True,
    rows=_records,
    columns=record_columns("transfer_record"),
    filters=_FILTERS,
    sort="position",
    empty=_("No record."),
)
TRANSFER_RECORDS = ListOf(
    name="transfer_records",
    title=_("Records of transfers"),
    permission=_VIEW,
    of_all=True,
    rows=_records,
    columns=(
        Column(
            *("file", _("File"), "submission__number"),
            sort="submission__number",
            kind="id",
            url=lambda r: ("transfer_file", [r.submission_id]),
        ),
        *record_columns("transfer_record"),
    ),
    filters=(*_FILTERS, Choice("kind", _("Report"), "kind", _KINDS)),
    sort="-submission__number",
    empty=_("No record of any file."),
)
DECLARATIONS = ListOf(
    name="year_declarations",
    title=_("Declarations of the executive head"),
    permission=_VIEW,
    of_all=True,
    rows=lambda access, **_kwargs: YearDeclaration.objects.visible_to(access).select_related(
        "submission"
    ),
    columns=(
        Column("declared_at", _("Declared"), "declared_at", sort="declared_at", kind="moment"),
        Column(
            *("file", _("File"), "submission__number"),
            kind="id",
            url=lambda d: ("transfer_file", [d.submission_id]),
        ),
        Column("year", _("Year"), "year", sort="year", kind="id"),
        Column("by", _("By"), "declared_by_name"),
        Column("position", _("Position"), "position"),
        Column("sha256", _("Hash of the file"), "sha256", in_page=False),
    ),
    sort="-declared_at",
    empty=_("No annual form was declared yet."),
)
