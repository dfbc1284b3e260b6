"""What a representative still may send of an activity's invitations, and to whom."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from symposia.accounts.models import Grant, User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.outreach.models import (
    Allotment,
    AllotmentState,
    ApprovedClinician,
    Invitation,
    Recipient,
    RecipientState,
    State,
)


@dataclass(frozen=True)
class Allotted:
    """An allotment with what is left of it; no list means that everybody is approved."""

    quantity: int
    used: int
    until_on: date
    approved: frozenset[uuid.UUID] = frozenset()

    @property
    def left(self) -> int:
        return max(0, self.quantity - self.used)

    def approves(self, clinician_id: uuid.UUID) -> bool:
        return not self.approved or clinician_id in self.approved


def used_of(allotment: Allotment) -> int:
    """Invitations of the representative that stand, and those on their way."""
    who = allotment.representative_id
    sent = Invitation.objects.filter(activity=allotment.activity_id, invited_by_id=who)
    waiting = Recipient.objects.filter(
        activity=allotment.activity_id,
        wave__released_by_id=who,
        wave__aim="new",
        state=RecipientState.WAITING,
    )
    return sent.exclude(state=State.WITHDRAWN).count() + waiting.count()


def allotted_to(activity: Activity, user_id: uuid.UUID | None) -> Allotted | None:
    """What somebody holds of the activity's invitations, if they were allotted any."""
    allotment = Allotment.objects.of(activity).open().filter(representative_id=user_id).first()
    if allotment is None:
        return None
    approved = ApprovedClinician.objects.filter(allotment=allotment)
    return Allotted(
        allotment.quantity,
        used_of(allotment),
        allotment.until_on,
        frozenset(approved.values_list("clinician_id", flat=True)),
    )


def is_left_out(activity: Activity, access: Access) -> bool:
    """Whether the activity's invitations were ever allotted, and this representative holds none
    of them now: what was given back, or ended on its last day, makes nobody free of a limit."""
    return activity.pk in left_out_among([activity], access)


def left_out_among(activities: Iterable[Activity], access: Access) -> set[uuid.UUID]:
    """Of several activities those of which `is_left_out` is true; in one statement."""
    if access.everywhere(Permission.INVITE):
        return set()
    allotted = Allotment.objects.filter(activity__in=[each.pk for each in activities])
    mine = Q(state=AllotmentState.OPEN, representative_id=access.user_id)
    counted = allotted.order_by().values_list("activity_id").annotate(held=Count("pk", filter=mine))
    return {activity_id for activity_id, held in counted if not held}


def representatives(at: datetime) -> list[User]:
    """Whoever may invite, each once, by name."""
    held = Grant.objects.in_force(at).filter(role__permissions__contains=[Permission.INVITE])
    people = {each.membership.user_id: each.membership.user for each in held.with_person()}
    return sorted(people.values(), key=lambda person: (str(person), str(person.pk)))


def left_over(on: date) -> Iterable[Allotment]:
    """Open allotments whose last day is over."""
    return Allotment.objects.open().filter(until_on__lt=on).for_list().order_by("pk")


def allotted_among(
    activities: Iterable[Activity], user_id: uuid.UUID
) -> dict[uuid.UUID, tuple[Allotment, Allotted]]:
    """What somebody holds of the invitations of several activities, in four statements."""
    held = Allotment.objects.open().filter(
        activity__in=[each.pk for each in activities], representative_id=user_id
    )
    allotments = {each.activity_id: each for each in held}
    approved: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    listed = ApprovedClinician.objects.filter(allotment__in=allotments.values())
    for allotment_id, clinician_id in listed.values_list("allotment_id", "clinician_id"):
        approved[allotment_id].add(clinician_id)
    used = _used_among(list(allotments), user_id)
    return {
        activity_id: (
            each,
            Allotted(each.quantity, used[activity_id], each.until_on, frozenset(approved[each.pk])),
        )
        for activity_id, each in allotments.items()
    }


def _used_among(activity_ids: Collection[uuid.UUID], user_id: uuid.UUID) -> Counter[uuid.UUID]:
    """Of each activity the invitations that `used_of` would count."""
    sent = Invitation.objects.filter(activity__in=activity_ids, invited_by_id=user_id)
    waiting = Recipient.objects.filter(
        activity__in=activity_ids,
        wave__released_by_id=user_id,
        wave__aim="new",
        state=RecipientState.WAITING,
    )
    counted: Counter[uuid.UUID] = Counter()
    for rows in (sent.exclude(state=State.WITHDRAWN), waiting):
        counted.update(dict(rows.order_by().values_list("activity_id").annotate(Count("pk"))))
    return counted


def all_allotted_to(access: Access) -> list[tuple[Activity, Allotted]]:
    """What this person may still send, by activity, the next one first."""
    own = Allotment.objects.visible_to(access).open().for_list()
    own = own.filter(representative_id=access.user_id).order_by("activity__starts_at", "pk")
    found = [(each.activity, allotted_to(each.activity, access.user_id)) for each in own]
    return [(activity, allotted) for activity, allotted in found if allotted]
