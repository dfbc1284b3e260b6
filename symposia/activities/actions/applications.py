from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import User
from symposia.accounts.queries import local_day, this_organisation
from symposia.activities.actions.application_steps import keep_step, move_application
from symposia.activities.application_letters import BEGUN, write_to_applicant
from symposia.activities.applications import given_answers
from symposia.activities.applying import (
    objection_to_answering,
    objection_to_application,
    objection_to_application_step,
    objection_to_handing_over,
    objection_to_writing,
)
from symposia.activities.changes import instant
from symposia.activities.models import (
    Application,
    ApplicationAnswer,
    ApplicationState,
    Wish,
)
from symposia.activities.own_types import type_here
from symposia.activities.policies import objection_to_mode, objection_to_type_in_mode
from symposia.activities.types import shipped_types
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class ApplicationFacts:
    """What somebody says who applies for an activity."""

    applicant: str
    email: str
    department: str
    mode: str
    type: str
    title: str
    need: str
    day: date
    clock: time
    minutes: int
    zone: str
    delivery: str
    is_ineligible: bool = False
    wish: str = Wish.ACTIVITY
    audience: str = ""
    repeats: str = ""
    interval: int = 1
    until_on: date | None = None
    venue_name: str = ""
    city: str = ""
    country: str = ""
    online_address: str = ""
    expected_attendance: int = 0

    def values(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


@transaction.atomic
def begin_application(
    facts: ApplicationFacts, *, by: Actor, user: User | None = None
) -> Application:
    """Take the wish of a department or partner; its link goes to the applicant by mail."""
    application = Application(user=user, made_at=now(), **facts.values())

    _refuse_unfit(application)

    application.number = next_numbers("APP", year=local_day().year)[0]
    application.save()
    keep_step(application, "", by=by)
    record(by, "application.begun", application)
    write_to_applicant(application, BEGUN, said="", by=by)
    return application


@transaction.atomic
def change_application(
    application: Application, facts: ApplicationFacts, *, seen_version: int, by: Actor
) -> Application:
    """Change what is applied for, before it is handed in or after it was returned."""
    application = Application.objects.locked(application.pk)

    refuse_if(objection_to_writing(application))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=application.version))

    changes = put_values(application, facts.values())
    if not changes:
        return application
    _refuse_unfit(application)
    application.save()
    record(by, "application.changed", application, details={"changes": changes})
    return application


@transaction.atomic
def answer_application(
    application: Application, answers: Mapping[str, str], *, by: Actor
) -> Application:
    """Answer the questions of the type; an empty answer takes it back."""
    application = Application.objects.locked(application.pk)
    before = given_answers(application)

    refuse_if(objection_to_writing(application))
    refuse_if(objection_to_answering(type_here(application.type).fields, answers))

    changes = [
        {"field": question, "was": before.get(question, ""), "now": answer.strip()}
        for question, answer in answers.items()
        if before.get(question, "") != answer.strip()
    ]
    if not changes:
        return application
    told = {change["field"]: change["now"] for change in changes}
    ApplicationAnswer.objects.filter(application=application, question__in=list(told)).delete()
    ApplicationAnswer.objects.bulk_create(
        ApplicationAnswer(application=application, question=question, answer=answer[:500])
        for question, answer in told.items()
        if answer
    )
    record(by, "application.answered", application, details={"changes": changes})
    return application


@transaction.atomic
def hand_in_application(application: Application, *, by: Actor) -> Application:
    """Let reviewers decide; from now on it stays as it is."""
    application = Application.objects.locked(application.pk)
    questions = type_here(application.type).fields

    refuse_if(objection_to_application_step(application, ApplicationState.SUBMITTED))
    refuse_if(
        objection_to_handing_over(
            application, questions, given_answers(application), today=local_day()
        )
    )

    move_application(application, ApplicationState.SUBMITTED, by=by, submitted_at=now())
    record(by, "application.submitted", application)
    return application


@transaction.atomic
def withdraw_application(application: Application, *, reason: str, by: Actor) -> Application:
    """Take the wish back."""
    application = Application.objects.locked(application.pk)

    refuse_if(objection_to_application_step(application, ApplicationState.WITHDRAWN))

    move_application(application, ApplicationState.WITHDRAWN, by=by, reason=reason)
    record(by, "application.withdrawn", application, reason=reason)
    return application


def _refuse_unfit(application: Application) -> None:
    kind = shipped_types()[application.type]
    refuse_if(objection_to_mode(application.mode, this_organisation()))
    refuse_if(objection_to_type_in_mode(application.mode, kind))
    refuse_if(objection_to_application(application, today=local_day()))
    instant(datetime.combine(application.day, application.clock), application.zone)
