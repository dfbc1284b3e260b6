from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import invite_member, remove_grant, withdraw_offer
from symposia.accounts.memberships import grants_from_offer, offer_of_id, role_of_code
from symposia.accounts.queries import local_day, this_organisation
from symposia.activities.models import Activity, Agency, ExternalMember
from symposia.activities.outside import (
    objection_to_access,
    objection_to_ending_external,
    objection_to_external,
)
from symposia.activities.partners import (
    objection_to_access_from,
    objection_to_sending_people,
)
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_ends

ROLE = "agency"


@dataclass(frozen=True)
class ExternalFacts:
    """Who helps from outside, who sends them, and what they do."""

    name: str
    task: str
    email: str = ""
    agency: str = ""


@transaction.atomic
def add_external(activity: Activity, facts: ExternalFacts, *, by: Actor) -> ExternalMember:
    """Put somebody from outside on the team of an activity; that alone lets nobody sign in."""
    # The agency first: its end waits for this person, or this person is refused.
    agency = Agency.objects.select_for_update().named(facts.agency)
    activity = Activity.objects.locked(activity.pk)
    email = facts.email.strip().lower()
    mine = ExternalMember.objects.of(activity).working()
    is_there = bool(email) and mine.filter(email=email).exists()

    refuse_if(objection_to_external(activity, name=facts.name, task=facts.task, is_there=is_there))
    refuse_if(objection_to_sending_people(facts.agency, agency, on=local_day()))

    external = ExternalMember.objects.create(
        activity=activity,
        name=facts.name.strip(),
        email=email,
        agency=agency.name if agency else "",
        partner=agency,
        task=facts.task.strip(),
        added_by_name=by.name,
    )
    record(by, "external.added", external, details={"activity": activity.number})
    return external


@transaction.atomic
def give_external_access(external: ExternalMember, until: date, *, by: Actor) -> ExternalMember:
    """Offer them to sign in to this activity and nothing else, until a day."""
    activity = Activity.objects.locked(external.activity_id)
    external = ExternalMember.objects.select_for_update().get(pk=external.pk)
    here, role = this_organisation(), role_of_code(ROLE)

    refuse_if(objection_to_access(external, activity, until, today=local_day()))
    refuse_if(objection_to_access_from(external.partner, until=until))
    if role is None:
        raise LookupError(ROLE)

    offer = invite_member(
        role,
        email=external.email,
        full_name=external.name,
        scope_kind="activity",
        scope_id=activity.pk,
        valid_until=day_ends(until, here.zone),
        by=by,
    )
    external.offer_id, external.access_until = offer.pk, until
    external.save()
    details = {"activity": activity.number, "until": until}
    record(by, "external.access_given", external, details=details)
    return external


@transaction.atomic
def end_external(external: ExternalMember, *, reason: str, by: Actor) -> ExternalMember:
    """They do not work for it any more: the next page they ask for is closed to them."""
    Activity.objects.locked(external.activity_id)
    external = ExternalMember.objects.select_for_update().get(pk=external.pk)

    refuse_if(objection_to_ending_external(external, reason=reason))

    offer = offer_of_id(external.offer_id) if external.offer_id else None
    if offer and offer.accepted_at:
        for grant in grants_from_offer(offer):
            remove_grant(grant, by=by, reason=reason)
    elif offer and offer.withdrawn_at is None and offer.expires_at > now():
        withdraw_offer(offer, by=by)
    external.ended_at, external.ended_because = now(), reason.strip()[:500]
    external.save()
    record(by, "external.ended", external, reason=reason)
    return external
