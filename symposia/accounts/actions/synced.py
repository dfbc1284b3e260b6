"""What the organisation's own directory says of those who work here: who they are, that they have
left it, and that they are back. Nobody's membership ends by it; an administrator reviews that."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from symposia.accounts.actions.newcomers import place_member, take_in_colleague
from symposia.accounts.events import BackInDirectory, LeftDirectory
from symposia.accounts.letters import tell_of_leaver
from symposia.accounts.models import Grant, Membership, Organisation, SyncStep
from symposia.accounts.models.members import MembershipQuerySet
from symposia.accounts.queries import administrators, person_behind, this_organisation
from symposia.accounts.synced import KEPT_FOR, MOST_KEPT
from symposia.accounts.synced_rules import (
    objection_to_keeping,
    objection_to_losing,
    objection_to_same_name,
)
from symposia.audit.actions import record, record_each
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, refuse_if
from symposia.shared.tenancy import current_organisation_id

# What is removed in one step; what is left is removed by the next one.
MOST_FORGOTTEN = 5_000


@dataclass(frozen=True)
class DirectoryFacts:
    """What the directory says of one person, and of which attributes that somebody may have
    written here it speaks at all."""

    user_name: str
    email: str
    full_name: str
    external_id: str = ""
    title: str = ""
    manager: Membership | None = None
    is_active: bool = True
    said: frozenset[str] = frozenset()


@transaction.atomic
def keep_member(facts: DirectoryFacts, *, by: Actor) -> Membership:
    """Somebody stands in the directory and works here from now on; who works here already is
    taken for the same person by the address."""
    # One comes in at a time: two requests at once would make the same person twice.
    Organisation.objects.select_for_update(no_key=True).get(pk=current_organisation_id())
    known = _here().filter(user__email__iexact=facts.email, ended_at=None).first()

    refuse_if(objection_to_keeping(facts.user_name, facts.email, facts.full_name))
    refuse_if(_objection_to_names(facts, known, is_new=True))

    membership = known or take_in_colleague(facts.email, facts.full_name, by=by)
    return change_member(membership, facts, by=by)


@transaction.atomic
def change_member(membership: Membership, facts: DirectoryFacts, *, by: Actor) -> Membership:
    """Keep what the directory says of somebody now. Name and address of who has an account are
    their own, for they sign in with it elsewhere too."""
    membership = _here().select_for_update(of=["self"]).with_user().get(pk=membership.pk)

    refuse_if(objection_to_keeping(facts.user_name, facts.email, facts.full_name))
    refuse_if(_objection_to_names(facts, membership))

    before = (membership.directory_name, membership.external_id, membership.removed_at)
    membership.directory_name, membership.external_id = facts.user_name, facts.external_id
    membership.removed_at = None
    if before != (membership.directory_name, membership.external_id, None):
        membership.save(update_fields=["directory_name", "external_id", "removed_at"])
        record(by, "member.kept_by_directory", membership, details={"key": facts.external_id})
    title = facts.title if "title" in facts.said else membership.title
    manager = facts.manager if "manager" in facts.said else membership.manager
    if (membership.title, membership.manager) != (title, manager):
        membership = place_member(membership, title=title, manager=manager, by=by)
    if facts.is_active != membership.in_directory:
        move = restore_member if facts.is_active else suspend_member
        membership = move(membership, by=by)
    return membership


@transaction.atomic
def suspend_member(membership: Membership, *, by: Actor, removed: bool = False) -> Membership:
    """The directory does not have somebody any more: no role of theirs counts from now on, nothing
    of their work is lost, and the administrators are told to review it. Whoever manages access
    keeps it until a second administrator has agreed (ADR 0017)."""
    at = now()
    membership = _here().select_for_update(of=["self"]).with_user().get(pk=membership.pk)
    lasting = Grant.objects.lock_administering(at)
    manages = Grant.objects.managing_access(at).filter(membership=membership)
    grants = list(manages.values_list("pk", flat=True))

    refuse_if(objection_to_losing(membership, lasting, grants, by_id=person_behind(by)))

    was_there = membership.in_directory
    if was_there:
        membership.left_directory_at = at
        membership.suspended_at = None if grants else at
    if removed:
        membership.removed_at = at
        membership.external_id = membership.directory_name = ""
    membership.save()
    details = {"removed": removed, "suspended": membership.suspended_at}
    record(by, "member.left_directory", membership, details=details)
    if was_there:
        others = [one for one in administrators(at) if one.pk != membership.user_id]
        tell_of_leaver(membership, this_organisation(), others, by=by)
        announce(LeftDirectory(membership.pk, membership.user_id))
    return membership


@transaction.atomic
def restore_member(membership: Membership, *, by: Actor) -> Membership:
    """The directory has somebody again: their roles count as before."""
    membership = _here().select_for_update(of=["self"]).with_user().get(pk=membership.pk)
    membership.left_directory_at = membership.suspended_at = membership.removed_at = None
    membership.save(update_fields=["left_directory_at", "suspended_at", "removed_at"])
    record(by, "member.back_in_directory", membership)
    announce(BackInDirectory(membership.pk, membership.user_id))
    return membership


@transaction.atomic
def note_sync_step(
    kind: str, operation: str, *, of: str, status: int, note: str, by: Actor
) -> SyncStep:
    """Keep what the directory asked for and what came of it, for whoever looks after it."""
    step = SyncStep(
        kind=kind, operation=operation, person_or_group=of[:254], status=status, note=note[:1000]
    )
    step.save(force_insert=True)
    record(by, "directory_step.noted", step)
    return step


@transaction.atomic
def forget_sync_steps(*, at: datetime, by: Actor) -> int:
    """Remove what the directory asked for long ago, or before very much else; the journal keeps
    that each was noted and removed. Answers how many; the rest goes next time."""
    old = SyncStep.objects.to_forget(at - KEPT_FOR, MOST_KEPT)[:MOST_FORGOTTEN]
    steps = list(old.select_for_update(skip_locked=True))
    SyncStep.objects.filter(pk__in=[step.pk for step in steps]).delete()
    record_each(by, "directory_step.removed", steps)
    return len(steps)


def _objection_to_names(
    facts: DirectoryFacts, membership: Membership | None, *, is_new: bool = False
) -> Objection | None:
    """One name and one key of the directory stand for one person."""
    others = _here().filter(ended_at=None).exclude(pk__in=[membership.pk] if membership else [])
    same = Q(directory_name__iexact=facts.user_name)
    if facts.external_id:
        same |= Q(external_id=facts.external_id)
    kept = is_new and membership and membership.directory_name and not membership.removed_at
    return objection_to_same_name(bool(kept) or others.filter(same).exists(), facts.user_name)


def _here() -> MembershipQuerySet:
    return Membership.objects.filter(organisation_id=current_organisation_id())
