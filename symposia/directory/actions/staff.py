"""Groups of staff: made, called otherwise, retired; who looks after one, who is on its list."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from symposia.accounts.models import Grant, Membership
from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day, person_behind
from symposia.audit.actions import record, record_each
from symposia.directory.events import (
    GroupManagerAppointed,
    GroupManagerEnded,
    StaffGroupChanged,
)
from symposia.directory.models import (
    Clinician,
    GroupManager,
    Institution,
    StaffGroup,
    StaffMember,
)
from symposia.directory.policies.staff import (
    LOOKS_AFTER_IT,
    NO_STAFF_TO_TAKE,
    ON_THE_LIST,
    objection_to_appointing,
    objection_to_changing_group,
    objection_to_days,
    objection_to_ending_listing,
    objection_to_ending_manager,
    objection_to_group,
    objection_to_handing_on,
)
from symposia.directory.staff_lines import StaffLine
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, refuse_if


@dataclass(frozen=True)
class StaffGroupFacts:
    """What a group is called, and whose staff it is."""

    name: str
    institution: Institution | None = None
    department: str = ""


@dataclass(frozen=True)
class Appointment:
    """From which day somebody looks after a group, until which, and what they read."""

    from_on: date
    until_on: date | None = None
    sees_licences: bool = False


@transaction.atomic
def make_staff_group(facts: StaffGroupFacts, *, by: Actor) -> StaffGroup:
    """Begin a group; nobody looks after it yet."""
    name, department = facts.name.strip(), facts.department.strip()
    taken = StaffGroup.objects.standing().filter(name=name).exists()

    refuse_if(objection_to_group(name, facts.institution, department, taken=taken))

    group = StaffGroup.objects.create(
        name=name, institution=facts.institution, department=department
    )
    record(by, "staff_group.made", group, details=_told(group))
    announce(StaffGroupChanged(group.pk))
    return group


@transaction.atomic
def change_staff_group(group: StaffGroup, facts: StaffGroupFacts, *, by: Actor) -> StaffGroup:
    """Call it otherwise, or say whose staff it is."""
    group = StaffGroup.objects.locked(group.pk)
    name, department = facts.name.strip(), facts.department.strip()
    others = StaffGroup.objects.standing().filter(name=name).exclude(pk=group.pk)

    refuse_if(objection_to_changing_group(group))
    refuse_if(objection_to_group(name, facts.institution, department, taken=others.exists()))

    group.name, group.institution, group.department = name, facts.institution, department
    group.save(update_fields=["name", "institution", "department"])
    record(by, "staff_group.changed", group, details=_told(group))
    announce(StaffGroupChanged(group.pk))
    return group


@transaction.atomic
def retire_staff_group(group: StaffGroup, *, by: Actor, reason: str) -> StaffGroup:
    """Nobody looks after it from now on; the record of who did stays."""
    group = StaffGroup.objects.locked(group.pk)

    refuse_if(objection_to_changing_group(group))

    group.retired_at = now()
    group.save(update_fields=["retired_at"])
    record(by, "staff_group.retired", group, reason=reason)
    announce(StaffGroupChanged(group.pk))
    return group


def _told(group: StaffGroup) -> dict[str, object]:
    return {
        "name": group.name,
        "institution": group.institution_id,
        "department": group.department,
    }


@transaction.atomic
def appoint_manager(
    group: StaffGroup,
    membership: Membership,
    days: Appointment,
    *,
    by: Actor,
    access: Access | None = None,
) -> GroupManager:
    """Put a group into somebody's hands. `access` says what whoever appoints reads themselves;
    without it the product acts. No role goes with it, so nobody has to agree (ADR 0036)."""
    group = StaffGroup.objects.locked(group.pk)
    membership = Membership.objects.with_user().get(pk=membership.pk)
    reads_all = access is None or access.everywhere(Permission.VIEW_CREDITS)

    refuse_if(objection_to_changing_group(group))
    refuse_if(_objection_to_days(group, membership, days, by=by))
    refuse_if(objection_to_handing_on(sees_licences=days.sees_licences, reads_all=reads_all))

    # Whoever was ended at once may begin anew on the same day.
    manager, _is_new = GroupManager.objects.update_or_create(
        group=group,
        membership=membership,
        from_on=days.from_on,
        defaults={
            "until_on": days.until_on,
            "sees_licences": days.sees_licences,
            "ended_at": None,
            "appointed_at": now(),
            "appointed_by_name": by.name[:200],
        },
    )
    details = {"person": str(membership), "until": days.until_on, "licences": days.sees_licences}
    record(by, "group_manager.appointed", manager, details=details)
    announce(GroupManagerAppointed(manager.pk, group.pk))
    return manager


def _objection_to_days(
    group: StaffGroup, membership: Membership, days: Appointment, *, by: Actor
) -> Objection | None:
    """Why this colleague does not look after the group on these days."""
    met = GroupManager.objects.filter(group=group, membership=membership, ended_at=None)
    meeting = met.filter(_meeting(days.from_on, days.until_on))
    return objection_to_appointing(
        membership,
        days.from_on,
        days.until_on,
        by_id=person_behind(by),
        today=local_day(),
        has_way_in=_has_way_in(membership),
    ) or (LOOKS_AFTER_IT if meeting.exists() else None)


def _has_way_in(membership: Membership) -> bool:
    held = Grant.objects.in_force(now()).filter(membership=membership)
    return held.filter(role__permissions__contains=[Permission.OWN_LEARNING]).exists()


def _meeting(from_on: date, until_on: date | None) -> Q:
    """Rows whose days meet these."""
    later = Q(until_on=None) | Q(until_on__gte=from_on)
    return later & Q(from_on__lte=until_on) if until_on else later


@transaction.atomic
def end_manager(
    manager: GroupManager, *, by: Actor, on: date | None = None, reason: str = ""
) -> GroupManager:
    """Let somebody look after a group until a day, or, where none is said, no more from now on."""
    manager = GroupManager.objects.with_people().locked(manager.pk)
    today = local_day()

    refuse_if(objection_to_ending_manager(manager, on, by_id=person_behind(by), today=today))

    if on is None:
        manager.ended_at = now()
    manager.until_on = on or max(today, manager.from_on)
    manager.save(update_fields=["until_on", "ended_at"])
    record(by, "group_manager.ended", manager, details={"until": manager.until_on}, reason=reason)
    announce(GroupManagerEnded(manager.pk, manager.group_id))
    return manager


@transaction.atomic
def let_groups_go(membership_id: uuid.UUID, *, by: Actor) -> int:
    """Whoever leaves looks after no group any more; answers how many it were."""
    held = GroupManager.objects.not_over(local_day()).filter(membership=membership_id)
    several = list(held.select_for_update(of=["self"]).order_by("pk"))
    for manager in several:
        manager.ended_at = now()
        manager.save(update_fields=["ended_at"])
        announce(GroupManagerEnded(manager.pk, manager.group_id))
    record_each(by, "group_manager.ended", several)
    return len(several)


@transaction.atomic
def list_staff(
    group: StaffGroup,
    clinician: Clinician,
    from_on: date,
    until_on: date | None = None,
    *,
    by: Actor,
) -> StaffMember:
    """Put somebody on the list of a group from a day on."""
    group, clinician = StaffGroup.objects.locked(group.pk), clinician.as_kept
    there = StaffMember.objects.filter(group=group, clinician=clinician)

    refuse_if(objection_to_changing_group(group))
    refuse_if(objection_to_days(from_on, until_on))
    refuse_if(ON_THE_LIST if there.filter(_meeting(from_on, until_on)).exists() else None)

    member = StaffMember.objects.create(
        group=group,
        clinician=clinician,
        from_on=from_on,
        until_on=until_on,
        added_by_name=by.name[:200],
    )
    record(by, "staff.listed", member, details={"until": until_on})
    announce(StaffGroupChanged(group.pk))
    return member


@transaction.atomic
def end_listing(member: StaffMember, on: date, *, by: Actor) -> StaffMember:
    """Say the last day of somebody on the list of a group."""
    member = StaffMember.objects.select_related("group", "clinician").locked(member.pk)

    refuse_if(objection_to_ending_listing(member, on))

    member.until_on = on
    member.save(update_fields=["until_on"])
    record(by, "staff.listing_ended", member, details={"until": on})
    announce(StaffGroupChanged(member.group_id))
    return member


@transaction.atomic
def import_staff(
    group: StaffGroup, lines: Sequence[StaffLine], *, file_name: str, by: Actor
) -> int:
    """Take the lines of a file that were found right, all of them or none; answers how many."""
    taken = [line for line in lines if line.is_taken]
    refuse_if(None if taken else NO_STAFF_TO_TAKE)
    for line in taken:
        if line.ends:
            end_listing(line.ends, line.until_on or line.from_on, by=by)
        elif line.clinician:
            list_staff(group, line.clinician, line.from_on, line.until_on, by=by)
    details = {"group": str(group), "file": file_name[:200], "lines": len(taken)}
    record(by, "staff.imported", details=details)
    return len(taken)
