from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.credits.models import Certificate, CertificateKind, CreditEntry, Reason
from symposia.shared.lists import Choice, Column, ListOf, Search

TONES = {"valid": "seal", "waiting": "", "revoked": "stop"}
_WORDS = {"valid": _("Valid"), "waiting": _("Being made"), "revoked": _("Revoked")}


def state_of(certificate: Any) -> str:
    """What became of a certificate that was read with its facts."""
    if certificate.is_revoked:
        return "revoked"
    return "valid" if certificate.is_made else "waiting"


def _certificates(access: Any, **kwargs: Any) -> Any:
    found = Certificate.objects.visible_to(access).current_versions().with_facts()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _entries(access: Any, **kwargs: Any) -> Any:
    found = CreditEntry.objects.visible_to(access)
    found = found.filter(activity=kwargs["activity_pk"]) if kwargs else found
    return found.select_related("clinician", "activity", "system")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def _credit(certificate: Any) -> Any:
    return certificate.printed["amount"] or None


CERTIFICATE_COLUMNS = (
    Column(
        "number",
        _("Certificate"),
        str,
        sort="number",
        url=lambda c: ("certificate", [c.pk]),
        kind="id",
    ),
    Column("name", _("Name"), lambda c: c.clinician.full_name, sort="clinician__full_name"),
    Column(
        "profession",
        _("Profession"),
        lambda c: c.clinician.get_profession_display(),
        sort="clinician__profession",
    ),
    Column("kind", _("Kind"), lambda c: c.get_kind_display(), sort="kind"),
    Column("credit", _("Credit"), _credit, sort="entry__amount", kind="n"),
    Column(
        "state",
        _("State"),
        lambda c: _WORDS[state_of(c)],
        kind="state",
        tone=lambda c: TONES[state_of(c)],
    ),
    Column("issued_at", _("Issued"), lambda c: c.issued_at, sort="issued_at", kind="moment"),
    Column(
        "system",
        _("Credit system"),
        lambda c: c.entry.system.name if c.entry else None,
        in_page=False,
    ),
    Column("activity", _("Activity"), lambda c: c.activity.number, in_page=False),
    Column("activity_title", _("Title"), lambda c: c.activity.title, in_page=False),
)
_FILTERS = (
    Search("q", _("Number or name"), _search),
    Choice("kind", _("Kind"), "kind", CertificateKind.choices),
)

CERTIFICATES = ListOf(
    name="certificates",
    title=_("Certificates"),
    permission=Permission.VIEW_CREDITS,
    rows=_certificates,
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
    sort="clinician__full_name",
    empty=_("No certificate was issued yet. Learners get theirs once they have finished."),
)

CREDIT_ENTRIES = ListOf(
    name="credit_entries",
    title=_("Ledger of credit"),
    permission=Permission.VIEW_CREDITS,
    rows=_entries,
    columns=(
        Column("entered_at", _("When"), lambda e: e.entered_at, sort="entered_at", kind="moment"),
        Column("name", _("Name"), lambda e: e.clinician.full_name, sort="clinician__full_name"),
        Column("activity", _("Activity"), lambda e: e.activity.number, sort="activity__number"),
        Column("system", _("Credit system"), lambda e: e.system.name, sort="system__name"),
        Column("amount", _("Credit"), lambda e: e.amount, sort="amount", kind="n"),
        Column("minutes", _("Minutes"), lambda e: e.evidence_minutes, kind="n"),
        Column("reason", _("Entry"), lambda e: e.get_reason_display(), sort="reason"),
        Column("explanation", _("Why"), lambda e: e.explanation or None),
        Column("by", _("By"), lambda e: e.by_name, in_page=False),
        Column("rule", _("Rule"), lambda e: e.rule.get("system"), in_page=False),
    ),
    filters=(Choice("reason", _("Entry"), "reason", Reason.choices),),
    sort="-entered_at",
    empty=_("No credit was claimed yet."),
)
