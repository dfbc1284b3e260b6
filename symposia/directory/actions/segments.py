import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Membership
from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import person_behind
from symposia.audit.actions import record
from symposia.directory.events import SegmentChanged
from symposia.directory.models import Clinician, Segment, SegmentKind, SegmentMember
from symposia.directory.policies.segments import (
    NOBODY_NEW,
    NOT_ON_LIST,
    objection_to_changing_segment,
    objection_to_listing,
    objection_to_saving,
)
from symposia.directory.segments import as_query
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class SegmentFacts:
    """What a segment is called, what it is for, and who sees it."""

    name: str
    description: str = ""
    is_shared: bool = False
    kind: str = SegmentKind.LIST
    query: str = ""


@transaction.atomic
def save_segment(facts: SegmentFacts, *, by: Actor, access: Access | None = None) -> Segment:
    """Keep a filter, or begin a list, under a name. `access` says which fields of one's own whoever
    keeps it sees; without it none."""
    owner, name = person_behind(by), facts.name.strip()
    query = as_query(facts.query, access) if facts.kind == SegmentKind.FILTER else ""
    taken = Segment.objects.standing().filter(owner_id=owner, name=name).exists()

    refuse_if(objection_to_saving(name, facts.kind, query, taken=taken))

    segment = Segment.objects.create(
        name=name,
        description=facts.description.strip(),
        kind=facts.kind,
        query=query,
        is_shared=facts.is_shared,
        owner_id=owner,
        owner_name=by.name,
    )
    record(by, "segment.saved", segment, details={"name": segment.name})
    announce(SegmentChanged(segment.pk))
    return segment


@transaction.atomic
def change_segment(segment: Segment, facts: SegmentFacts, *, access: Access, by: Actor) -> Segment:
    """Call it otherwise, say more of it, show it to the team or keep it to oneself."""
    segment = _mine(segment, access, by)
    name = facts.name.strip()
    others = Segment.objects.standing().filter(owner_id=segment.owner_id, name=name)
    taken = others.exclude(pk=segment.pk).exists()

    refuse_if(objection_to_saving(name, segment.kind, segment.query, taken=taken))

    segment.name, segment.description = name, facts.description.strip()
    segment.is_shared = facts.is_shared
    segment.save(update_fields=["name", "description", "is_shared"])
    record(by, "segment.changed", segment, details={"name": segment.name})
    announce(SegmentChanged(segment.pk))
    return segment


@transaction.atomic
def retire_segment(segment: Segment, *, access: Access, by: Actor) -> Segment:
    """Offer it no more; what was done with it stays."""
    segment = _mine(segment, access, by)
    segment.retired_at = now()
    segment.save(update_fields=["retired_at"])
    record(by, "segment.retired", segment, details={"name": segment.name})
    announce(SegmentChanged(segment.pk))
    return segment


@transaction.atomic
def pass_segments_on(leaver: uuid.UUID, successor: Membership, *, by: Actor) -> int:
    """Somebody else keeps the segments of a leaver; one of a name they have already says whose it
    was. Answers how many."""
    kept = Segment.objects.standing()
    names = set(kept.filter(owner_id=successor.user_id).values_list("name", flat=True))
    several = list(kept.filter(owner_id=leaver).order_by("pk").select_for_update())
    for segment in several:
        was, before = segment.owner_id, segment.owner_name
        if segment.name in names:
            segment.name = f"{segment.name[:60]} ({before[:50]})"
        segment.owner_id, segment.owner_name = successor.user_id, str(successor.user)
        segment.save(update_fields=["name", "owner_id", "owner_name"])
        record(by, "segment.handed_over", segment, details={"owner": [was, segment.owner_id]})
        announce(SegmentChanged(segment.pk))
    return len(several)


@transaction.atomic
def add_to_segment(
    segment: Segment, clinicians: Iterable[Clinician], *, access: Access, by: Actor
) -> list[Clinician]:
    """Put people on a list; answers who was not on it before."""
    segment = _mine(segment, access, by)
    refuse_if(objection_to_listing(segment))
    known = set(
        SegmentMember.objects.filter(segment=segment).values_list("clinician_id", flat=True)
    )
    new = list({each.pk: each for each in clinicians if each.pk not in known}.values())

    refuse_if(None if new else NOBODY_NEW)

    SegmentMember.objects.bulk_create(
        [
            SegmentMember(segment=segment, clinician=clinician, added_by_name=by.name)
            for clinician in new
        ],
        batch_size=1000,
    )
    record(by, "segment.people_added", segment, details={"count": len(new)})
    announce(SegmentChanged(segment.pk))
    return new


@transaction.atomic
def remove_from_segment(
    segment: Segment, clinicians: Iterable[Clinician], *, access: Access, by: Actor
) -> int:
    """Take people off a list; answers how many were on it."""
    segment = _mine(segment, access, by)
    refuse_if(objection_to_listing(segment))
    chosen = [clinician.pk for clinician in clinicians]
    members = list(SegmentMember.objects.filter(segment=segment, clinician__in=chosen))

    refuse_if(None if members else NOT_ON_LIST)

    SegmentMember.objects.filter(pk__in=[member.pk for member in members]).delete()
    details = {"people": [str(member.clinician_id) for member in members]}
    record(by, "segment.people_removed", segment, details=details)
    announce(SegmentChanged(segment.pk))
    return len(members)


def _mine(segment: Segment, access: Access, by: Actor) -> Segment:
    """The segment, held, if it is this person's to change."""
    segment = Segment.objects.locked(segment.pk)
    manages = access.everywhere(Permission.MANAGE_DIRECTORY)
    refuse_if(objection_to_changing_segment(segment, by_id=person_behind(by), manages=manages))
    return segment
