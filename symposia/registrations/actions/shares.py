"""Places of an activity that are counted apart: kept for a group, or of one form of attendance."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.registrations.actions.line import move_on
from symposia.registrations.models import (
    Attending,
    Counts,
    Registration,
    RegistrationQuerySet,
    Share,
    ShareKind,
    State,
)
from symposia.registrations.share_rules import (
    SHARE_TWICE,
    objection_to_share,
    objection_to_share_capacity,
    objection_to_unnamed,
)
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class ShareFacts:
    """What is counted apart: a group by its profession or its name, or a form of attendance."""

    name: str = ""
    profession: str = ""
    form: str = ""

    @property
    def kind(self) -> ShareKind:
        return ShareKind.FORM if self.form else ShareKind.GROUP


@transaction.atomic
def set_places_apart(activity: Activity, facts: ShareFacts, capacity: int, *, by: Actor) -> Share:
    """Keep places for a group out of those that are free, or limit one form of attendance."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    counts = Counts.held(activity)
    share = Share(activity=activity, kind=facts.kind, capacity=0, **asdict(facts))
    at = now()

    refuse_if(objection_to_unnamed(facts.name, facts.profession, facts.form))
    refuse_if(objection_to_share(activity, facts.kind, at=at))
    refuse_if(SHARE_TWICE if _is_apart(activity, facts) else None)
    if not share.is_group:
        _take_over_form(share, activity, by=by)
    refuse_if(objection_to_share_capacity(share, counts.places, capacity))

    share.capacity = capacity
    share.save(force_insert=True)
    if share.is_group:
        counts.places.count(kept=capacity)

    record(by, "share.set_apart", share)
    _join_group(share, by=by)
    move_on(Counts.held(activity), activity, at=at, by=by)
    return share


def _is_apart(activity: Activity, facts: ShareFacts) -> bool:
    said = "form" if facts.form else "profession" if facts.profession else "name"
    alike = Share.objects.of(activity).filter(kind=facts.kind)
    return alike.filter(**{said: getattr(facts, said)}).exists()


def _take_over_form(share: Share, activity: Activity, *, by: Actor) -> None:
    """Whoever came before forms were counted comes in person, unless they said otherwise."""
    current = Registration.objects.of(activity).current()
    if share.form == Attending.IN_PERSON:
        _settle(current.filter(attending=""), "registration.form_settled", by, attending=share.form)
    held = current.filter(attending=share.form, beyond_capacity=False)
    share.taken = held.exclude(state__in=[State.REQUESTED, State.QUEUED]).count()


def _join_group(share: Share, *, by: Actor) -> None:
    """Those who wait already and are of the profession belong to the group from now on."""
    if share.profession:
        waiting = Registration.objects.of(share.activity).queue().filter(group=None)
        alike = waiting.filter(clinician__profession=share.profession)
        _settle(alike, "registration.joined_group", by, group=share)


def _settle(rows: RegistrationQuerySet, action: str, by: Actor, **facts: Any) -> None:
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(facts))
        record(by, action, row)


@transaction.atomic
def change_share(share: Share, capacity: int, *, by: Actor) -> Share:
    """Keep more or fewer; what a group gives back is everybody's, and goes along the line."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=share.activity_id)
    counts = Counts.held(activity)
    share = counts.groups.get(share.pk) or counts.forms[share.form]
    at = now()

    refuse_if(objection_to_share(activity, share.kind, at=at))
    refuse_if(objection_to_share_capacity(share, counts.places, capacity))

    more, share.capacity = capacity - share.capacity, capacity
    share.save(update_fields=["capacity"])
    if share.is_group:
        counts.places.count(kept=more)

    record(by, "share.changed", share)
    move_on(counts, activity, at=at, by=by)
    return share
