"""The step of an application that whichever action asks for: its state, and the row about it."""

from typing import Any

from symposia.activities.models import Application, ApplicationState, ApplicationStep
from symposia.shared.actors import Actor


def move_application(
    application: Application, to: ApplicationState, *, by: Actor, reason: str = "", **more: Any
) -> None:
    """Move an application that its action has locked, checked and records itself."""
    was = application.state
    application.move(to, **more)
    keep_step(application, was, by=by, reason=reason)


def keep_step(application: Application, was: str, *, by: Actor, reason: str = "") -> None:
    """Keep who made a step, when and why."""
    ApplicationStep.objects.create(
        application=application,
        from_state=was,
        to_state=application.state,
        by_id=by.id,
        by_name=by.name,
        reason=reason.strip(),
    )
