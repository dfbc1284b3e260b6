import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions.changes import Wanted, ask_second
from symposia.accounts.actions.taking import close_membership, end_role_at, take_role
from symposia.accounts.letters import tell_of_deciding_role
from symposia.accounts.models import ChangeKind, Grant, Membership, Role, User
from symposia.accounts.open_work import kinds_of_open_work
from symposia.accounts.policies import (
    GRANT_GONE,
    objection_to_confirming,
    objection_to_conflicts,
    objection_to_ending,
    objection_to_kinds,
    objection_to_own_roles,
    objection_to_removing_grant,
    objection_to_shortening,
    objection_to_successor,
    objection_to_term,
)
from symposia.accounts.queries import (
    person_behind,
    second_eyes,
    this_organisation,
    works_here,
)
from symposia.accounts.succession import Succession, conflicts_of
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused, refuse_if


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

    A role that decides waits for a second administrator. One that is held stays as it is until a
    second agrees that it lasts longer, or that somebody who manages access does so for less long.
    """
    at = now()
    membership = Membership.objects.join(user, at)
    lasting = Grant.objects.lock_administering(at)
    grant = _held(membership, role, **scope)

    refuse_if(objection_to_shortening(grant, valid_until, lasting))

    if Grant.objects.in_force(at).filter(pk=grant.pk).exists():
        _end_otherwise(grant, valid_until, given_by=given_by, by=by)
        return grant
    return _give(grant, valid_until, given_by=given_by, by=by)


def _give(grant: Grant, until: datetime | None, *, given_by: uuid.UUID | None, by: Actor) -> Grant:
    """A role that is not held yet: given anew, or given once more while it waits."""
    at, anew = now(), grant.ends_before(until)
    decides = grant.role.decides and given_by and anew
    others = second_eyes(at, besides={given_by, grant.membership.user_id})
    grant.valid_until = until
    if anew:
        grant.granted_by_id, grant.confirmed_by_id = given_by, None
        grant.waits_since = at if decides and others else None
    grant.save()
    details = {"role": grant.role.code, "user": grant.membership.user_id, "until": until}
    record(by, "access.granted", grant, details=details)
    if decides:
        tell_of_deciding_role(grant, this_organisation(), others, by=by)
    return grant


def _end_otherwise(
    grant: Grant, until: datetime | None, *, given_by: uuid.UUID | None, by: Actor
) -> None:
    """A role that is held gets another end, at once or once a second administrator agrees."""
    at, seconds = now(), []
    longer = grant.ends_before(until)
    if longer and grant.role.decides:
        seconds = second_eyes(at, besides={given_by, grant.membership.user_id})
    elif grant.is_cut_by(until) and grant.role.manages_access:
        seconds = second_eyes(at, besides={given_by})
    if given_by and seconds:
        kind = ChangeKind.LASTS_LONGER if longer else ChangeKind.ENDS_EARLIER
        ask_second(
            Wanted(kind, grant.membership, grant, until=until), seconds, person=given_by, by=by
        )
    elif until != grant.valid_until:
        end_role_at(grant, until, by=by)


def _held(membership: Membership, role: Role, **scope: Any) -> Grant:
    wanted = {
        "membership": membership,
        "role": role,
        "scope_kind": scope.get("scope_kind", "organisation"),
        "scope_id": scope.get("scope_id"),
    }
    known = Grant.objects.select_for_update(of=["self"]).with_person()
    return known.filter(**wanted).first() or Grant(**wanted)


@transaction.atomic
def confirm_grant(grant: Grant, *, by: Actor) -> Grant:
    """A second administrator agrees that somebody holds a role that decides."""
    grant = _locked(grant)
    person = person_behind(by)

    refuse_if(objection_to_confirming(grant, by_id=person))

    grant.waits_since = None
    grant.confirmed_by_id = person
    grant.save(update_fields=["waits_since", "confirmed_by_id"])
    record(by, "access.confirmed", grant, details={"role": grant.role.code})
    return grant


@transaction.atomic
def remove_grant(grant: Grant, *, by: Actor, reason: str) -> None:
    """Take a role away, with a reason; the next request already runs without it.

    One that manages access is held until a second administrator agrees, or its holder does.
    """
    at, person = now(), person_behind(by)
    lasting = Grant.objects.lock_administering(at)
    grant = _locked(grant)

    refuse_if(objection_to_removing_grant(grant, lasting, reason=reason))
    refuse_if(objection_to_own_roles(grant.membership.user_id, by_id=person))

    seconds = _seconds([grant], person, at)
    if person and seconds:
        wanted = Wanted(ChangeKind.ROLE_ENDS, grant.membership, grant, reason=reason)
        ask_second(wanted, seconds, person=person, by=by)
    else:
        take_role(grant, by=by, reason=reason)


@transaction.atomic
def end_membership(
    membership: Membership,
    *,
    by: Actor,
    reason: str,
    successor: uuid.UUID | None = None,
    otherwise: Mapping[str, uuid.UUID | None] | None = None,
    in_spite: bool = False,
) -> Membership:
    """Somebody leaves: roles, keys and offers end with it; the next request knows them no more.

    One person and a reason are enough, as a leak is closed at once; of somebody who manages access
    a second administrator agrees first. Whoever is added again starts with the role that is given
    then, and with no other. Open work goes to the successor, of some kinds otherwise, all in this
    step; what stands against them was read and is accepted `in_spite` of it.
    """
    at, person = now(), person_behind(by)
    membership = Membership.objects.select_for_update(of=["self"]).with_user().get(pk=membership.pk)
    lasting = Grant.objects.lock_administering(at)
    grants = list(Grant.objects.filter(membership=membership).select_related("role"))

    refuse_if(objection_to_own_roles(membership.user_id, by_id=person))
    refuse_if(objection_to_ending(membership, [g.pk for g in grants], lasting, reason=reason))
    succession = Succession(successor, otherwise or {})
    _check_succession(membership, succession, in_spite=in_spite)

    seconds = _seconds(grants, person, at)
    if person and seconds:
        wanted = Wanted(ChangeKind.LEAVES, membership, reason=reason, succession=succession)
        ask_second(wanted, seconds, person=person, by=by)
    else:
        close_membership(membership, by=by, reason=reason, succession=succession)
    return membership


def _check_succession(membership: Membership, succession: Succession, *, in_spite: bool) -> None:
    """Only who works here and stays goes on, with kinds of work there are, and nothing against it
    is overlooked."""
    refuse_if(objection_to_kinds(succession.otherwise, kinds_of_open_work()))
    for who in succession.people:
        refuse_if(objection_to_successor(who, membership, works_here(who)))
    conflicts = conflicts_of(membership.user_id, succession, at=now())
    refuse_if(objection_to_conflicts(conflicts, in_spite=in_spite))


def _seconds(grants: list[Grant], person: uuid.UUID | None, at: datetime) -> list[User]:
    """Who is asked before somebody who manages access loses these; nobody for other roles."""
    held = Grant.objects.managing_access(at).filter(pk__in=[grant.pk for grant in grants])
    return second_eyes(at, besides={person}) if held.exists() else []


def _locked(grant: Grant) -> Grant:
    found = Grant.objects.select_for_update(of=["self"]).with_person().filter(pk=grant.pk).first()
    if found is None:
        raise Refused(GRANT_GONE)
    return found
