"""What of an evaluation somebody can answer now: the questions of sessions, or all that is left.

While days with sessions are still to come, learners are asked about the sessions that are over and
that they were in. From the last day on they are asked the rest: everything about the activity,
and of its sessions those they have not answered.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from symposia.activities.models import Activity, Session
from symposia.activities.queries import sessions_of
from symposia.assessment.models import PartResponse, Question
from symposia.assessment.sheets import About, Page, pages_of
from symposia.assessment.taking_part import agenda_asked_about, agenda_of_activity, taught_in
from symposia.attendance.queries import minutes_of
from symposia.registrations.models import Registration
from symposia.registrations.requirements import asks_in_order
from symposia.shared.times import day_at


@dataclass(frozen=True)
class Turn:
    """What somebody is asked now: the questions, about which parts of the agenda, and, where it is
    not all that is left, which sessions are answered with it."""

    questions: list[Question]
    agenda: list[About]
    is_part: bool = False
    sessions: tuple[uuid.UUID, ...] = ()

    @property
    def pages(self) -> list[Page]:
        return pages_of(self.questions, self.agenda)


def can_be_parted(questions: Sequence[Question]) -> bool:
    """Whether a form asks about sessions or speakers something that stands by itself: what hangs on
    an answer about the whole activity cannot be asked before that."""
    by_position = {each.position: each for each in questions}
    repeated = [each for each in questions if each.repeats]
    needed = (by_position.get(each.depends_on) for each in repeated if each.depends_on)
    return bool(repeated) and all(each is not None and each.repeats for each in needed)


def is_before_the_rest(activity: Activity, at: datetime) -> bool:
    """Whether days with sessions are still to come on the clock of the venue."""
    last = last_day_of(activity)
    return last is not None and day_at(at, activity.zone) < last


def last_day_of(activity: Activity) -> date | None:
    """The last day on which something is taught."""
    days = [day_at(each.ends_at, activity.zone) for each in taught_in(activity)]
    return max(days, default=None)


def asks_by_session(activity: Activity, questions: Sequence[Question]) -> bool:
    """Whether an activity asks about its sessions before the rest: it has several days of them, and
    its form can be parted. What is studied in one's own time is asked about as a whole."""
    days = {day_at(each.ends_at, activity.zone) for each in taught_in(activity)}
    return len(days) > 1 and can_be_parted(questions) and not asks_in_order(activity)


def turn_of(registration: Registration, questions: list[Question], at: datetime) -> Turn:
    """What a learner is asked now."""
    activity = registration.activity
    answered = sessions_answered(registration)
    if asks_by_session(activity, questions) and is_before_the_rest(activity, at):
        been = _been_in(registration, over_at(activity, at)) - answered
        repeated = [each for each in questions if each.repeats]
        agenda = agenda_of_activity(activity, been)
        return Turn(repeated, agenda, is_part=True, sessions=tuple(sorted(been)))
    if not answered:
        return Turn(questions, agenda_asked_about(registration, questions))
    been = _been_in(registration, sessions_of(activity)) - answered
    return Turn(questions, agenda_of_activity(activity, been))


def over_at(activity: Activity, at: datetime) -> list[Session]:
    """The sessions in which something was taught and that are over."""
    return [each for each in taught_in(activity) if each.ends_at <= at]


def _been_in(registration: Registration, sessions: Collection[Session]) -> set[uuid.UUID]:
    among = {each.pk for each in sessions}
    return {
        each.session_id
        for each in minutes_of(registration).sessions
        if each.minutes and each.session_id in among
    }


def sessions_answered(registration: Registration) -> set[uuid.UUID]:
    """Of which sessions a learner has answered the questions already."""
    rows = PartResponse.objects.filter(registration=registration)
    return set(rows.values_list("session_id", flat=True))
