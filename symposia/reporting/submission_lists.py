"""Files to bodies, their records, and what was rejected."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.reporting.models import (
    OF_EDUCATION,
    BodyAccount,
    LearnerIdentity,
    RowState,
    Submission,
    SubmissionRow,
    SubmissionState,
)
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

SUBMISSION_TONES: dict[str, str] = {
    SubmissionState.DRAFT: "",
    SubmissionState.VALIDATED: "info",
    SubmissionState.SENT: "warn",
    SubmissionState.ANSWERED: "ok",
    SubmissionState.DISCARDED: "",
}
ROW_TONES: dict[str, str] = {
    RowState.READY: "info",
    RowState.HELD: "warn",
    RowState.SENT: "info",
    RowState.ACCEPTED: "ok",
    RowState.REJECTED: "stop",
    RowState.RESENT: "",
    RowState.LEFT_OUT: "",
}
_VIEW = Permission.VIEW_CREDITS


def _submissions(access: Any, **_kwargs: Any) -> Rows:
    return Submission.objects.visible_to(access)


SUBMISSIONS = ListOf(
    name="submissions",
    title=_("Files to bodies"),
    permission=_VIEW,
    of_all=True,
    rows=_submissions,
    columns=(
        Column(
            *("number", _("Number"), "number"),
            sort="number",
            kind="id",
            url=lambda s: ("submission", [s.pk]),
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
        Column("answered_at", _("Answered"), "answered_at", kind="moment", in_page=False),
        Column("channel", _("How"), "channel", in_page=False),
        Column("by", _("Begun by"), "made_by_name", in_page=False),
    ),
    filters=(
        Search("q", _("Number"), lambda rows, text: rows.filter(number__iexact=text.strip())),
        Choice("kind", _("Report"), "kind", OF_EDUCATION),
        Choice("state", _("State"), "state", SubmissionState.choices),
    ),
    sort="-number",
    empty=_("No file yet. Begin one: it holds what no file has told of."),
)


def _rows(access: Any, **kwargs: Any) -> Rows:
    rows = SubmissionRow.objects.visible_to(access).select_related("activity", "submission")
    return rows.filter(submission=kwargs["pk"]) if kwargs else rows


def _search(rows: Rows, text: str) -> Rows:
    said = Q(label__icontains=text) | Q(record_id__iexact=text.strip())
    return rows.filter(said | Q(activity__number__iexact=text.strip()))


def record_columns(page: str) -> tuple[Column, ...]:
    """What lists show of a record; its page has this name."""
    return (
        Column("position", _("Line"), "position", sort="position", kind="n"),
        Column("label", _("Record"), "label", sort="label", url=lambda r: (page, [r.pk])),
        Column("action", _("What"), "action"),
        Column(
            *("state", _("State"), "state"),
            sort="state",
            kind="state",
            tone=lambda r: ROW_TONES[r.state],
        ),
        Column("why", _("What is wrong"), lambda r: r.why),
        Column("record_id", _("Name of the record"), "record_id", in_page=False),
    )


_COLUMNS = record_columns("submission_row")
SUBMISSION_ROWS = ListOf(
    name="submission",
    title=_("Records"),
    permission=_VIEW,
    of_all=True,
    rows=_rows,
    columns=_COLUMNS,
    filters=(
        Search("q", _("Learner, activity or record"), _search),
        Choice("state", _("State"), "state", RowState.choices),
    ),
    sort="position",
    empty=_("No record."),
)
SUBMISSION_RECORDS = ListOf(
    name="submission_records",
    title=_("Records of all files"),
    permission=_VIEW,
    of_all=True,
    rows=_rows,
    columns=(
        Column(
            *("file", _("File"), "submission__number"),
            sort="submission__number",
            kind="id",
            url=lambda r: ("submission", [r.submission_id]),
        ),
        *_COLUMNS,
    ),
    filters=(
        Search("q", _("Learner, activity or record"), _search),
        Choice("kind", _("Report"), "kind", OF_EDUCATION),
        Choice("state", _("State"), "state", RowState.choices),
    ),
    sort="-submission__number",
    empty=_("No record of any file."),
)
REJECTED_ROWS = ListOf(
    name="rejected_records",
    title=_("Rejected records"),
    permission=_VIEW,
    of_all=True,
    rows=lambda access: _rows(access).rejected(),  # type: ignore[attr-defined]
    columns=(
        Column(
            *("file", _("File"), "submission__number"),
            sort="submission__number",
            kind="id",
            url=lambda r: ("submission", [r.submission_id]),
        ),
        Column("kind", _("Report"), "kind", sort="kind"),
        Column(
            *("label", _("Record"), "label"),
            sort="label",
            url=lambda r: ("submission_row", [r.pk]),
        ),
        Column("code", _("Code"), "answer_code", sort="answer_code", kind="id"),
        Column("words", _("What the body says"), "answer_words"),
        Column("answered_at", _("Answered"), "answered_at", sort="answered_at", kind="moment"),
    ),
    filters=(
        Search("q", _("Learner, activity or record"), _search),
        Choice("kind", _("Report"), "kind", OF_EDUCATION),
    ),
    sort="-answered_at",
    empty=_("No body has rejected a record that was not sent again."),
)


def _accounts(access: Any, **_kwargs: Any) -> Rows:
    return BodyAccount.objects.visible_to(access)


BODY_ACCOUNTS = ListOf(
    name="body_accounts",
    title=_("Accounts with bodies"),
    permission=_VIEW,
    of_all=True,
    rows=_accounts,
    columns=(
        Column("body", _("Body"), "body", sort="body", url=lambda a: ("body_account", [a.body])),
        Column("number", _("Provider number"), "provider_number", kind="id"),
        Column("address", _("Web service"), "address"),
        Column("changed_at", _("Changed"), "changed_at", sort="changed_at", kind="moment"),
        Column("by", _("By"), "changed_by_name", in_page=False),
    ),
    sort="body",
    empty=_("Enter as what a body knows your organisation: its number of the provider."),
)
LEARNER_IDENTITIES = ListOf(
    name="learner_identities",
    title=_("As whom bodies know learners"),
    permission=_VIEW,
    of_all=True,
    rows=lambda access: LearnerIdentity.objects.visible_to(access).select_related("clinician"),
    columns=(
        Column(
            *("clinician", _("Learner"), "clinician__full_name"),
            sort="clinician__search_text",
            url=lambda i: ("learner_identity", [i.clinician_id]),
        ),
        Column("given", _("Given name"), "given_name"),
        Column("family", _("Family name"), "family_name", sort="family_name"),
        Column("born", _("Born"), "born", kind="id"),
        Column("changed_at", _("Changed"), "changed_at", sort="changed_at", kind="moment"),
    ),
    filters=(
        Search(
            "q",
            _("Name"),
            lambda rows, text: rows.filter(
                Q(family_name__icontains=text) | Q(clinician__full_name__icontains=text)
            ),
        ),
    ),
    sort="family_name",
    empty=_("Nobody's names in parts are kept. Bodies ask for them, and for the day of birth."),
)
