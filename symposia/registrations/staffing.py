"""The people of a group of staff, and what each would get at an activity before it is asked for."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from symposia.accounts.permissions import Access
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.directory.models import Clinician, StaffGroup
from symposia.directory.models.people import ClinicianQuerySet
from symposia.registrations.asking import cap_met
from symposia.registrations.models import Admission, Registration, Share, Source, State
from symposia.registrations.policies import objection_to_registering
from symposia.registrations.queries import Seats, seats_of
from symposia.registrations.staff_rules import objection_to_enrolling
from symposia.shared.refusals import Objection


def groups_led_by(user_id: uuid.UUID) -> list[StaffGroup]:
    """What somebody looks after today, by name."""
    led = StaffGroup.objects.led_by(user_id, local_day()).select_related("institution")
    return list(led.order_by("name", "pk"))


def is_led_by(group: StaffGroup, user_id: uuid.UUID) -> bool:
    """Whether somebody looks after a group today."""
    return StaffGroup.objects.led_by(user_id, local_day()).filter(pk=group.pk).exists()


def staff_today(group: StaffGroup) -> ClinicianQuerySet:
    """Who is in a group today."""
    return StaffGroup.objects.filter(pk=group.pk).people_on(local_day())


@dataclass(frozen=True)
class Outlook:
    """What somebody would get: the state of their place, or why there is none."""

    clinician: Clinician
    becomes: str = ""
    objection: Objection | None = None

    @property
    def words(self) -> str:
        return str(self.objection or State(self.becomes).label)


@dataclass(frozen=True)
class Preview:
    """What enrolling some people would do, nothing of it done."""

    seats: Seats
    outlooks: tuple[Outlook, ...]
    # Why nobody of the group is enrolled there at all.
    objection: Objection | None = None
    # Some places are kept for professions or groups: who gets one now is settled by the line.
    has_shares: bool = False

    @property
    def able(self) -> list[Outlook]:
        return [each for each in self.outlooks if each.objection is None]


def preview_of(
    activity: Activity, clinicians: Sequence[Clinician], access: Access, *, at: datetime
) -> Preview:
    """What each of some people would get if they were enrolled now, in the order they are asked
    for; a place that somebody else takes meanwhile is not there any more."""
    admission, seats = Admission.objects.of(activity), seats_of(activity)
    held = Registration.objects.of(activity).current().filter(clinician__in=clinicians)
    current = {each.clinician_id: each for each in held}
    closed = objection_to_enrolling(activity, admission, access, at=at)
    left, found = seats.left, []
    for each in sorted(clinicians, key=lambda one: one.pk):
        objection = _objection(activity, each, current.get(each.pk), at)
        becomes = ""
        if objection is None:
            becomes = _becomes(admission, left)
            left = left - 1 if left and becomes == State.CONFIRMED else left
        found.append(Outlook(each, becomes, objection))
    has_shares = Share.objects.of(activity).exists()
    return Preview(seats, tuple(found), closed, has_shares)


def _objection(
    activity: Activity, clinician: Clinician, current: Registration | None, at: datetime
) -> Objection | None:
    asked = objection_to_registering(activity, clinician, current, source=Source.GROUP, at=at)
    return asked or cap_met(clinician, activity)


def _becomes(admission: Admission, left: int | None) -> str:
    if admission.is_moderated:
        return State.REQUESTED
    return State.QUEUED if left == 0 else State.CONFIRMED
