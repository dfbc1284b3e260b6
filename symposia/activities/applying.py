"""Who may apply for what, and what may become of an application. Pure: no query, no clock."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Application, ApplicationState, Mode, Wish
from symposia.activities.organising import INELIGIBLE
from symposia.shared.refusals import Objection

APPLICATION_NOT_NOW = Objection(
    "application_not_now", _("This is not possible while the application is “%(state)s”.")
)
DAY_IS_PAST = Objection("applied_for_the_past", _("Apply for a day that is still to come."))
SERIES_WITHOUT_RULE = Objection(
    "series_without_rule", _("Say how often it takes place, and until when.")
)
SERIES_ENDS_FIRST = Objection("series_ends_first", _("A series ends after its first day."))
NOT_ANSWERED = Objection("application_unanswered", _("Still to be answered: %(questions)s"))
SAY_WHY_TO_APPLICANT = Objection("say_why_to_applicant", _("Say why. The applicant reads it."))
NO_SUCH_QUESTION = Objection("no_such_question", _("“%(question)s” is not asked of this type."))


def objection_to_application(application: Application, *, today: date) -> Objection | None:
    """Education is never organised by an ineligible company, and a wish lies ahead."""
    if application.is_ineligible and application.mode == Mode.INDEPENDENT:
        return INELIGIBLE
    if application.day <= today:
        return DAY_IS_PAST
    if application.wish != Wish.SERIES:
        return None
    if not application.repeats or application.until_on is None:
        return SERIES_WITHOUT_RULE
    return SERIES_ENDS_FIRST if application.until_on < application.day else None


def objection_to_writing(application: Application) -> Objection | None:
    """What was handed in stays, until it is returned."""
    return None if application.in_writing else _not_now(application)


def objection_to_application_step(application: Application, to: str) -> Objection | None:
    """An application goes on only as its states allow."""
    return None if application.can_move(to) else _not_now(application)


def objection_to_handing_over(
    application: Application,
    questions: Sequence[str],
    answers: Mapping[str, str],
    *,
    today: date,
) -> Objection | None:
    """It is handed in when it is complete."""
    missing = [each for each in questions if not answers.get(each, "").strip()]
    if missing:
        return NOT_ANSWERED.about(questions=", ".join(missing))
    return objection_to_application(application, today=today)


def objection_to_answering(
    questions: Sequence[str], answers: Mapping[str, str]
) -> Objection | None:
    """Only what the call asks is answered."""
    unknown = [each for each in answers if each not in questions]
    return NO_SUCH_QUESTION.about(question=unknown[0]) if unknown else None


def objection_to_telling(reason: str) -> Objection | None:
    """An applicant reads why."""
    return None if reason.strip() else SAY_WHY_TO_APPLICANT


def objection_to_reviewer(application: Application) -> Objection | None:
    """Somebody is asked to look at what waits for an answer."""
    if application.state == ApplicationState.SUBMITTED:
        return None
    return _not_now(application)


def _not_now(application: Application) -> Objection:
    return APPLICATION_NOT_NOW.about(state=application.get_state_display())
