from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
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
    rows = Licence.objects.visible_to(access).held().with_packs()
    cycle = {"clinician": OuterRef("clinician")}
    entries = CreditEntry.objects.filter(
        **cycle,
        activity__wall_starts__date__range=(OuterRef("cycle_starts_on"), OuterRef("cycle_ends_on")),
    )
    earned = {"earned_on__range": (OuterRef("cycle_starts_on"), OuterRef("cycle_ends_on"))}
    external = ExternalCredit.objects.accepted().filter(**cycle, **earned)
    imported = ImportedCredit.objects.standing().filter(**cycle, **earned)
    held = _sum_of(entries) + _sum_of(external) + _sum_of(imported)
    needed = Coalesce("pack__hours", "own_pack__hours", output_field=HOURS)
    return rows.annotate(
        rule=Coalesce("pack__name", "own_pack__name"),
        needed=needed,
        held=ExpressionWrapper(held, output_field=HOURS),
        missing=Greatest(F("needed") - F("held"), Value(Decimal("0.00")), output_field=HOURS),
        standing=_standing(),
    )


def _sum_of(rows: Any) -> Any:
    summed = rows.order_by().values("clinician").annotate(n=Sum("amount")).values("n")
    return Coalesce(Subquery(summed), Value(Decimal("0.00")), output_field=HOURS)


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
