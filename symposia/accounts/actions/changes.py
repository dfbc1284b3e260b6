import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions.taking import close_membership, end_role_at, take_role
from symposia.accounts.events import AccessChangeAsked, AccessChangeDecided
from symposia.accounts.letters import tell_of_change
from symposia.accounts.models import (
    AccessChange,
    ChangeKind,
    ChangeState,
    Grant,
    Membership,
    User,
)
from symposia.accounts.policies import (
    GRANT_GONE,
    objection_to_agreeing,
    objection_to_asking,
    objection_to_dropping,
    objection_to_ending,
    objection_to_removing_grant,
    objection_to_shortening,
    objection_to_term,
)
from symposia.accounts.queries import person_behind, this_organisation
from symposia.accounts.succession import Succession
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, refuse_if


@dataclass(frozen=True)
class Wanted:
    """What shall become of a role, or of a whole membership, and why."""

    kind: str
    membership: Membership
    grant: Grant | None = None
    until: datetime | None = None
    reason: str = ""
    succession: Succession = field(default_factory=Succession)


@transaction.atomic
def ask_second(
    wanted: Wanted, seconds: list[User], *, person: uuid.UUID, by: Actor
) -> AccessChange:
    """Write down what one administrator wants, and tell those who may agree."""
    grant = wanted.grant
    about = {"membership": wanted.membership, "grant_id": grant.pk if grant else None}

    refuse_if(objection_to_asking(AccessChange.objects.waiting().filter(**about).exists()))

    change = AccessChange.objects.create(
        **about,
        kind=wanted.kind,
        role=grant.role if grant else None,
        until=wanted.until,
        successor_id=wanted.succession.successor_id,
        otherwise=wanted.succession.as_kept,
        reason=wanted.reason.strip()[:500],
        asked_by_id=person,
        asked_by_name=by.name,
    )
    record(by, "access.change_asked", change, reason=change.reason, details=_details(change))
    tell_of_change(change, this_organisation(), seconds, by=by)
    announce(AccessChangeAsked(change.pk))
    return change


@transaction.atomic
def agree_to_change(change: AccessChange, *, by: Actor) -> AccessChange:
    """A second administrator agrees, and what was asked for happens; somebody from whom it is
    taken may be the second."""
    lasting = _lock(change)
    change, person = _locked(change), person_behind(by)

    refuse_if(objection_to_agreeing(change, by_id=person))

    decided = {"decided_by_id": person, "decided_by_name": by.name, "decided_at": now()}
    change.move(ChangeState.AGREED, **decided)
    record(by, "access.change_agreed", change, reason=change.reason, details=_details(change))
    _carry_out(change, lasting, by)
    announce(AccessChangeDecided(change.pk))
    return change


@transaction.atomic
def drop_change(change: AccessChange, *, by: Actor) -> AccessChange:
    """Leave everything as it is: whoever asked thinks again, or another administrator says no, who
    is not the one from whom it is taken."""
    change, person = _locked(change), person_behind(by)

    refuse_if(objection_to_dropping(change, by_id=person))

    decided = {"decided_by_id": person, "decided_by_name": by.name}
    change.move(ChangeState.DROPPED, decided_at=now(), **decided)
    record(by, "access.change_dropped", change, details=_details(change))
    announce(AccessChangeDecided(change.pk))
    return change


def _carry_out(change: AccessChange, lasting: list[uuid.UUID], by: Actor) -> None:
    if change.kind == ChangeKind.LEAVES:
        held = [grant.pk for grant in Grant.objects.filter(membership=change.membership)]
        refuse_if(objection_to_ending(change.membership, held, lasting, reason=change.reason))
        succession = Succession(change.successor_id, change.others)
        close_membership(change.membership, by=by, reason=change.reason, succession=succession)
        return
    grant = (
        Grant.objects.select_for_update(of=["self"]).with_person().filter(pk__in=[change.grant_id])
    )
    if not grant:
        raise Refused(GRANT_GONE)
    if change.kind == ChangeKind.ROLE_ENDS:
        refuse_if(objection_to_removing_grant(grant[0], lasting, reason=change.reason))
        take_role(grant[0], by=by, reason=change.reason)
        return
    refuse_if(objection_to_term(change.until, at=now()))
    refuse_if(objection_to_shortening(grant[0], change.until, lasting))
    end_role_at(grant[0], change.until, by=by)


def _lock(change: AccessChange) -> list[uuid.UUID]:
    """The membership and the administrators, in the order in which everybody locks them."""
    Membership.objects.select_for_update().get(pk=change.membership_id)
    return Grant.objects.lock_administering(now())


def _locked(change: AccessChange) -> AccessChange:
    return AccessChange.objects.select_for_update(of=["self"]).with_person().get(pk=change.pk)


def _details(change: AccessChange) -> dict[str, object]:
    role = change.role.code if change.role else None
    return {"kind": change.kind, "role": role, "until": change.until}
