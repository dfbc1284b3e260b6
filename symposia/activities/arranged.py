"""What is arranged for an activity, how far each thing is, and what one must still do about it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.activities.arranging import is_off_its_days
from symposia.activities.facts import Fact, Reading, register_fact
from symposia.activities.models import (
    BINDING,
    Activity,
    Arrangement,
    ArrangementKind,
    ArrangementState,
    Contributor,
    FacultyInvitation,
    SessionFaculty,
    State,
    TeamMember,
)
from symposia.activities.numbers import numbers_of, register_numbers
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.shared.counting import CountOf
from symposia.shared.money import Money, total
from symposia.shared.refusals import Objection

CALL_OFF = Objection(
    "arrangement_stands", _("The activity is off; this is still booked with %(supplier)s.")
)
OFF_ITS_DAYS = Objection(
    "arrangement_days", _("It lies outside the days of the activity: one of the two has moved.")
)


@dataclass(frozen=True)
class Arranged:
    """One thing that is arranged, and what is wrong with it."""

    arrangement: Arrangement
    objection: Objection | None


@dataclass(frozen=True)
class Logistics:
    """Everything arranged for an activity, with its sum."""

    rows: list[Arranged]
    cost: Money

    @property
    def standing(self) -> list[Arranged]:
        return [r for r in self.rows if r.arrangement.state != ArrangementState.CANCELLED]

    @property
    def wrong(self) -> list[Arranged]:
        return [row for row in self.rows if row.objection]


def logistics_of(activity: Activity, currency: str) -> Logistics:
    """What is arranged, in one statement."""
    found = list(Arrangement.objects.of(activity))
    costs = [each.cost for each in found if each.counts and each.cost]
    return Logistics(
        [Arranged(each, fault_of(each, activity)) for each in found], total(costs, currency)
    )


def fault_of(arrangement: Arrangement, activity: Activity) -> Objection | None:
    """What somebody must do about it: call it off, or put it on the right day."""
    if arrangement.state == ArrangementState.CANCELLED:
        return None
    if activity.state == State.CANCELLED and arrangement.state in BINDING:
        return CALL_OFF.about(supplier=arrangement.supplier)
    if arrangement.state == ArrangementState.DELIVERED:
        return None
    return OFF_ITS_DAYS if is_off_its_days(arrangement, activity) else None


def arranged_for(activity_id: uuid.UUID, contributor: Contributor) -> list[Arrangement]:
    """The journeys and nights that are arranged for a person who teaches, without any cost."""
    rows = Arrangement.objects.standing().filter(
        activity=activity_id,
        contributor=contributor,
        kind__in=[ArrangementKind.TRAVEL, ArrangementKind.STAY],
    )
    return list(rows.order_by("wall_starts", "pk"))


def people_around(activity: Activity) -> list[Contributor]:
    """Whoever teaches, was asked to, or has a role in the team: one may travel for each."""
    asked = FacultyInvitation.objects.filter(activity=activity).values("contributor")
    team = TeamMember.objects.filter(activity=activity).values("contributor")
    taught = SessionFaculty.objects.filter(session__activity=activity)
    known = Contributor.objects.filter(
        Q(pk__in=asked)
        | Q(pk__in=team)
        | Q(clinician__in=taught.exclude(clinician=None).values("clinician"))
        | Q(clinician=None, user=None, name__in=taught.values("name"))
    )
    return list(known.order_by("name", "pk"))


def costing_rows(activity_id: uuid.UUID) -> QuerySet[Arrangement]:
    """What of it costs anything."""
    rows = Arrangement.objects.standing().filter(activity=activity_id, cost_minor__gt=0)
    return rows.order_by("kind", "pk")


def costing(activity_id: uuid.UUID) -> list[Arrangement]:
    """What of it costs anything."""
    return rows_of(activity_id, costing_rows)


def figures_from(rows: Sequence[Arrangement]) -> dict[str, Any]:
    """What rules ask of journeys and nights: the dearest of each; exact, as text."""
    stays = [a.per_night.amount for a in rows if a.kind == ArrangementKind.STAY and a.per_night]
    trips = [a.per_head.amount for a in rows if a.kind == ArrangementKind.TRAVEL and a.per_head]
    known = {"stay_per_night": stays, "travel_per_head": trips}
    return {name: str(max(amounts)) for name, amounts in known.items() if amounts}


def read_arrangements(activity: Activity) -> Reading | None:
    """How many of them are confirmed; nothing where nothing is arranged."""
    known, open_ = numbers_of(activity, "arrangements", "arrangements_open")
    if not known:
        return None
    link = ("activity_logistics", [activity.pk])
    count = f"{known - open_}/{known}"
    return Reading("now" if open_ else "done", link=link, count=count)


def register() -> None:
    """Put what is arranged on the rail."""
    mine = Arrangement.objects.standing().filter(activity=OuterRef("pk"))
    open_ = [ArrangementState.PLANNED, ArrangementState.REQUESTED]
    register_numbers(
        arrangements=CountOf(mine), arrangements_open=CountOf(mine.filter(state__in=open_))
    )
    read_together(Batch.RULES, costing_rows)
    register_fact(Fact("logistics", _("Catering, travel, stay"), read_arrangements, order=45))
