"""People who come with a list of the house rather than by an offer, and to whom they report."""

import uuid

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.letters import welcome_colleague
from symposia.accounts.models import Membership, Organisation, User
from symposia.accounts.policies import objection_to_manager, objection_to_own_roles
from symposia.accounts.queries import person_behind, this_organisation, user_by_email
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import current_organisation_id


@transaction.atomic
def take_in_colleague(email: str, full_name: str, *, by: Actor) -> Membership:
    """Somebody the house names works here from now on: found by address, made if nobody has it,
    and told. What they may do is given apart; the name of who is known already stays their own."""
    known = user_by_email(email)

    refuse_if(objection_to_own_roles(known.pk if known else None, by_id=person_behind(by)))

    user = known or User.objects.create_user(email, full_name=full_name)
    membership = Membership.objects.join(user, now())
    record(by, "member.taken_in", membership, details={"is_new": known is None})
    welcome_colleague(user, this_organisation(), by=by)
    return membership


@transaction.atomic
def place_member(
    membership: Membership, *, title: str, manager: Membership | None, by: Actor
) -> Membership:
    """Say what somebody is called here and to whom they report; nobody says it of themselves."""
    # One line is drawn at a time: two at once could close a circle.
    organisation = current_organisation_id()
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation)
    here = Membership.objects.filter(organisation_id=organisation)
    membership = here.select_for_update(of=["self"]).with_user().get(pk=membership.pk)

    refuse_if(objection_to_own_roles(membership.user_id, by_id=person_behind(by)))
    refuse_if(objection_to_manager(membership, manager, _above(manager)))

    before = {"title": membership.title, "manager": membership.manager_id}
    membership.title, membership.manager = title.strip(), manager
    membership.save(update_fields=["title", "manager"])
    after = {"title": membership.title, "manager": membership.manager_id}
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    record(by, "member.placed", membership, details={"changed": changed})
    return membership


def _above(manager: Membership | None) -> set[uuid.UUID]:
    """A manager and everybody to whom that one reports."""
    found: set[uuid.UUID] = set()
    at = manager.pk if manager else None
    while at is not None and at not in found:
        found.add(at)
        at = Membership.objects.filter(pk=at).values_list("manager_id", flat=True).first()
    return found
