"""What is written to applicants."""

from django.conf import settings

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Application
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor
from symposia.shared.links import make_link

APPLICATION = "application"
BEGUN, ANSWERED = "activities.application_begun", "activities.application_answered"


def application_link(application: Application, organisation_code: str) -> str:
    """The personal address of an application, without a password."""
    return f"{settings.ORIGIN}/p/{make_link(APPLICATION, application.pk, organisation_code)}/"


def write_to_applicant(application: Application, message: str, *, said: str, by: Actor) -> None:
    """One letter with the state of an application and the link to it."""
    here = this_organisation()
    queue_message(
        message,
        to_address=application.email,
        to_name=application.applicant,
        values={
            "organisation": here.name,
            "name": application.applicant,
            "number": application.number,
            "title": application.title,
            "state": str(application.get_state_display()),
            "said": said or "-",
            "application_link": application_link(application, here.code),
        },
        language=here.language,
        about=("activities.Application", application.pk),
        by=by,
    )
