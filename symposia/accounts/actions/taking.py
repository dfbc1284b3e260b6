"""What a change of access comes to once nobody else is asked: a role goes, or gets another end, or
a membership is over. Whether a second administrator agrees first is said in `members.py`."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions.signing_in import revoke_personal_token
from symposia.accounts.events import MembershipEnded, MembershipEnding, RoleTaken
from symposia.accounts.letters import tell_successor
from symposia.accounts.models import (
    AccessChange,
    Belonging,
    ChangeState,
    Grant,
    Membership,
    MembershipInvitation,
    PersonalToken,
    User,
)
from symposia.accounts.models.changes import AccessChangeQuerySet
from symposia.accounts.open_work import offers_of
from symposia.accounts.policies import line_above
from symposia.accounts.queries import this_organisation
from symposia.accounts.succession import Succession
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce


@transaction.atomic
def take_role(grant: Grant, *, by: Actor, reason: str) -> None:
    """The role is gone; what waited for a second administrator about it is given up."""
    record(by, "access.revoked", grant, reason=reason, details={"role": grant.role.code})
    _give_up(AccessChange.objects.of_grant(grant), by)
    taken = RoleTaken(grant.membership_id, grant.role_id, grant.scope_kind, grant.scope_id)
    grant.delete()
    announce(taken)


@transaction.atomic
def end_role_at(grant: Grant, until: datetime | None, *, by: Actor) -> None:
    """The role ends on another day than it did, or has no end."""
    before, grant.valid_until = grant.valid_until, until
    grant.save(update_fields=["valid_until"])
    details = {"role": grant.role.code, "changed": {"until": [before, until]}}
    record(by, "access.term_changed", grant, details=details)


@transaction.atomic
def close_membership(
    membership: Membership, *, by: Actor, reason: str, succession: Succession
) -> None:
    """Roles, keys and open offers end in this step; open work goes to the successors."""
    at = now()
    announce(MembershipEnding(membership.user_id, succession.successor_id, succession.otherwise))
    membership.ended_at = at
    membership.forget_directory()
    membership.save()
    Belonging.objects.filter(membership=membership).delete()
    for grant in Grant.objects.filter(membership=membership).select_related("role"):
        take_role(grant, by=by, reason=reason)
    _give_up(AccessChange.objects.filter(membership=membership), by)
    for token in PersonalToken.objects.living().of(membership):
        revoke_personal_token(token, by=by)
    for offer in MembershipInvitation.objects.open(at).to(membership.user):
        offer.withdrawn_at = at
        offer.save(update_fields=["withdrawn_at"])
        record(by, "member.offer_withdrawn", offer, reason=reason)
    _pass_reports_on(membership, succession.of("reports"), by=by)
    _pass_offers_on(membership, succession.of("offers"), by=by)
    details = {"successor": succession.successor_id, "otherwise": succession.as_kept}
    record(by, "member.left", membership, reason=reason, details=details)
    for successor in User.objects.filter(pk__in=succession.people).order_by("pk"):
        tell_successor(successor, membership.user, this_organisation(), by=by)
    announce(
        MembershipEnded(
            membership.pk, membership.user_id, succession.successor_id, succession.otherwise
        )
    )


def _pass_offers_on(membership: Membership, successor_id: uuid.UUID | None, *, by: Actor) -> None:
    """Offers that the leaver made stand in the name of who goes on with them."""
    if successor_id is None:
        return
    for offer in offers_of(membership.user_id).order_by("pk").select_for_update():
        was, offer.invited_by_id = offer.invited_by_id, successor_id
        offer.save(update_fields=["invited_by_id"])
        details = {"invited_by": [was, successor_id]}
        record(by, "member.offer_handed_over", offer, details=details)


def _pass_reports_on(membership: Membership, successor_id: uuid.UUID | None, *, by: Actor) -> None:
    """Whoever reported to somebody who leaves reports to the successor, or one step up where that
    would close a circle or nobody succeeds."""
    here = Membership.objects.standing().filter(organisation_id=membership.organisation_id)
    lines = dict(here.values_list("pk", "manager_id"))
    successor = here.filter(user_id=successor_id).first() if successor_id else None
    above = line_above(successor.pk if successor else None, lines)
    for report in here.filter(manager=membership).order_by("pk").select_for_update(of=["self"]):
        goes_to = successor.pk if successor and report.pk not in above else membership.manager_id
        report.manager_id = goes_to
        report.save(update_fields=["manager"])
        changed = {"manager": [membership.pk, goes_to]}
        record(by, "member.placed", report, details={"changed": changed})


def _give_up(changes: AccessChangeQuerySet, by: Actor) -> None:
    for change in changes.waiting().select_for_update(of=["self"]):
        change.move(ChangeState.DROPPED, decided_at=now(), decided_by_name=by.name)
        record(by, "access.change_dropped", change)
