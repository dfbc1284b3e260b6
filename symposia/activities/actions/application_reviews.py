from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from symposia.accounts.models import User
from symposia.activities.actions.application_steps import move_application
from symposia.activities.actions.planning import ActivityFacts, create_activity
from symposia.activities.actions.series import SeriesFacts, begin_series
from symposia.activities.actions.types import answer_type_questions
from symposia.activities.application_letters import ANSWERED, write_to_applicant
from symposia.activities.applications import given_answers
from symposia.activities.applying import (
    objection_to_application_step,
    objection_to_reviewer,
    objection_to_telling,
)
from symposia.activities.events import ApplicationAnswered
from symposia.activities.models import Activity, Application, ApplicationState, Series, Wish
from symposia.activities.own_types import answers_of
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

_SHARED = (
    *("title", "type", "zone", "delivery", "venue_name", "city", "country"),
    *("online_address", "expected_attendance"),
)


@transaction.atomic
def assign_reviewer(application: Application, reviewer: User | None, *, by: Actor) -> Application:
    """Say who looks at an application."""
    application = Application.objects.locked(application.pk)

    refuse_if(objection_to_reviewer(application))

    was, application.reviewer = application.reviewer, reviewer
    application.save()
    change = {"field": "reviewer", "was": str(was or ""), "now": str(reviewer or "")}
    record(by, "application.reviewer_assigned", application, details={"changes": [change]})
    return application


@transaction.atomic
def return_application(application: Application, *, reason: str, by: Actor) -> Application:
    """Give it back with a question; the applicant answers it and hands it in again."""
    return _say_no(application, ApplicationState.RETURNED, reason, by=by)


@transaction.atomic
def refuse_application(application: Application, *, reason: str, by: Actor) -> Application:
    """Say no, with the reason."""
    return _say_no(application, ApplicationState.REFUSED, reason, by=by)


@transaction.atomic
def accept_application(
    application: Application, *, by: Actor, owner: User | None = None, reason: str = ""
) -> Activity | Series:
    """Let it become an activity or a series with everything the applicant said."""
    application = Application.objects.locked(application.pk)

    refuse_if(objection_to_application_step(application, ApplicationState.ACCEPTED))

    became: Activity | Series
    if application.wish == Wish.SERIES:
        became = _as_series(application, owner, by=by)
        link: dict[str, Any] = {"series": became}
    else:
        became = _as_activity(application, owner, by=by)
        link = {"activity": became}
    move_application(application, ApplicationState.ACCEPTED, by=by, reason=reason, **link)
    details = {"became": became.number}
    record(by, "application.accepted", application, reason=reason, details=details)
    write_to_applicant(application, ANSWERED, said=reason or became.number, by=by)
    announce(ApplicationAnswered(application.pk, ApplicationState.ACCEPTED))
    return became


def _say_no(
    application: Application, to: ApplicationState, reason: str, *, by: Actor
) -> Application:
    application = Application.objects.locked(application.pk)

    refuse_if(objection_to_application_step(application, to))
    refuse_if(objection_to_telling(reason))

    move_application(application, to, by=by, reason=reason)
    record(by, f"application.{to.value}", application, reason=reason)
    write_to_applicant(application, ANSWERED, said=reason, by=by)
    announce(ApplicationAnswered(application.pk, to))
    return application


def _as_activity(application: Application, owner: User | None, *, by: Actor) -> Activity:
    starts = datetime.combine(application.day, application.clock)
    facts = ActivityFacts(
        wall_starts=starts,
        wall_ends=starts + timedelta(minutes=application.minutes),
        summary=_summary(application),
        **{name: getattr(application, name) for name in _SHARED},
    )
    activity = create_activity(facts, mode=application.mode, owner=owner, by=by)
    asked = {each.question for each in answers_of(activity)}
    said = {q: a for q, a in given_answers(application).items() if q in asked}
    return answer_type_questions(activity, said, by=by)


def _as_series(application: Application, owner: User | None, *, by: Actor) -> Series:
    facts = SeriesFacts(
        repeats=application.repeats,
        interval=application.interval,
        first_on=application.day,
        until_on=application.until_on or application.day,
        clock=application.clock,
        minutes=application.minutes,
        summary=_summary(application),
        **{name: getattr(application, name) for name in _SHARED},
    )
    return begin_series(facts, mode=application.mode, owner=owner, by=by)


def _summary(application: Application) -> str:
    return "\n".join(filter(None, (application.need, application.audience)))
