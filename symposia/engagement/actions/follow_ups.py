"""Following somebody up after an activity: made by rule, added by hand, done or not done."""

import uuid

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from symposia.accounts.actions.handing_over import hand_over
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.directory.models import Clinician
from symposia.engagement.events import FollowUpClosed
from symposia.engagement.models import FollowUp, FollowUpState
from symposia.engagement.policies import (
    NO_RULE,
    objection_to_adding_follow_up,
    objection_to_closing,
    objection_to_finishing,
    objection_to_kind,
    objection_to_taking,
)
from symposia.engagement.queries import kinds_there, owners_of, people_after
from symposia.engagement.rules import FollowUpRule, made_for, rule_for
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if
from symposia.shared.states import move_each


@transaction.atomic
def make_follow_ups(activity: Activity, *, by: Actor) -> list[FollowUp]:
    """Give whoever looks after the clinicians of an activity that is over what its mode allows,
    once each; what was made before attendance was put right is dropped."""
    activity = Activity.objects.locked(activity.pk)
    if not activity.is_over:
        return []
    people = people_after(activity)
    _drop_wrong({each.pk: came for each, came in people.items()}, activity, by)

    today, owners = local_day(), owners_of(activity, people, at=now())
    there = FollowUp.objects.of(activity).exclude(state=FollowUpState.DROPPED)
    known = set(there.values_list("clinician", "kind"))
    made = [
        _follow_up(activity, person, came, owners[person.pk], rule)
        for person, came in people.items()
        if person.pk in owners
        for rule in made_for(activity.mode, today, came=came)
        if (person.pk, rule.kind) not in known
    ]
    FollowUp.objects.bulk_create(made)
    record_each(by, "follow_up.made", made)
    return made


def _drop_wrong(came: dict[uuid.UUID, bool], activity: Activity, by: Actor) -> None:
    """What is open of somebody who turned out to have been there, or not to have been."""
    held = FollowUp.objects.of(activity).open().select_for_update(of=("self",)).order_by("pk")
    wrong = [each for each in held if came.get(each.clinician_id, each.came) != each.came]
    reason = gettext("The attendance was put right.")
    facts = {"said": reason, "closed_at": now(), "closed_by_name": by.name}
    move_each(wrong, FollowUpState.DROPPED, **facts)
    record_each(by, "follow_up.dropped", wrong, reason=reason)


def _follow_up(
    activity: Activity, person: Clinician, came: bool, owner_id: uuid.UUID, rule: FollowUpRule
) -> FollowUp:
    begins = max(activity.wall_ends.date(), local_day())
    return FollowUp(
        activity=activity,
        clinician=person,
        kind=rule.kind,
        came=came,
        owner_id=owner_id,
        due_on=rule.due_on(begins),
        rule=rule.citation[:300],
    )


@transaction.atomic
def add_follow_up(
    activity: Activity, clinician: Clinician, kind: str, *, owner_id: uuid.UUID, by: Actor
) -> FollowUp:
    """Owe somebody one more follow-up, of a kind that the mode of the activity allows."""
    activity = Activity.objects.locked(activity.pk)
    people = {each.pk: came for each, came in people_after(activity).items()}
    came = people.get(clinician.pk)
    others = kinds_there(activity, clinician)

    refuse_if(objection_to_adding_follow_up(activity, came, others, kind))
    rule = rule_for(kind, activity.mode, local_day())
    refuse_if(objection_to_kind(rule, kind, activity.mode, came=bool(came)))
    held = needed(rule, NO_RULE)

    made = _follow_up(activity, clinician, bool(came), owner_id, held)
    made.save(force_insert=True)
    record(by, "follow_up.added", made)
    return made


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, way: str, said: str, *, by: Actor) -> FollowUp:
    """Somebody was followed up; what was said is kept with it."""
    follow_up = FollowUp.objects.for_list().locked(follow_up.pk)

    refuse_if(objection_to_finishing(follow_up, way, said))

    return _close(follow_up, FollowUpState.DONE, said, by, way=way)


@transaction.atomic
def decline_follow_up(follow_up: FollowUp, reason: str, *, by: Actor) -> FollowUp:
    """Somebody is not followed up, and why: they did not want it, or it could not be done."""
    follow_up = FollowUp.objects.for_list().locked(follow_up.pk)

    refuse_if(objection_to_closing(follow_up, reason))

    return _close(follow_up, FollowUpState.DECLINED, reason, by)


def _close(
    follow_up: FollowUp, state: FollowUpState, said: str, by: Actor, **facts: str
) -> FollowUp:
    follow_up.move(state, said=said.strip(), closed_at=now(), closed_by_name=by.name[:200], **facts)
    record(by, f"follow_up.{state.value}", follow_up)
    which = (follow_up.pk, follow_up.activity_id, follow_up.clinician_id)
    announce(FollowUpClosed(*which, state.value))
    return follow_up


@transaction.atomic
def take_follow_up(follow_up: FollowUp, *, owner_id: uuid.UUID, by: Actor) -> FollowUp:
    """Go on with what somebody else owed: a territory may have another holder by now."""
    follow_up = FollowUp.objects.for_list().locked(follow_up.pk)

    refuse_if(objection_to_taking(follow_up, owner_id))

    was, follow_up.owner_id = follow_up.owner_id, owner_id
    follow_up.save(update_fields=["owner"])
    record(by, "follow_up.taken", follow_up, details={"owner": [was, owner_id]})
    return follow_up


@transaction.atomic
def hand_over_follow_ups(leaver: uuid.UUID, successor_id: uuid.UUID, *, by: Actor) -> int:
    """The successor goes on with what is open; answers how many."""
    return hand_over(FollowUp.objects.open().owned_by(leaver), successor_id, by=by)
