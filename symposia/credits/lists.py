from typing import Any

from django.db.models import Case, CharField, ExpressionWrapper, F, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.credits.models import Certificate, CertificateKind, CreditEntry, Reason, Standing
from symposia.shared.lists import Choice, Column, ListOf, Search

TONES = {
    Standing.VALID: "seal",
    Standing.WAITING: "",
    Standing.EXPIRED: "warn",
    Standing.REPLACED: "warn",
    Standing.REVOKED: "stop",
}


def _register(access: Any) -> Any:
    """Every version of every number: what was replaced stays in the register."""
    return Certificate.objects.visible_to(access).with_facts()


def _certificates(access: Any, **kwargs: Any) -> Any:
    """The last version of each number, as an activity shows them."""
    found = Certificate.objects.visible_to(access).current_versions().with_facts()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _entries(access: Any, **kwargs: Any) -> Any:
    found = CreditEntry.objects.visible_to(access)
    found = found.filter(activity=kwargs["activity_pk"]) if kwargs else found
    return found.select_related("clinician", "activity", "system")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


_NUMBER = Case(
    When(version=1, then="number"),
    default=Concat("number", Value(" v"), Cast("version", CharField())),
    output_field=CharField(),
)
_CREDIT = KT("printed__amount")
_STATE = ExpressionWrapper(F("standing"), output_field=CharField(choices=Standing.choices))
CERTIFICATE_COLUMNS = (
    Column(
        "number",
        _("Certificate"),
        _NUMBER,
        sort="number",
        url=lambda c: ("certificate", [c.pk]),
        kind="id",
    ),
    Column("name", _("Name"), "clinician__full_name", sort="clinician__search_text"),
    Column(
        "profession",
        _("Profession"),
        "clinician__profession",
        in_page=False,
    ),
    Column("kind", _("Kind"), "kind", sort="kind"),
    Column("credit", _("Credit"), _CREDIT, sort="entry__amount", kind="n"),
    Column(
        "state",
        _("State"),
        _STATE,
        kind="state",
        tone=lambda c: TONES[c.standing],
    ),
    Column("issued_at", _("Issued"), "issued_at", sort="issued_at", kind="moment"),
    Column("valid_until", _("Valid until"), "valid_until", kind="day", in_page=False),
    Column("version", _("Version"), "version", kind="n", in_page=False),
    Column("reason", _("Why it was issued anew"), "reason", in_page=False),
    Column(
        "system",
        _("Credit system"),
        "entry__system__name",
        in_page=False,
    ),
    Column("activity", _("Activity"), "activity__number", in_page=False),
    Column("activity_title", _("Title"), "activity__title", in_page=False),
)
_FILTERS = (
    Search("q", _("Number or name"), _search),
    Choice("kind", _("Kind"), "kind", CertificateKind.choices),
    Choice("state", _("State"), "standing", Standing.choices),
)

CERTIFICATES = ListOf(
    name="certificates",
    title=_("Certificates"),
    permission=Permission.VIEW_CREDITS,
    rows=_register,
    columns=CERTIFICATE_COLUMNS,
    filters=_FILTERS,
    sort="-issued_at",
    empty=_("No certificate was issued yet."),
)

ACTIVITY_CREDITS = ListOf(
    name="activity_credits",
    title=_("Credits"),
    permission=Permission.VIEW_CREDITS,
    rows=_certificates,
    columns=CERTIFICATE_COLUMNS,
    filters=_FILTERS,
    sort="clinician__search_text",
    empty=_("No certificate was issued yet. Learners get theirs once they have finished."),
)

CREDIT_ENTRIES = ListOf(
    name="credit_entries",
    title=_("Ledger of credit"),
    permission=Permission.VIEW_CREDITS,
    rows=_entries,
    columns=(
        Column("entered_at", _("When"), "entered_at", sort="entered_at", kind="moment"),
        Column("name", _("Name"), "clinician__full_name", sort="clinician__search_text"),
        Column("activity", _("Activity"), "activity__number", sort="activity__number"),
        Column("system", _("Credit system"), "system__name", sort="system__name"),
        Column("amount", _("Credit"), "amount", sort="amount", kind="n"),
        Column("minutes", _("Minutes"), "evidence_minutes", kind="n"),
        Column("reason", _("Entry"), "reason", sort="reason"),
        Column("explanation", _("Why"), "explanation"),
        Column("by", _("By"), "by_name", in_page=False),
        Column("rule", _("Rule"), KT("rule__system"), in_page=False),
    ),
    filters=(Choice("reason", _("Entry"), "reason", Reason.choices),),
    sort="-entered_at",
    empty=_("No credit was claimed yet."),
)
