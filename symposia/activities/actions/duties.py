from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import User
from symposia.activities.actions.amending import ask_again
from symposia.activities.duties import (
    REMIND_AGAIN,
    REMIND_BEFORE,
    objection_to_document,
    objection_to_duty,
    objection_to_handing_in,
    objection_to_milestone,
    type_of_file,
)
from symposia.activities.letters import remind_owner
from symposia.activities.models import (
    Activity,
    DocumentSlot,
    DocumentVersion,
    Milestone,
)
from symposia.activities.own_types import type_here
from symposia.activities.policies import objection_to_reason
from symposia.audit.actions import record, record_each
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_at
from symposia.work.files import store_file

PURPOSE = "document"


@dataclass(frozen=True)
class HandedIn:
    """A file as somebody hands it in."""

    content: bytes
    name: str
    note: str = ""


@transaction.atomic
def begin_duties(activity: Activity, *, by: Actor) -> None:
    """What an activity of this type owes, by when; a second time adds nothing."""
    kind = type_here(activity.type)
    there = set(Milestone.objects.filter(activity=activity).values_list("title", flat=True))
    begun = Milestone.objects.bulk_create(
        Milestone(
            activity=activity,
            title=due.title,
            days=due.days,
            due_on=_day_of(activity, due.days),
            role=due.role,
        )
        for due in kind.milestones
        if due.title not in there
    )
    kept = set(DocumentSlot.objects.filter(activity=activity).values_list("title", flat=True))
    slots = DocumentSlot.objects.bulk_create(
        DocumentSlot(
            activity=activity,
            title=due.title,
            days=due.days,
            due_on=_day_of(activity, due.days),
            role=due.role,
        )
        for due in kind.documents
        if due.title not in kept
    )
    if begun or slots:
        details = {"milestones": len(begun), "documents": len(slots)}
        record(by, "activity.duties_begun", activity, details=details)


@transaction.atomic
def move_duties(activity: Activity, *, by: Actor) -> int:
    """Keep what is owed as many days from the activity as before; answers how many moved."""
    moved: list[Milestone | DocumentSlot] = []
    for each in (*_milestones(activity), *DocumentSlot.objects.filter(activity=activity)):
        day = _day_of(activity, each.days)
        if each.due_on != day:
            each.due_on = day
            moved.append(each)
    for each in moved:
        each.save()
    if moved:
        record(by, "activity.duties_moved", activity, details={"moved": len(moved)})
    return len(moved)


@transaction.atomic
def add_milestone(
    activity: Activity, *, title: str, days: int, by: Actor, owner: User | None = None
) -> Milestone:
    """Put one more thing on the list of what is to be done."""
    activity = Activity.objects.locked(activity.pk)
    there = [m.title for m in _milestones(activity)]

    refuse_if(objection_to_duty(activity, title, there))

    milestone = Milestone.objects.create(
        activity=activity,
        title=title.strip(),
        days=days,
        due_on=_day_of(activity, days),
        owner=owner,
    )
    record(by, "milestone.added", milestone, details={"activity": activity.number})
    return milestone


@transaction.atomic
def assign_milestone(milestone: Milestone, owner: User | None, *, by: Actor) -> Milestone:
    """Say who owes it; nobody means whoever plans the activity."""
    milestone = _locked(milestone)
    if milestone.owner_id == (owner.pk if owner else None):
        return milestone
    was, milestone.owner = milestone.owner, owner
    milestone.save()
    change = {"field": "owner", "was": str(was or ""), "now": str(owner or "")}
    record(by, "milestone.assigned", milestone, details={"changes": [change]})
    return milestone


@transaction.atomic
def complete_milestone(milestone: Milestone, *, by: Actor) -> Milestone:
    """Tick it off."""
    milestone = _locked(milestone)

    refuse_if(objection_to_milestone(milestone, done=True))

    milestone.done_at, milestone.done_by_name = now(), by.name
    milestone.save()
    record(by, "milestone.done", milestone)
    return milestone


@transaction.atomic
def reopen_milestone(milestone: Milestone, *, by: Actor) -> Milestone:
    """Take a tick back."""
    milestone = _locked(milestone)

    refuse_if(objection_to_milestone(milestone, done=False))

    milestone.done_at, milestone.done_by_name = None, ""
    milestone.save()
    record(by, "milestone.reopened", milestone)
    return milestone


@transaction.atomic
def remind_of_milestones(on: date, *, by: Actor) -> int:
    """Write to each owner once a week of what is due soon or late; answers how many were told."""
    owed = Milestone.objects.owed(on + timedelta(days=REMIND_BEFORE))
    stale = owed.exclude(reminded_on__gt=on - timedelta(days=REMIND_AGAIN))
    rows = stale.select_related("activity__owner", "owner").select_for_update(of=("self",))
    by_owner: dict[User, list[Milestone]] = {}
    for each in rows.order_by("due_on", "pk"):
        if person := each.owner or each.activity.owner:
            by_owner.setdefault(person, []).append(each)
    for person, theirs in by_owner.items():
        remind_owner(person, theirs, on=on, by=by)
        for each in theirs:
            each.reminded_on = on
        Milestone.objects.bulk_update(theirs, ["reminded_on"])
        record_each(by, "milestone.reminded", theirs)
    return len(by_owner)


@transaction.atomic
def add_document(activity: Activity, *, title: str, days: int, by: Actor) -> DocumentSlot:
    """Ask for one more document."""
    activity = Activity.objects.locked(activity.pk)
    there = list(DocumentSlot.objects.filter(activity=activity).values_list("title", flat=True))

    refuse_if(objection_to_duty(activity, title, there))

    slot = DocumentSlot.objects.create(
        activity=activity, title=title.strip(), days=days, due_on=_day_of(activity, days)
    )
    record(by, "document.asked", slot, details={"activity": activity.number})
    return slot


@transaction.atomic
def hand_in_document(slot: DocumentSlot, given: HandedIn, *, by: Actor) -> DocumentVersion:
    """Keep a file as the next version of a document."""
    slot = _locked_slot(slot)

    refuse_if(objection_to_document(slot))
    refuse_if(objection_to_handing_in(given.content, given.name))

    content_type, _begins = type_of_file(given.name) or ("", b"")
    file = store_file(
        given.content,
        name=given.name,
        content_type=content_type,
        purpose=PURPOSE,
        subject_id=slot.activity_id,
        by=by,
    )
    slot.latest, slot.waived_because = slot.latest + 1, ""
    slot.save()
    version = DocumentVersion.objects.create(
        slot=slot,
        number=slot.latest,
        file=file,
        note=given.note.strip()[:300],
        added_by_name=by.name,
    )
    details = {"version": version.number, "sha256": file.sha256}
    record(by, "document.handed_in", slot, details=details)
    if slot.days <= 0:  # what is due afterwards is not signed
        ask_again(slot.activity, by=by)
    return version


@transaction.atomic
def waive_document(slot: DocumentSlot, *, reason: str, by: Actor) -> DocumentSlot:
    """Say why this activity does not need the document."""
    slot = _locked_slot(slot)

    refuse_if(objection_to_document(slot))
    refuse_if(objection_to_reason(reason))

    slot.waived_because = reason.strip()[:300]
    slot.save()
    record(by, "document.waived", slot, reason=reason)
    return slot


def _day_of(activity: Activity, days: int) -> date:
    """So many days from the day on which it begins at its venue. What precedes it is never due
    before somebody began to plan: who plans late owes it at once."""
    begins: date = activity.wall_starts.date()
    due = begins + timedelta(days=days)
    if days > 0:
        return due
    begun = day_at(activity.created_at, activity.zone)
    return max(due, min(begun, begins))


def _milestones(activity: Activity) -> list[Milestone]:
    return list(Milestone.objects.select_for_update().filter(activity=activity).order_by("pk"))


def _locked(milestone: Milestone) -> Milestone:
    rows = Milestone.objects.select_related("activity").select_for_update(of=("self",))
    return rows.get(pk=milestone.pk)


def _locked_slot(slot: DocumentSlot) -> DocumentSlot:
    rows = DocumentSlot.objects.select_related("activity").select_for_update(of=("self",))
    return rows.get(pk=slot.pk)
