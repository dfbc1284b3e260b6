"""UCPMP: what each event cost, as a company publishes it, and the form of the year from April.

No professional is named. Samples are not kept in Symposia: the form says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.queries import this_organisation
from symposia.activities.models import OVER, Activity
from symposia.activities.queries import faculty_of
from symposia.attendance.queries import clinicians_in_room
from symposia.finance.models import Account, BudgetEntry, Category
from symposia.reporting.bodies.parts import Declared, Facts, Line, Scope, Sheet
from symposia.reporting.bodies.writing import as_csv, as_sheet
from symposia.reporting.models import ImportedActivity, Kind, TransferKind, TransferOfValue
from symposia.reporting.transfers.schemes import scheme_rule
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

SCHEME, COUNTRY = "ucpmp", "IN"
ABROAD = Objection(
    "ucpmp_abroad",
    gettext_lazy("“Country”: expected IN, kept “%(kept)s”: events abroad are not allowed."),
)
NOTHING_SPENT = Objection(
    "ucpmp_nothing_spent",
    gettext_lazy("“Expenditure”: expected what the event cost, kept “0”. Post its bills."),
)
TRAVEL_OF_GUESTS = Objection(
    "ucpmp_travel_of_guests",
    gettext_lazy("“Travel”: expected of speakers only, kept “%(kept)s” of others."),
)
NO_EVENTS = Objection(
    "ucpmp_no_events", gettext_lazy("“Events”: expected the expenditure of the year, kept “0”.")
)
AMOUNTS = tuple(str(each) for each in Category)
HEAD = (
    *("Event", "Title", "Date", "City", "Country", "Organiser", "Delegates", "Speakers"),
    *("Venue", "Meals", "Fees of speakers", "Travel and stay of speakers", "Audio, video, stream"),
    *("Materials", "Other", "Expenditure", "Currency"),
)


def financial_year(year: int) -> str:
    """The year from April, as it is called: 2026-27."""
    return f"{year}-{(year + 1) % 100:02d}"


def events_of(scope: Scope) -> list[Activity]:
    """What took place in the year from April; what was held before Symposia was told then."""
    first, last = scheme_rule(SCHEME).days_of(scope.year)
    rows = Activity.objects.filter(state__in=OVER, wall_starts__date__range=(first, last))
    rows = rows.exclude(pk__in=ImportedActivity.objects.values("activity"))
    if scope.activity_id:
        rows = rows.filter(pk=scope.activity_id)
    return list(rows.order_by("starts_at", "pk"))


def _spent(activities: Iterable[Activity]) -> dict[Any, dict[str, int]]:
    """Minor units by activity and category, from the books."""
    ids = [each.pk for each in activities]
    rows = BudgetEntry.objects.filter(account=Account.ACTUAL, posting__line__activity__in=ids)
    sums = rows.order_by().values_list("posting__line__activity", "posting__line__category")
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    for activity_id, category, minor in sums.annotate(Sum("amount_minor")):
        found[activity_id][category] = minor
    return found


def collect_events(scope: Scope) -> list[Line]:
    """A line for each event."""
    activities = events_of(scope)
    return _events(activities, _spent(activities))


def _events(activities: Sequence[Activity], spent: dict[Any, dict[str, int]]) -> list[Line]:
    guests = _guests_travel(activities)
    return [_event(each, spent[each.pk], guests.get(each.pk, 0)) for each in activities]


def _guests_travel(activities: Iterable[Activity]) -> dict[Any, int]:
    rows = TransferOfValue.objects.standing().filter(
        activity__in=[each.pk for each in activities], kind=TransferKind.TRAVEL
    )
    sums = rows.order_by().values_list("activity").annotate(Sum("amount_minor"))
    return dict(sums)


def _event(activity: Activity, spent: dict[str, int], guests: int) -> Line:
    organisation = this_organisation()
    currency = organisation.currency
    sums = {name: _said(spent.get(name, 0), currency) for name in AMOUNTS}
    whole = sum(spent.values())
    taught = {each.clinician_id or each.name.casefold() for each in faculty_of(activity)}
    facts = sums | {
        "number": activity.number,
        "title": activity.title,
        "on": activity.wall_starts.date().isoformat(),
        "city": activity.city,
        "country": activity.country or COUNTRY,
        "organiser": organisation.name,
        "delegates": len(clinicians_in_room(activity) - taught),
        "speakers": len(taught),
        "total": _said(whole, currency),
        "total_minor": whole,
        "guests_travel": _said(guests, currency) if guests else "",
        "currency": currency,
    }
    label = f"{activity.number} · {activity.title} · {facts['total']}"
    return Line(activity.pk.hex, activity.pk, label, facts)


def _said(minor: int, currency: str) -> str:
    return str(Money.from_minor(minor, currency).amount)


def check_event(facts: Facts) -> list[Objection]:
    """What a company may not publish as it is."""
    found = []
    if facts["country"] != COUNTRY:
        found.append(ABROAD.about(kept=facts["country"]))
    if facts["total_minor"] <= 0:
        found.append(NOTHING_SPENT)
    if facts["guests_travel"]:
        found.append(TRAVEL_OF_GUESTS.about(kept=facts["guests_travel"]))
    return found


_CELLS = (
    *("number", "title", "on", "city", "country", "organiser", "delegates", "speakers"),
    *("venue", "meals", "faculty", "travel", "technology", "materials", "other"),
    *("total", "currency"),
)


def _event_rows(sheet: Sheet) -> list[list[str]]:
    records = [each for each in sheet.records if each.action != "delete"]
    return [[str(each.facts[name]) for name in _CELLS] for each in records]


def write_events_csv(sheet: Sheet) -> bytes:
    """The events as lines."""
    return as_csv(HEAD, _event_rows(sheet))


def write_events_sheet(sheet: Sheet) -> bytes:
    """The events as a workbook."""
    return as_sheet(HEAD, _event_rows(sheet))


def collect_annual(scope: Scope) -> list[Line]:
    """One record: what the events of the year came to."""
    year = financial_year(scope.year)
    activities = events_of(Scope(scope.year))
    by_event = _spent(activities)
    events = [line.facts for line in _events(activities, by_event)]
    spent = [each for each in events if each["total_minor"] > 0]
    minor = sum(each["total_minor"] for each in spent)
    currency = this_organisation().currency
    by_category: dict[str, int] = defaultdict(int)
    for sums in by_event.values():
        for category, amount in sums.items():
            by_category[category] += amount
    facts = {
        "number": f"ucpmp-{year}",
        "year": year,
        "company": this_organisation().name,
        "events": len(spent),
        "delegates": sum(each["delegates"] for each in spent),
        "speakers": sum(each["speakers"] for each in spent),
        "by_category": {name: _said(by_category[name], currency) for name in AMOUNTS},
        "total": _said(minor, currency),
        "total_minor": minor,
        "currency": currency,
    }
    return [Line(f"annual-{scope.year}", None, f"UCPMP {year} · {facts['total']}", facts)]


def check_annual(facts: Facts) -> list[Objection]:
    """A form without expenditure is none."""
    return [] if facts["total_minor"] > 0 else [NO_EVENTS]


def _annual_rows(sheet: Sheet) -> list[list[str]]:
    facts = sheet.records[0].facts
    categories = [
        [str(Category(name).label), amount, facts["currency"]]
        for name, amount in facts["by_category"].items()
    ]
    return [
        [_("Company"), facts["company"], ""],
        [_("Financial year"), facts["year"], ""],
        [_("Events"), str(facts["events"]), ""],
        [_("Delegates"), str(facts["delegates"]), ""],
        [_("Speakers"), str(facts["speakers"]), ""],
        *categories,
        [_("Expenditure of events"), facts["total"], facts["currency"]],
        [_("Free samples"), _("Not kept in Symposia: enter them on the portal."), ""],
    ]


def write_annual(sheet: Sheet) -> bytes:
    """The form as lines."""
    return as_csv((_("Item"), _("Value"), _("Currency")), _annual_rows(sheet))


UCPMP_EVENTS = Declared(
    kind=Kind.UCPMP_EVENTS,
    collect=collect_events,
    check=check_event,
    writers={"xlsx": write_events_sheet, "csv": write_events_csv},
    shown=(
        ("number", gettext_lazy("Number")),
        ("title", gettext_lazy("Title")),
        ("on", gettext_lazy("Date")),
        ("city", gettext_lazy("City")),
        ("delegates", gettext_lazy("Delegates")),
        ("speakers", gettext_lazy("Speakers")),
        ("meals", gettext_lazy("Meals")),
        ("faculty", gettext_lazy("Fees of speakers")),
        ("travel", gettext_lazy("Travel and stay")),
        ("total", gettext_lazy("Expenditure")),
        ("currency", gettext_lazy("Currency")),
    ),
    needs_account=False,
)
UCPMP_ANNUAL = Declared(
    kind=Kind.UCPMP_ANNUAL,
    collect=collect_annual,
    check=check_annual,
    writers={"csv": write_annual},
    shown=(
        ("company", gettext_lazy("Company")),
        ("year", gettext_lazy("Financial year")),
        ("events", gettext_lazy("Events")),
        ("delegates", gettext_lazy("Delegates")),
        ("speakers", gettext_lazy("Speakers")),
        ("total", gettext_lazy("Expenditure of events")),
        ("currency", gettext_lazy("Currency")),
    ),
    needs_account=False,
)
