"""Whether somebody has come to the evaluation, and what of the agenda they were in."""

import uuid
from collections.abc import Collection

from symposia.activities.models import Activity, Session
from symposia.activities.queries import faculty_of, sessions_of
from symposia.assessment.models import Question, Repeats
from symposia.assessment.policies import NOT_THERE
from symposia.assessment.sheets import About
from symposia.attendance.queries import minutes_of
from symposia.registrations.models import Registration
from symposia.registrations.requirements import asks_in_order, objection_before
from symposia.shared.refusals import Objection

EVALUATION = "evaluation"


def objection_to_coming(registration: Registration) -> Objection | None:
    """What is missing before this learner evaluates: presence, or the steps of the activity."""
    if asks_in_order(registration.activity):
        return objection_before(registration, EVALUATION)
    return None if minutes_of(registration).was_there else NOT_THERE


def agenda_asked_about(registration: Registration, questions: list[Question]) -> list[About]:
    """The sessions this learner was in, and who taught in them; nothing where no question of the
    form repeats. Breaks and a company's own sessions are not asked about."""
    if not any(each.repeats for each in questions):
        return []
    if asks_in_order(registration.activity):
        return agenda_of_activity(registration.activity)
    been = {each.session_id for each in minutes_of(registration).sessions if each.minutes}
    return agenda_of_activity(registration.activity, been)


def taught_in(activity: Activity) -> list[Session]:
    """The sessions that learners are asked about: breaks and a company's own are not."""
    held = [s for s in sessions_of(activity) if not (s.is_break or s.is_marketing)]
    # A welcome is no teaching, where some sessions count for credit and it does not.
    return [each for each in held if each.creditable_minutes] or held


def agenda_of_activity(
    activity: Activity, been: Collection[uuid.UUID] | None = None
) -> list[About]:
    """The sessions and speakers that learners are asked about; all of them, or of some sessions."""
    taught = taught_in(activity)
    titles = {each.pk: each.title for each in taught if been is None or each.pk in been}
    sessions = [About(pk, Repeats.SESSION, title) for pk, title in titles.items()]
    speakers = [
        About(each.pk, Repeats.SPEAKER, f"{each.name} · {titles[each.session_id]}")
        for each in faculty_of(activity)
        if each.session_id in titles
    ]
    return sessions + speakers
