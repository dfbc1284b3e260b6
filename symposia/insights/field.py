"""The day of a representative: the activities of the territory, and how one's own part stands."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity, State
from symposia.activities.numbers import with_numbers
from symposia.attendance.models import DOOR_STATES
from symposia.directory.asking import may_be_asked
from symposia.directory.models import Clinician, Purpose
from symposia.outreach.allotted import Allotted, allotted_among, left_out_among
from symposia.outreach.allotting import objection_to_any_more
from symposia.outreach.candidates import (
    own_invitations,
)
from symposia.outreach.handover import BY_HAND
from symposia.outreach.models import Allotment, Invitation
from symposia.outreach.models import State as Answer
from symposia.outreach.policies import objection_to_inviting
from symposia.registrations.models import Registration
from symposia.registrations.models import State as PlaceState
from symposia.registrations.queries import Seats, seats_of
from symposia.shared.refusals import Objection
from symposia.shared.times import day_at

SHOWN = (State.APPROVED, State.OPEN, State.RUNNING, State.HELD)
# An evening is looked after until the next morning.
AFTERWARDS = timedelta(hours=18)
# A page for a phone: the next ones.
MOST = 20


@dataclass(frozen=True)
class FieldEvent:
    """One activity as its representative sees it."""

    activity: Activity
    seats: Seats
    allotment: Allotment | None
    allotted: Allotted | None
    # How many of one's own invitations stand in each state.
    answers: dict[str, int]
    # What stands against inviting to it at all, and what one's own allotment adds to that.
    objection: Objection | None
    nothing_to_send: Objection | None = None

    @property
    def no_inviting(self) -> Objection | None:
        """Why this person asks nobody now."""
        return self.objection or self.nothing_to_send

    def is_on(self, at: datetime) -> bool:
        """Whether it is today, on the clock of the venue."""
        return bool(self.activity.wall_starts.date() <= day_at(at, self.activity.zone))

    @property
    def is_door_open(self) -> bool:
        """Whether people may be checked in."""
        return self.activity.state in DOOR_STATES

    @property
    def invited(self) -> int:
        return sum(self.answers.values())

    @property
    def waiting(self) -> int:
        return self.answers.get(Answer.SENT, 0)


def field_events(access: Access, *, at: datetime) -> list[FieldEvent]:
    """What this person looks after, the next one first; what the wall keeps from them is not."""
    reached = Activity.objects.visible_to(access, Permission.INVITE)
    coming = reached.filter(state__in=SHOWN, ends_at__gt=at - AFTERWARDS)
    rows = list(with_numbers(coming).order_by("starts_at", "pk")[:MOST])
    return _events(rows, access, at=at)


def field_event(activity: Activity, access: Access, *, at: datetime) -> FieldEvent:
    """One of them."""
    return _events([activity], access, at=at)[0]


def _events(rows: list[Activity], access: Access, *, at: datetime) -> list[FieldEvent]:
    user_id, left_out = access.user_id, left_out_among(rows, access)
    held, answers = allotted_among(rows, user_id), _answers(rows, user_id)
    found, today = [], local_day(at)
    for each in rows:
        allotment, allotted = held.get(each.pk, (None, None))
        mine = (allotment, allotted, answers[each.pk])
        objection = objection_to_inviting(each, at=at)
        no_more = objection_to_any_more(allotted, left_out=each.pk in left_out, on=today)
        found.append(FieldEvent(each, seats_of(each), *mine, objection, no_more))
    return found


def _answers(rows: Iterable[Activity], user_id: uuid.UUID) -> dict[uuid.UUID, dict[str, int]]:
    """Of each activity the own invitations that stand, by their answer."""
    near = Invitation.objects.filter(activity__in=[each.pk for each in rows])
    mine = near.stood_for_by(user_id).exclude(state=Answer.WITHDRAWN)
    found: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    counted = mine.order_by().values_list("activity_id", "state").annotate(Count("pk"))
    for activity_id, state, n in counted:
        found[activity_id][state] = n
    return found


# What has become of a guest's wish for a place, as a shape beside the word.
PLACE_TONES: dict[str, str] = {
    PlaceState.CONFIRMED: "ok",
    PlaceState.QUEUED: "warn",
    PlaceState.OFFERED: "warn",
    PlaceState.REQUESTED: "info",
}


@dataclass(frozen=True)
class Guest:
    """Somebody one has invited: the answer, the place if they said yes, and why the invitation may
    not be passed on by hand."""

    invitation: Invitation
    place: Registration | None
    no_share: Objection | None = None

    @property
    def word(self) -> str:
        if self.place:
            return str(self.place.get_state_display())
        return str(self.invitation.get_state_display())

    @property
    def tone(self) -> str:
        return PLACE_TONES.get(self.place.state, "") if self.place else ""

    @property
    def is_waiting(self) -> bool:
        """Whether an answer may still come."""
        return self.invitation.state == Answer.SENT and self.place is None


def guests_of(activity: Activity, access: Access) -> list[Guest]:
    """Whom this person has invited to the activity, those without an answer first."""
    invited = own_invitations(activity, access)
    places = {
        each.clinician_id: each
        for each in Registration.objects.of(activity)
        .current()
        .filter(clinician__in=[each.clinician_id for each in invited])
    }
    shut = _not_by_hand(each.clinician for each in invited)
    return [Guest(each, places.get(each.clinician_id), shut[each.clinician_id]) for each in invited]


def _not_by_hand(clinicians: Iterable[Clinician]) -> dict[uuid.UUID, Objection | None]:
    """Of each nothing while one of the ways by hand is open, else why the first is not."""
    people = list(clinicians)
    ways = [may_be_asked(people, each, Purpose.INVITATIONS) for each in BY_HAND]
    return {
        each.pk: ways[0][each.pk] if all(way[each.pk] for way in ways) else None for each in people
    }
