from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DecimalField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.credits.awarding import LIVE
from symposia.credits.models import CreditEntry, ExternalCredit, ImportedCredit, Licence
from symposia.credits.tracking import AT_RISK
from symposia.directory.models import Clinician
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

HOURS = DecimalField(max_digits=9, decimal_places=2)
STANDINGS = (
    ("done", _("Hours complete")),
    ("on_the_way", _("On the way")),
    ("at_risk", _("At risk")),
    ("over", _("Over, not complete")),
)
STANDING_TONES = {"done": "ok", "on_the_way": "", "at_risk": "warn", "over": "stop"}
# What `_standing` said, with its words: the day is asked each time, the words are not.
_SHOWN = Case(
    *(When(standing=code, then=Value(code)) for code, _label in STANDINGS),
    output_field=CharField(choices=list(STANDINGS)),
)


def _rows(access: Any, **_kwargs: Any) -> Rows:
    return worked_out(Licence.objects.visible_to(access).held())


def worked_out(licences: Any) -> Rows:
    """Licences, each with what it asks, what is held, what is missing and how it stands."""
    rows = licences.with_packs()
    cycle = (OuterRef("cycle_starts_on"), OuterRef("cycle_ends_on"))
    entries = CreditEntry.objects.annotate(on=_day_of_entry()).filter(on__range=cycle)
    external = ExternalCredit.objects.accepted().filter(earned_on__range=cycle)
    imported = ImportedCredit.objects.standing().filter(earned_on__range=cycle)
    sums = (_sums_of(each) for each in (entries, external, imported))
    held = sum(sums, start=Value(Decimal("0.00")))
    needed = Coalesce("pack__hours", "own_pack__hours", output_field=HOURS)
    found: Rows = rows.annotate(
        kept=Coalesce("clinician__merged_into_id", "clinician_id"),
        rule=Coalesce("pack__name", "own_pack__name"),
        needed=needed,
        held=ExpressionWrapper(held, output_field=HOURS),
        missing=Greatest(F("needed") - F("held"), Value(Decimal("0.00")), output_field=HOURS),
        standing=_standing(),
    )
    return found


def _day_of_entry() -> Case:
    """The day on the wall of the venue for what was attended, that of the claim for what is done in
    one's own time: as the transcript has it."""
    same = {name: OuterRef(name) for name in ("registration", "system")}
    first = CreditEntry.objects.filter(**same).order_by("entered_at", "pk").values("entered_at")
    claimed = Func(F("activity__zone"), Subquery(first[:1]), function="timezone")
    return Case(
        When(offer__format_key=LIVE, then=Cast("activity__wall_starts", DateField())),
        default=Cast(claimed, DateField()),
    )


def _sums_of(rows: Any) -> Any:
    """What a person holds: under the record kept of them, and under those that were merged."""
    return _sum_of(rows, "clinician") + _sum_of(rows, "clinician__merged_into")


def _sum_of(rows: Any, of: str) -> Any:
    summed = rows.filter(**{of: OuterRef("kept")}).order_by().values(of)
    hours = Subquery(summed.annotate(n=Sum("amount")).values("n"))
    return Coalesce(hours, Value(Decimal("0.00")), output_field=HOURS)


def _standing() -> Case:
    today = local_day()
    return Case(
        When(missing__lte=0, then=Value("done")),
        When(cycle_ends_on__lt=today, then=Value("over")),
        When(cycle_ends_on__lte=today + AT_RISK, then=Value("at_risk")),
        default=Value("on_the_way"),
        output_field=CharField(choices=list(STANDINGS)),
    )


def _find(rows: Any, text: str) -> Rows:
    people = Clinician.objects.search(text)
    found: Rows = rows.filter(clinician__in=people.values("pk"))
    return found


def _of_institution(rows: Any, text: str) -> Rows:
    found: Rows = rows.filter(clinician__institution__name__icontains=text)
    return found


LICENCES = ListOf(
    name="licences",
    title=_("Licences and cycles"),
    permission=Permission.VIEW_CREDITS,
    rows=_rows,
    columns=(
        Column(
            "name",
            _("Name"),
            "clinician__full_name",
            sort="clinician__search_text",
            url=lambda x: ("licence", [x.pk]),
        ),
        Column("institution", _("Institution"), "clinician__institution__name"),
        Column("specialty", _("Specialty"), "clinician__specialty", in_page=False),
        Column("rule", _("Requirement"), "rule", sort="rule"),
        Column("number", _("Number"), "number", kind="id"),
        Column("cycle_starts_on", _("Cycle from"), "cycle_starts_on", kind="day", in_page=False),
        Column(
            "cycle_ends_on", _("Cycle until"), "cycle_ends_on", sort="cycle_ends_on", kind="day"
        ),
        Column("needed", _("Hours asked"), "needed", kind="n"),
        Column("held", _("Hours held"), "held", kind="n"),
        Column("missing", _("Hours missing"), "missing", kind="n"),
        Column(
            "standing",
            _("State"),
            _SHOWN,
            sort="standing",
            kind="state",
            tone=lambda x: STANDING_TONES[x.standing],
        ),
    ),
    filters=(
        Search("q", _("Name or number"), _find),
        Search("institution", _("Institution"), _of_institution),
        Choice("standing", _("State"), "standing", STANDINGS),
    ),
    sort="cycle_ends_on",
    empty=_("Nobody tracks a licence yet. Learners enter theirs under Requirements."),
)
