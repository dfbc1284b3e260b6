from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions.members import give_role
from symposia.accounts.letters import write_membership_offer
from symposia.accounts.models import MembershipInvitation, Role, User
from symposia.accounts.policies import (
    objection_to_accepting,
    objection_to_own_roles,
    objection_to_term,
)
from symposia.accounts.queries import person_behind, this_organisation, user_by_email
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def invite_member(
    role: Role, *, email: str, full_name: str, by: Actor, **terms: Any
) -> MembershipInvitation:
    """Offer a person a role here, by mail, for a week; nobody to oneself. The terms say how far
    the role reaches, and `valid_until` when it ends by itself."""
    known, person = user_by_email(email.strip()), person_behind(by)

    refuse_if(objection_to_own_roles(known.pk if known else None, by_id=person))
    refuse_if(objection_to_term(terms.get("valid_until"), at=now()))

    invitation = MembershipInvitation.objects.create(
        role=role,
        email=email.strip().lower(),
        full_name=full_name,
        expires_at=now() + timedelta(days=7),
        invited_by_id=person,
        **terms,
    )
    record(by, "member.invited", invitation, details={"role": role.code})
    write_membership_offer(invitation, this_organisation(), by=by)
    return invitation


@transaction.atomic
def withdraw_offer(invitation: MembershipInvitation, *, by: Actor) -> None:
    """Take an offer of membership back; its link no longer works."""
    invitation = MembershipInvitation.objects.select_for_update().get(pk=invitation.pk)

    refuse_if(objection_to_accepting(invitation, at=now()))

    invitation.withdrawn_at = now()
    invitation.save(update_fields=["withdrawn_at"])
    record(by, "member.offer_withdrawn", invitation)


@transaction.atomic
def accept_membership(invitation: MembershipInvitation, *, by: Actor) -> User:
    """Turn an offer into a membership, making the user if this is the first organisation."""
    invitation = MembershipInvitation.objects.select_for_update().get(pk=invitation.pk)
    at = now()

    refuse_if(objection_to_accepting(invitation, at=at))

    user = User.objects.by_email(invitation.email) or User.objects.create_user(
        invitation.email, full_name=invitation.full_name
    )
    invitation.accepted_at, invitation.accepted_by_id = at, user.pk
    invitation.save(update_fields=["accepted_at", "accepted_by_id"])
    give_role(user, invitation.role, given_by=invitation.invited_by_id, by=by, **invitation.terms)
    record(by, "member.joined", invitation)
    return user
