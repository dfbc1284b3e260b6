"""What is arranged around the activities to come, and the days on which nothing is planned."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from symposia.activities.actions.arrangements import (
    ArrangementFacts,
    advance_arrangement,
    arrange,
)
from symposia.activities.actions.calendar import close_day, make_feed
from symposia.activities.arranged import people_around
from symposia.activities.models import Activity, ArrangementKind, ArrangementState
from symposia.demonstration.days import working_day
from symposia.demonstration.thread import Cast
from symposia.shared.money import Money

CLOSED = (("Stocktaking in the simulation centre", 24), ("Staff day", 52))
# What it costs in the currency of each country: a meal for one, a journey, a night.
PRICES = {"US": (22, 340, 180), "IN": (750, 9_000, 6_500)}


def tell_logistics(cast: Cast, today: datetime) -> None:
    """A meal, a journey and a night for each activity to come, further with what is approved."""
    by = cast.actor("coordinator")
    for name, days in CLOSED:
        close_day(working_day((today + timedelta(days=days)).date()), name=name, by=by)
    make_feed(cast.team["coordinator"], name="The screen in the office", by=by)
    for activity in Activity.objects.not_over(today).order_by("starts_at", "pk"):
        for facts in _arranged(activity, cast):
            made = arrange(activity, facts, by=by)
            if not activity.in_planning:
                made = advance_arrangement(made, ArrangementState.REQUESTED, by=by)
                advance_arrangement(made, ArrangementState.CONFIRMED, by=by)


def _arranged(activity: Activity, cast: Cast) -> list[ArrangementFacts]:
    """What costs anything while the estimate still follows it; else what is in it already."""
    meal, journey, night = PRICES[cast.organisation.country]
    heads = max(1, activity.expected_attendance)
    starts, ends = activity.wall_starts, activity.wall_ends
    speaker = next(iter(people_around(activity)), None)

    def cost(units: int) -> Money | None:
        money = Money(Decimal(units), cast.organisation.currency)
        return money if activity.in_planning else None

    coffee = ArrangementFacts(
        ArrangementKind.CATERING,
        "Coffee and sandwiches",
        "Pier Kitchen",
        wall_starts=starts,
        wall_ends=ends,
        heads=heads,
        cost=cost(meal * heads),
        notes="One in ten vegetarian.",
    )
    if speaker is None:
        return [coffee]
    around: dict[str, Any] = {"contributor": speaker, "supplier": "Compass Travel"}
    eve = (starts - timedelta(days=1)).replace(hour=14, minute=0)
    train = ArrangementFacts(
        ArrangementKind.TRAVEL,
        "Train there on the day before, and back afterwards",
        wall_starts=eve,
        wall_ends=ends + timedelta(hours=3),
        cost=cost(journey),
        **around,
    )
    arrives, leaves = eve + timedelta(hours=4), starts.replace(hour=8, minute=0)
    one_night = {"wall_starts": arrives, "wall_ends": leaves}
    stay = "The night before, near the venue"
    bed = ArrangementFacts(ArrangementKind.STAY, stay, cost=cost(night), **one_night, **around)
    return [coffee, train, bed]
