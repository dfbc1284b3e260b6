"""Applications as they stand: the questions of their type, what was answered, what happened."""

import uuid

from symposia.accounts.models import User
from symposia.activities.models import (
    Application,
    ApplicationAnswer,
    ApplicationState,
    ApplicationStep,
)
from symposia.activities.own_types import Answer, type_here


def questions_of(application: Application) -> list[Answer]:
    """The questions of the type with what the applicant said to each."""
    given = given_answers(application)
    return [Answer(each, given.get(each, "")) for each in type_here(application.type).fields]


def given_answers(application: Application) -> dict[str, str]:
    rows = ApplicationAnswer.objects.filter(application=application).order_by("pk")
    return dict(rows.values_list("question", "answer"))


def steps_of_application(application: Application) -> list[ApplicationStep]:
    """Its moves, the latest first."""
    rows = ApplicationStep.objects.filter(application=application)
    return list(rows.order_by("-at", "-pk"))


def last_word(application: Application) -> str:
    """What the reviewer said last."""
    said = {ApplicationState.RETURNED, ApplicationState.REFUSED, ApplicationState.ACCEPTED}
    steps = steps_of_application(application)
    return next((each.reason for each in steps if each.to_state in said), "")


def application_by_id(pk: uuid.UUID) -> Application | None:
    """The application that a personal link names."""
    return Application.objects.select_related("activity", "series").filter(pk=pk).first()


def applications_of(user: User) -> list[Application]:
    """What a member applied for, the latest first."""
    return list(Application.objects.of_person(user)[:100])
