import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions.signing_in import revoke_personal_token
from symposia.accounts.events import MembershipEnded
from symposia.accounts.letters import tell_of_deciding_role
from symposia.accounts.models import (
    Grant,
    Membership,
    MembershipInvitation,
    PersonalToken,
    Role,
    User,
)
from symposia.accounts.policies import (
    objection_to_confirming,
    objection_to_ending,
    objection_to_own_roles,
    objection_to_removing_grant,
    objection_to_shortening,
    objection_to_term,
)
from symposia.accounts.queries import administrators, person_behind, this_organisation
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import current_organisation_id


@transaction.atomic
def add_member(user: User, role: Role, *, by: Actor, **terms: Any) -> Grant:
    """Give another person a role here, making them a member if they are not yet. The terms say
    how far the role reaches, and `valid_until` when it ends by itself."""
    person = person_behind(by)

    refuse_if(objection_to_own_roles(user.pk, by_id=person))
    refuse_if(objection_to_term(terms.get("valid_until"), at=now()))

    return give_role(user, role, given_by=person, by=by, **terms)


@transaction.atomic
def give_role(
    user: User,
    role: Role,
    *,
    given_by: uuid.UUID | None,
    by: Actor,
    valid_until: datetime | None = None,
    **scope: Any,
) -> Grant:
    """Let somebody hold a role; one that is held already ends as is said now.

    A role that decides waits for a second administrator, and so does one that shall last longer.
    """
    at = now()
    membership = _joined(user, at)
    grant = _held(membership, role, **scope)
    longer = grant.ends_before(valid_until)

    refuse_if(None if longer else objection_to_shortening(grant, valid_until, _lasting(at)))

    decides = role.decides and given_by and longer
    others = [one for one in administrators(at) if one.pk not in {given_by, user.pk}]
    grant.valid_until = valid_until
    if longer:
        grant.granted_by_id, grant.confirmed_by_id = given_by, None
        grant.waits_since = at if decides and others else None
    grant.save()
    details = {"role": role.code, "user": user.pk, "until": valid_until}
    record(by, "access.granted", grant, details=details)
    if decides:
        tell_of_deciding_role(grant, this_organisation(), others, by=by)
    return grant


def _joined(user: User, at: datetime) -> Membership:
    """Their membership; of somebody who comes back the one that had ended."""
    membership, _ = Membership.objects.select_for_update().get_or_create(
        user=user, organisation_id=current_organisation_id(), defaults={"joined_at": at}
    )
    if membership.ended_at:
        membership.joined_at, membership.ended_at = at, None
        membership.save(update_fields=["joined_at", "ended_at"])
    return membership


def _held(membership: Membership, role: Role, **scope: Any) -> Grant:
    wanted = {
        "membership": membership,
        "role": role,
        "scope_kind": scope.get("scope_kind", "organisation"),
        "scope_id": scope.get("scope_id"),
    }
    return Grant.objects.select_for_update(of=["self"]).filter(**wanted).first() or Grant(**wanted)


def _lasting(at: datetime) -> list[uuid.UUID]:
    """The grants that let somebody administer the whole organisation, without an end."""
    leading = Grant.objects.select_for_update(of=["self"]).administering(at)
    return [grant.pk for grant in leading.filter(valid_until=None)]


@transaction.atomic
def confirm_grant(grant: Grant, *, by: Actor) -> Grant:
    """A second administrator agrees that somebody holds a role that decides."""
    grant = Grant.objects.select_for_update(of=["self"]).with_person().get(pk=grant.pk)
    person = person_behind(by)

    refuse_if(objection_to_confirming(grant, by_id=person))

    grant.waits_since = None
    grant.confirmed_by_id = person
    grant.save(update_fields=["waits_since", "confirmed_by_id"])
    record(by, "access.confirmed", grant, details={"role": grant.role.code})
    return grant


@transaction.atomic
def remove_grant(grant: Grant, *, by: Actor, reason: str) -> None:
    """Take a role away, with a reason; the next request already runs without it."""
    lasting = _lasting(now())

    refuse_if(objection_to_removing_grant(grant, lasting, reason=reason))
    refuse_if(objection_to_own_roles(grant.membership.user_id, by_id=person_behind(by)))

    record(by, "access.revoked", grant, reason=reason)
    grant.delete()


@transaction.atomic
def end_membership(membership: Membership, *, by: Actor, reason: str) -> Membership:
    """Somebody leaves: roles, keys and offers end with it; the next request knows them no more.

    One person and a reason are enough, as a leak is closed at once. Whoever is added again starts
    with the role that is given then, and with no other.
    """
    at = now()
    membership = Membership.objects.select_for_update(of=["self"]).with_user().get(pk=membership.pk)
    lasting = _lasting(at)
    grants = list(Grant.objects.filter(membership=membership).select_related("role"))

    refuse_if(objection_to_own_roles(membership.user_id, by_id=person_behind(by)))
    refuse_if(objection_to_ending(membership, [g.pk for g in grants], lasting, reason=reason))

    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    for grant in grants:
        record(by, "access.revoked", grant, reason=reason, details={"role": grant.role.code})
        grant.delete()
    for token in PersonalToken.objects.living().of(membership):
        revoke_personal_token(token, by=by)
    for offer in MembershipInvitation.objects.open(at).to(membership.user):
        offer.withdrawn_at = at
        offer.save(update_fields=["withdrawn_at"])
        record(by, "member.offer_withdrawn", offer, reason=reason)
    record(by, "member.left", membership, reason=reason)
    announce(MembershipEnded(membership.pk, membership.user_id))
    return membership
