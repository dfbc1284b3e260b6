"""PARS: the record of an activity: what it says, and what the body would reject."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Occasion
from symposia.attendance.queries import presence_by_registration
from symposia.credits.models import CreditOffer
from symposia.registrations.models import Registration
from symposia.reporting.bodies.checks import (
    NO_PLACE,
    SUPPORT_NOT_LISTED,
    SUPPORT_NOT_SAID,
    SUPPORT_NOT_WHOLE,
    days_in_order,
    in_steps,
    no_longer_than,
    one_of,
    required,
)
from symposia.reporting.bodies.collecting import (
    facts_by_activity,
    offers_by_activity,
    pars_words,
)
from symposia.reporting.bodies.pars_files import write_json, write_sheet, write_xml
from symposia.reporting.bodies.parts import Declared, Facts, Line, Scope
from symposia.reporting.models import ActivityFacts, CommercialSupport, Kind
from symposia.reporting.queries import activities_over, by_activity, days_with
from symposia.shared.refusals import Objection

AMA = "ama_pra_1"
PROVIDERSHIP = ("direct", "joint")
_LONGEST = 2500


def collect(scope: Scope) -> list[Line]:
    """Every activity of a year that offered credit to physicians and is over; the days of a series
    are one record of it, of whichever of them a file is begun."""
    one = scope.activity_id
    days = days_with([one], scope.year)[one] if one else []
    activities = list(activities_over(scope.year, days).order_by("starts_at", "pk"))
    offers = offers_by_activity(activities, [AMA, *pars_words()["boards"]])
    told = [a for a in activities if any(o.system.code == AMA for o in offers[a.pk])]
    facts = facts_by_activity([a.pk for a in told])
    support = by_activity(CommercialSupport.objects.filter(activity__in=told, withdrawn_at=None))
    several = _series_of(told)
    return [
        _line(days, offers, facts.get(days[0].pk) or ActivityFacts(), support, several)
        for days in _records(told, several)
    ]


def _series_of(activities: Sequence[Activity]) -> dict[uuid.UUID, Occasion]:
    rows = Occasion.objects.filter(activity__in=activities).select_related("series")
    return {row.activity_id: row for row in rows}


def _records(
    activities: Sequence[Activity], several: Mapping[uuid.UUID, Occasion]
) -> list[list[Activity]]:
    """One record for each, and one for all the days of a series."""
    found: dict[uuid.UUID, list[Activity]] = {}
    for activity in activities:
        day = several.get(activity.pk)
        found.setdefault(day.series_id if day else activity.pk, []).append(activity)
    return list(found.values())


def _line(
    days: list[Activity],
    offers: Mapping[uuid.UUID, list[CreditOffer]],
    facts: ActivityFacts,
    support: Mapping[uuid.UUID, list[CommercialSupport]],
    several: Mapping[uuid.UUID, Occasion],
) -> Line:
    first, words = days[0], pars_words()
    day = several.get(first.pk)
    named = day.series if day else first
    said = {
        "number": named.number,
        "title": named.title,
        "description": getattr(named, "summary", ""),
        "starts_on": min(a.wall_starts.date() for a in days).isoformat(),
        "ends_on": max(a.wall_ends.date() for a in days).isoformat(),
        "format": words["formats"].get(first.type, "Other"),
        "delivery": _delivery(first),
        "city": first.city,
        "region": facts.region,
        "country": words["countries"].get(first.country, ""),
        "providership": facts.providership,
        "joint_with": facts.joint_with,
        "amount": _sum(days, offers, AMA),
        "has_support": facts.has_support,
        "support": [_gift(each) for a in days for each in support.get(a.pk, [])],
        "designed_for": list(facts.designed_for),
        "measured": [words["outcomes"][each] for each in facts.measured],
        "participants": _participants(days),
        "boards": [
            {"board": board, "points": points}
            for code, board in words["boards"].items()
            if (points := _sum(days, offers, code))
        ],
    }
    key = named.pk.hex
    return Line(key, first.pk, f"{said['number']} {said['title']}"[:300], said)


def _delivery(activity: Activity) -> list[str]:
    words = pars_words()
    found: list[str] = words["lasting"].get(activity.type) or words["delivery"][activity.delivery]
    return found


def _sum(days: Sequence[Activity], offers: Mapping[uuid.UUID, list[CreditOffer]], code: str) -> str:
    """The most that could be earned of one credit; of a series, on all its days."""
    found = [o.maximum for a in days for o in offers[a.pk] if o.system.code == code]
    return f"{sum(found).normalize():f}" if found else ""  # type: ignore[union-attr]


def _gift(support: CommercialSupport) -> dict[str, str]:
    return {
        "source": support.source,
        "amount": f"{support.amount.amount.normalize():f}",
        "currency": support.currency,
        "in_kind": support.in_kind,
    }


def _participants(days: Sequence[Activity]) -> dict[str, int]:
    """How many of each category took part; of a series, each on each of its days."""
    categories, found = pars_words()["categories"], Counter[str]()
    for activity in days:
        there = [pk for pk, each in presence_by_registration(activity).items() if each.was_there]
        rows = Registration.objects.filter(pk__in=there).values_list("clinician__profession")
        found.update(categories.get(profession, "other") for (profession,) in rows)
    return dict(sorted(found.items()))


def check(facts: Facts) -> list[Objection]:
    """What PARS would reject, or asks for."""
    return [
        *required(facts, title=_("Title"), amount=_("Credits"), number=_("Number")),
        *no_longer_than(facts, _LONGEST, description=_("Description")),
        *one_of(facts, "format", set(pars_words()["formats"].values()), _("Type")),
        *one_of(facts, "providership", PROVIDERSHIP, _("Provided")),
        *days_in_order(facts, pars_words()["months"].get(facts["format"], 12)),
        *(in_steps(facts["amount"]) if facts.get("amount") else ()),
        *_place(facts),
        *_supported(facts),
    ]


def _place(facts: Facts) -> list[Objection]:
    """City, country and, in the United States, the state of whatever takes place in a room."""
    meets = facts["format"] in pars_words()["with_place"] and "In-Person" in facts["delivery"]
    is_said = facts["city"] and facts["country"] and (facts["region"] or facts["country"] != "USA")
    return [NO_PLACE] if meets and not is_said else []


def _supported(facts: Facts) -> list[Objection]:
    if facts["has_support"] is None:
        return [SUPPORT_NOT_SAID]
    if not facts["has_support"]:
        return []
    broken = [each for each in facts["support"] if "." in each["amount"]]
    said = [SUPPORT_NOT_WHOLE.about(source=each["source"]) for each in broken]
    return said if facts["support"] else [SUPPORT_NOT_LISTED]


PARS_ACTIVITIES = Declared(
    kind=Kind.PARS_ACTIVITIES,
    collect=collect,
    check=check,
    writers={"xml": write_xml, "json": write_json, "xlsx": write_sheet},
    shown=(
        ("number", _("Number")),
        ("title", _("Title")),
        ("format", _("Type")),
        ("starts_on", _("From")),
        ("ends_on", _("Until")),
        ("amount", _("Credits")),
        ("city", _("City")),
        ("region", _("State")),
    ),
)
