"""The programme of a year as accreditors ask for it: activities, hours, learners, support."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DecimalField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Round
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import OVER, Activity, Session, Type
from symposia.activities.modes import Mode
from symposia.credits.models import CreditEntry, Reason
from symposia.directory.models import Profession
from symposia.finance.queries import books_currency
from symposia.reporting.models import CommercialSupport
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search

HOURS = DecimalField(max_digits=7, decimal_places=2)
NURSES = (Profession.NURSE, Profession.NURSE_PRACTITIONER)
PHARMACY = (Profession.PHARMACIST, Profession.TECHNICIAN)
_NAMED = (Profession.PHYSICIAN, *NURSES, *PHARMACY)


def _rows(access: Any, **_kwargs: Any) -> Rows:
    seen = Activity.objects.visible_to(access, Permission.VIEW_CREDITS).filter(state__in=OVER)
    here = {"activity": OuterRef("pk")}
    minutes = _summed(Session.objects.filter(**here), "creditable_minutes")
    held = _held()
    gifts = CommercialSupport.objects.filter(**here, withdrawn_at=None)
    return seen.exclude(mode=Mode.PROMOTIONAL).annotate(
        hours=Round(Cast(minutes, HOURS) / Value(60), 2, output_field=HOURS),
        physicians=_people(held.filter(clinician__profession=Profession.PHYSICIAN)),
        nurses=_people(held.filter(clinician__profession__in=NURSES)),
        pharmacists=_people(held.filter(clinician__profession__in=PHARMACY)),
        others=_people(held.exclude(clinician__profession__in=_NAMED)),
        support_minor=_summed(gifts, "amount_minor"),
        support_currency=Value(books_currency(), output_field=CharField()),
    )


def _held() -> Any:
    """Awards of an activity that stand."""
    revoked = CreditEntry.objects.filter(
        registration=OuterRef("registration"), system=OuterRef("system"), reason=Reason.REVOCATION
    )
    awards = CreditEntry.objects.filter(activity=OuterRef("pk"), reason=Reason.AWARD)
    return awards.filter(~Exists(revoked))


def _people(rows: Any) -> Any:
    """How many different people there are, whatever number of credits each holds."""
    counted = rows.order_by().values("activity").annotate(n=Count("clinician", distinct=True))
    return Coalesce(Subquery(counted.values("n")), Value(0), output_field=IntegerField())


def _summed(rows: Any, field: str) -> Any:
    summed = rows.order_by().values("activity").annotate(n=Sum(field)).values("n")
    return Coalesce(Subquery(summed), Value(0), output_field=BigIntegerField())


def _search(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(number__iexact=text.strip()) | Q(title__icontains=text))


def _years() -> list[tuple[str, str]]:
    """Ten of them, the running one first."""
    this = local_day().year
    return [(str(year), str(year)) for year in range(this, this - 10, -1)]


PROGRAMME = ListOf(
    name="programme_report",
    title=_("Programme of the year"),
    permission=Permission.VIEW_CREDITS,
    of_all=True,
    rows=_rows,
    columns=(
        Column(
            *("number", _("Number"), "number"),
            sort="number",
            kind="id",
            url=lambda a: ("activity_reports", [a.pk]),
        ),
        Column("title", _("Activity"), "title", sort="title"),
        Column("type", _("Type"), "type", sort="type"),
        Column("ends_at", _("Ended"), "ends_at", sort="ends_at", kind="day"),
        Column("hours", _("Hours"), "hours", sort="hours", kind="n"),
        Column("physicians", _("Physicians"), "physicians", sort="physicians", kind="n"),
        Column("nurses", _("Nurses"), "nurses", kind="n"),
        Column("pharmacists", _("Pharmacists and technicians"), "pharmacists", kind="n"),
        Column("others", _("Others"), "others", kind="n"),
        Column(
            *("support", _("Commercial support"), Amount("support_minor", "support_currency")),
            sort="support_minor",
            kind="money",
        ),
        Column("currency", _("Currency"), "support_currency", in_page=False),
        Column("state", _("State"), "state", in_page=False),
    ),
    filters=(
        Search("q", _("Number or title"), _search),
        Choice("year", _("Year"), "wall_ends__year", _years),
        Choice("type", _("Type"), "type", Type.choices),
    ),
    sort="-ends_at",
    empty=_("No activity has taken place yet."),
)
