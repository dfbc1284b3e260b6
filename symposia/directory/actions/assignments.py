"""Who holds which territory from when until when; the role that goes with it comes on the first
day and ends with the last."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import give_role
from symposia.accounts.models import Grant, Membership, Role, ScopeKind
from symposia.accounts.policies import objection_to_own_roles
from symposia.accounts.queries import local_day, person_behind, this_organisation
from symposia.audit.actions import record
from symposia.directory.events import TerritoryAssigned
from symposia.directory.models import Assignment, Territory
from symposia.directory.policies.assignments import (
    objection_to_assigning,
    objection_to_ending_assignment,
    objection_to_holders,
)
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_ends

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """From which day on, and the last one if there is one."""

    from_on: date
    until_on: date | None = None


@transaction.atomic
def assign_territory(
    territory: Territory, membership: Membership, role: Role, days: Days, *, by: Actor
) -> Assignment:
    """Let somebody hold a territory in a role, from a day on; whoever holds it before hands it on
    the day before."""
    territory = Territory.objects.select_for_update(of=["self"]).get(pk=territory.pk)
    membership = Membership.objects.with_user().get(pk=membership.pk)
    today, person = local_day(now()), person_behind(by)
    met = _met(territory, role, days)
    own = _own(met, membership, days)

    refuse_if(objection_to_own_roles(membership.user_id, by_id=person))
    refuse_if(objection_to_assigning(membership, role, days.from_on, days.until_on, today=today))
    refuse_if(None if own else objection_to_holders(met, days.from_on))

    if own:
        _let_end(own, days.until_on, by=by)
        return own
    for earlier in met:
        _end(earlier, days.from_on - _DAY, by=by)
    made = Assignment.objects.create(
        territory=territory,
        membership=membership,
        role=role,
        from_on=days.from_on,
        until_on=days.until_on,
        assigned_by_id=person,
        assigned_by_name=by.name[:200],
    )
    record(by, "territory.assigned", made, details=_details(made))
    if made.from_on <= today:
        _begin(made, now(), by)
    announce(TerritoryAssigned(made.pk))
    return made


@transaction.atomic
def end_assignment(assignment: Assignment, on: date, *, by: Actor, reason: str = "") -> None:
    """Let a territory go after a day; what has not begun by then never begins."""
    Territory.objects.select_for_update(of=["self"]).get(pk=assignment.territory_id)
    assignment = Assignment.objects.with_people().get(pk=assignment.pk)

    refuse_if(objection_to_own_roles(assignment.membership.user_id, by_id=person_behind(by)))
    refuse_if(objection_to_ending_assignment(assignment, on, today=local_day(now())))

    _end(assignment, on, by=by, reason=reason)


@transaction.atomic
def begin_assignments(*, at: datetime, by: Actor) -> int:
    """Give the roles of those whose first day has come; answers how many."""
    due = Assignment.objects.on(local_day(at)).filter(begun_at=None).with_people()
    begun = list(due.order_by("from_on", "pk").select_for_update(of=["self"]))
    for assignment in begun:
        _begin(assignment, at, by)
    return len(begun)


@transaction.atomic
def pass_territories_on(
    membership_id: uuid.UUID, successor: Membership | None, *, by: Actor
) -> int:
    """Of somebody who leaves: what is held, or would be later, goes to the successor from today
    on, or to nobody; answers how many."""
    today = local_day(now())
    held = Assignment.objects.of_member(membership_id).not_over(today).with_people()
    several = list(held.order_by("pk").select_for_update(of=["self"]))
    for assignment in several:
        first = max(today, assignment.from_on)
        days = Days(first, assignment.until_on)
        _end(assignment, first - _DAY, by=by)
        if successor:
            assign_territory(assignment.territory, successor, assignment.role, days, by=by)
    return len(several)


@transaction.atomic
def note_role_taken(
    membership_id: uuid.UUID, role_id: uuid.UUID, scope_id: uuid.UUID, *, by: Actor
) -> None:
    """A role of a territory was taken away by itself: from today on the territory is not held."""
    today = local_day(now())
    held = Assignment.objects.of_member(membership_id).on(today).filter(begun_at__isnull=False)
    theirs = held.filter(role_id=role_id, territory_id=scope_id).with_people()
    for assignment in theirs.order_by("pk").select_for_update(of=["self"]):
        _note_end(assignment, today, by=by)


def _met(territory: Territory, role: Role, days: Days) -> list[Assignment]:
    """Those of the same role whose days meet these."""
    same = Assignment.objects.of(territory).filter(role=role).not_over(days.from_on)
    if days.until_on:
        same = same.filter(from_on__lte=days.until_on)
    found = same.with_people().order_by("from_on")
    return list(found.select_for_update(of=["self"]))


def _end(assignment: Assignment, on: date, *, by: Actor, reason: str = "") -> None:
    """It ends after a day; where that day is before the first, it was never held."""
    if on < assignment.from_on:
        record(by, "territory.released", assignment, reason=reason, details=_details(assignment))
        begun, assignment.until_on = assignment.begun_at, on
        if begun:
            _give(assignment, by)
        Assignment.objects.filter(pk=assignment.pk).delete()
        return
    _let_end(assignment, on, by=by, reason=reason)


def _own(met: list[Assignment], membership: Membership, days: Days) -> Assignment | None:
    """Of somebody who holds it already, what gets another last day."""
    held = [each for each in met if each.from_on <= days.from_on]
    theirs = held == met and [each.membership_id for each in met] == [membership.pk]
    return held[0] if theirs else None


def _let_end(assignment: Assignment, on: date | None, *, by: Actor, reason: str = "") -> None:
    if assignment.until_on == on:
        return
    _note_end(assignment, on, by=by, reason=reason)
    if assignment.begun_at:
        _give(assignment, by)


def _note_end(assignment: Assignment, on: date | None, *, by: Actor, reason: str = "") -> None:
    before, assignment.until_on = assignment.until_on, on
    assignment.save(update_fields=["until_on"])
    details = {**_details(assignment), "changed": {"until_on": [before, on]}}
    record(by, "territory.end_changed", assignment, reason=reason, details=details)


def _begin(assignment: Assignment, at: datetime, by: Actor) -> None:
    assignment.begun_at = at
    assignment.save(update_fields=["begun_at"])
    _give(assignment, by)
    record(by, "territory.taken_over", assignment, details=_details(assignment))


def _give(assignment: Assignment, by: Actor) -> None:
    """The role as long as the assignment; of one that is cut, as long as that. Nobody who has left
    gets one."""
    if assignment.membership.ended_at:
        return
    zone = this_organisation().zone
    ends = day_ends(assignment.until_on, zone) if assignment.until_on else None
    scope = {"scope_kind": ScopeKind.TERRITORY, "scope_id": assignment.territory_id}
    held = Grant.objects.filter(membership=assignment.membership, role=assignment.role, **scope)
    if ends and ends <= now() and not held.exists():
        return
    give_role(
        assignment.membership.user,
        assignment.role,
        given_by=assignment.assigned_by_id,
        by=by,
        valid_until=ends,
        **scope,
    )


def _details(assignment: Assignment) -> dict[str, object]:
    return {
        "territory": assignment.territory_id,
        "person": assignment.membership.user_id,
        "role": assignment.role.code,
        "from": assignment.from_on,
        "until": assignment.until_on,
    }
