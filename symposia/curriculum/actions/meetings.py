from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import User
from symposia.audit.actions import record, record_each
from symposia.curriculum.agenda_sources import proposed_since
from symposia.curriculum.events import MeetingHeld
from symposia.curriculum.models import (
    AgendaItem,
    AgreedAction,
    ItemKind,
    Meeting,
    MeetingState,
)
from symposia.curriculum.periods import months_later
from symposia.curriculum.policies.meetings import (
    objection_to_changing_meeting,
    objection_to_done_note,
    objection_to_finishing,
    objection_to_holding,
    objection_to_removing_point,
)
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

# Before the first meeting everything is new.
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class MeetingFacts:
    """When and where a curriculum review is held."""

    title: str
    on: date
    place: str = ""
    next_after_months: int | None = 1


@dataclass(frozen=True)
class Promise:
    """What somebody will do, until when."""

    text: str
    owner: User
    due_on: date
    item: AgendaItem | None = None


@transaction.atomic
def plan_meeting(facts: MeetingFacts, *, by: Actor, chair: User | None = None) -> Meeting:
    """Plan a curriculum review; its agenda is made from what changed since the last one."""
    meeting = Meeting.objects.create(
        number=next_numbers("MTG", year=facts.on.year)[0],
        chair=chair,
        planned_at=now(),
        **asdict(facts),
    )
    record(by, "meeting.planned", meeting)
    draw_up_agenda(meeting, by=by)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting, facts: MeetingFacts, *, seen_version: int, by: Actor
) -> Meeting:
    """Move a meeting that has not been held, unless somebody else did so meanwhile."""
    meeting = Meeting.objects.locked(meeting.pk)

    refuse_if(objection_to_changing_meeting(meeting))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=meeting.version))

    changes = put_values(meeting, asdict(facts))
    if not changes:
        return meeting
    meeting.save()
    record(by, "meeting.changed", meeting, details={"changes": changes})
    return meeting


@transaction.atomic
def draw_up_agenda(meeting: Meeting, *, by: Actor) -> list[AgendaItem]:
    """Put on the agenda what changed since the last meeting and is not on it yet."""
    meeting = Meeting.objects.locked(meeting.pk)
    before = Meeting.objects.held_before(meeting)

    refuse_if(objection_to_changing_meeting(meeting))

    since = before.held_at if before and before.held_at else _BEGINNING
    there = set(meeting.items.values_list("subject_type", "subject_id"))
    first = meeting.items.count()
    fresh = [p for p in proposed_since(since) if (p.subject_type, p.subject_id) not in there]
    items = [
        AgendaItem(
            meeting=meeting,
            position=first + place,
            kind=each.kind,
            title=each.title[:300],
            note=each.note,
            subject_type=each.subject_type,
            subject_id=each.subject_id,
        )
        for place, each in enumerate(fresh)
    ]
    AgendaItem.objects.bulk_create(items)
    record_each(by, "meeting.point_added", items)
    return items


@transaction.atomic
def add_point(meeting: Meeting, *, title: str, note: str, by: Actor) -> AgendaItem:
    """Put something of one's own on the agenda."""
    meeting = Meeting.objects.locked(meeting.pk)

    refuse_if(objection_to_changing_meeting(meeting))

    item = AgendaItem.objects.create(
        meeting=meeting,
        position=meeting.items.count(),
        kind=ItemKind.OWN,
        title=title,
        note=note,
    )
    record(by, "meeting.point_added", item)
    return item


@transaction.atomic
def remove_point(item: AgendaItem, *, by: Actor) -> None:
    """Take a point off the agenda on which nothing was decided."""
    meeting = Meeting.objects.locked(item.meeting_id)

    refuse_if(objection_to_changing_meeting(meeting))
    refuse_if(objection_to_removing_point(item))

    details = {"title": item.title}
    AgreedAction.objects.filter(item=item).update(item=None)
    item.delete()
    record(by, "meeting.point_removed", meeting, details=details)


@transaction.atomic
def decide_point(item: AgendaItem, *, decision: str, by: Actor) -> AgendaItem:
    """Write what the meeting decided on a point."""
    meeting = Meeting.objects.locked(item.meeting_id)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)

    refuse_if(objection_to_changing_meeting(meeting))

    item.decision, item.decided_at = decision.strip(), now()
    item.save(update_fields=["decision", "decided_at"])
    record(by, "meeting.point_decided", item, reason=item.decision)
    return item


@transaction.atomic
def agree_action(meeting: Meeting, promise: Promise, *, by: Actor) -> AgreedAction:
    """Write who will do what until when."""
    meeting = Meeting.objects.locked(meeting.pk)

    refuse_if(objection_to_changing_meeting(meeting))

    action = AgreedAction.objects.create(
        meeting=meeting,
        item=promise.item,
        text=promise.text,
        owner=promise.owner,
        due_on=promise.due_on,
    )
    record(by, "meeting.action_agreed", action)
    return action


@transaction.atomic
def finish_action(action: AgreedAction, *, note: str, by: Actor) -> AgreedAction:
    """Say that what was promised is done, and how."""
    action = AgreedAction.objects.select_for_update(of=("self",)).get(pk=action.pk)

    refuse_if(objection_to_finishing(action))
    refuse_if(objection_to_done_note(note))

    action.done_at, action.done_note = now(), note.strip()
    action.save(update_fields=["done_at", "done_note"])
    record(by, "meeting.action_done", action, reason=action.done_note)
    return action


@transaction.atomic
def hold_meeting(
    meeting: Meeting, *, minutes: str, present: str, by: Actor
) -> tuple[Meeting, Meeting | None]:
    """Keep the minutes of a meeting that took place, and plan the next one."""
    meeting = Meeting.objects.locked(meeting.pk)

    refuse_if(objection_to_holding(meeting, minutes=minutes, present=present))

    meeting.move(MeetingState.HELD, minutes=minutes.strip(), present=present.strip(), held_at=now())
    record(by, "meeting.held", meeting)
    announce(MeetingHeld(meeting.pk))
    return meeting, _next(meeting, by=by)


def _next(meeting: Meeting, *, by: Actor) -> Meeting | None:
    months = meeting.next_after_months
    if months is None:
        return None
    facts = MeetingFacts(meeting.title, months_later(meeting.on, months), meeting.place, months)
    return plan_meeting(facts, chair=meeting.chair, by=by)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: Actor) -> Meeting:
    """Call a meeting off; its points come up again at the next."""
    meeting = Meeting.objects.locked(meeting.pk)

    refuse_if(objection_to_changing_meeting(meeting))

    meeting.move(MeetingState.CANCELLED)
    record(by, "meeting.cancelled", meeting, reason=reason)
    return meeting
