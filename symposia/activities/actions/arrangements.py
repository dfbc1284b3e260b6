from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from symposia.accounts.queries import this_organisation
from symposia.activities.actions.amending import note_preparer
from symposia.activities.arranging import (
    objection_to_arrangement,
    objection_to_arrangement_step,
    objection_to_arranging,
    objection_to_changing_arrangement,
)
from symposia.activities.events import ArrangementChanged
from symposia.activities.models import Activity, Arrangement, Contributor, Session, Venue
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.changing import changed_values, objection_to_overwriting
from symposia.shared.events import announce
from symposia.shared.money import Money
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class ArrangementFacts:
    """What somebody says of a meal, a journey, a night or a hire."""

    kind: str
    title: str
    supplier: str = ""
    reference: str = ""
    session: Session | None = None
    venue: Venue | None = None
    contributor: Contributor | None = None
    person: str = ""
    wall_starts: datetime | None = None
    wall_ends: datetime | None = None
    heads: int = 1
    cost: Money | None = None
    notes: str = ""

    def values(self, currency: str) -> dict[str, Any]:
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        for name in ("session", "venue", "contributor"):
            found = said.pop(name)
            said[f"{name}_id"] = found.pk if found else None
        cost = said.pop("cost")
        named = self.contributor.name if self.contributor else self.person.strip()
        return said | {
            "person": named,
            "cost_minor": cost.minor if cost else None,
            "currency": cost.currency if cost else currency,
        }


@transaction.atomic
def arrange(activity: Activity, facts: ArrangementFacts, *, by: Actor) -> Arrangement:
    """Plan something around an activity; what it costs becomes part of the estimate."""
    activity = Activity.objects.locked(activity.pk)
    currency = this_organisation().currency
    arrangement = Arrangement(activity=activity, **facts.values(currency))

    refuse_if(objection_to_arranging(activity))
    refuse_if(objection_to_arrangement(arrangement, facts.session, currency=currency))

    arrangement.save()
    _prepared(activity, by=by)
    record(by, "arrangement.planned", arrangement)
    announce(ArrangementChanged(activity.pk, arrangement.pk))
    return arrangement


@transaction.atomic
def change_arrangement(
    arrangement: Arrangement, facts: ArrangementFacts, *, seen_version: int, by: Actor
) -> Arrangement:
    """Say it anew, unless somebody else did so meanwhile."""
    activity = Activity.objects.locked(arrangement.activity_id)
    arrangement = Arrangement.objects.select_for_update(of=("self",)).get(pk=arrangement.pk)
    currency = this_organisation().currency
    changes = changed_values(arrangement, facts.values(currency))

    refuse_if(objection_to_arranging(activity))
    refuse_if(objection_to_changing_arrangement(arrangement))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=arrangement.version))
    for each in changes:
        setattr(arrangement, each["field"], each["now"])
    refuse_if(objection_to_arrangement(arrangement, facts.session, currency=currency))

    if not changes:
        return arrangement
    arrangement.version += 1
    arrangement.save()
    _prepared(activity, by=by)
    record(by, "arrangement.changed", arrangement, details={"changes": changes})
    announce(ArrangementChanged(activity.pk, arrangement.pk))
    return arrangement


@transaction.atomic
def advance_arrangement(
    arrangement: Arrangement, to: str, *, reason: str = "", by: Actor
) -> Arrangement:
    """Ask the supplier, note that it is confirmed or delivered, or call it off for a reason."""
    activity = Activity.objects.locked(arrangement.activity_id)
    arrangement = Arrangement.objects.select_for_update(of=("self",)).get(pk=arrangement.pk)

    refuse_if(objection_to_arrangement_step(arrangement, to, reason=reason))

    arrangement.move(to, version=arrangement.version + 1)
    if not arrangement.counts:
        _prepared(activity, by=by)
    record(by, f"arrangement.{to}", arrangement, reason=reason)
    announce(ArrangementChanged(arrangement.activity_id, arrangement.pk))
    return arrangement


def _prepared(activity: Activity, *, by: Actor) -> None:
    """What it costs is part of what is signed, as long as the estimate follows it."""
    if activity.in_planning:
        note_preparer(activity, by=by)
