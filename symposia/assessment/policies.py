import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.assessment.models import RATINGS, EvaluationForm, Kind, Question
from symposia.assessment.queries import Given, options_of
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection

NO_EVALUATION = Objection("no_evaluation", _("This activity has no evaluation."))
NO_PLACE = Objection(
    "no_place", _("This place was given up. Only people who took part can evaluate.")
)
NOT_BEGUN = Objection("not_begun", _("The activity has not begun. Come back when you were there."))
NOT_THERE = Objection(
    "not_there",
    _("You were not seen at the door. Ask the organiser to enter your attendance."),
)
ANSWERED = Objection("answered", _("You have answered the evaluation. Thank you."))
UNANSWERED = Objection("unanswered", _("Please answer: %(question)s"))
NO_SUCH_ANSWER = Objection("no_such_answer", _("This is not one of the answers to: %(question)s"))
HAS_EVALUATION = Objection("has_evaluation", _("This activity has its evaluation."))


def objection_to_evaluating(
    registration: Registration,
    form: EvaluationForm | None,
    *,
    was_there: bool,
    answered: bool,
    at: datetime,
) -> Objection | None:
    """Why this learner cannot answer the evaluation now."""
    objections = (
        (form is None, NO_EVALUATION),
        (answered, ANSWERED),
        (not registration.is_confirmed, NO_PLACE),
        (registration.activity.starts_at > at, NOT_BEGUN),
        (not was_there, NOT_THERE),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_answers(
    questions: Sequence[Question], given: Mapping[uuid.UUID, Given]
) -> Objection | None:
    """Every required question has an answer, and every answer is one that was offered."""
    for question in questions:
        answer = given.get(question.pk, Given())
        if answer.is_empty:
            if question.required:
                return UNANSWERED.about(question=question.text)
        elif not answer.declined and not _was_offered(question, answer):
            return NO_SUCH_ANSWER.about(question=question.text)
    return None


def _was_offered(question: Question, answer: Given) -> bool:
    if question.kind == Kind.RATING:
        return answer.rating in RATINGS
    if question.kind == Kind.TEXT:
        return answer.rating is None
    return answer.rating is None and answer.text in dict(options_of(question))
