import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from symposia.accounts.models import Grant, User
from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import access_of_ids, local_day
from symposia.approvals.models import Delegation


@dataclass(frozen=True)
class Lent:
    """What somebody may sign in another's place today: the other's own access, and no more."""

    giver_id: uuid.UUID
    giver_name: str
    access: Access


def lent_to(access: Access, *, at: datetime) -> list[Lent]:
    """Everything that runs in this person's favour now; it ends with the giver's own right.

    A personal token signs for its owner alone.
    """
    if access.only is not None:
        return []
    running = Delegation.objects.running(local_day(at)).received_by(access.user_id)
    found = []
    for each in running.order_by("made_at", "pk"):
        theirs = access_of_ids(each.giver_id, access.organisation_id, at=at)
        if theirs is not None:
            found.append(Lent(each.giver_id, each.giver_name, _only_role(theirs, each.role)))
    return found


def _only_role(access: Access, role: str) -> Access:
    granted = tuple(g for g in access.granted if role in {"", g.role})
    return Access(access.user_id, access.organisation_id, granted)


def deciders_of(
    roles: Iterable[str], *, at: datetime, within: Collection[uuid.UUID] = ()
) -> list[User]:
    """Whoever holds one of these roles now, for the whole organisation or one of these scopes,
    each once."""
    grants = (
        Grant.objects.in_force(at)
        .filter(
            Q(scope_kind="organisation") | Q(scope_id__in=list(within)),
            role__code__in=list(roles),
            membership__user__is_active=True,
        )
        .with_person()
        .order_by("pk")
    )
    return list({grant.membership.user_id: grant.membership.user for grant in grants}.values())


def possible_delegates(access: Access, *, at: datetime) -> list[User]:
    """Colleagues who decide approvals themselves: only they may stand in for one another."""
    grants = (
        Grant.objects.in_force(at)
        .filter(
            role__permissions__contains=[Permission.DECIDE_APPROVALS],
            membership__user__is_active=True,
        )
        .exclude(membership__user_id=access.user_id)
        .with_person()
        .order_by("membership__user__full_name", "pk")
    )
    return list({grant.membership.user_id: grant.membership.user for grant in grants}.values())
