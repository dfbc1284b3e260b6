import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.activities.models import State as ActivityState
from symposia.assessment.models import RATINGS, EvaluationForm, Kind, Question
from symposia.assessment.queries import Given, options_of
from symposia.assessment.standard import Draft
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection

NO_EVALUATION = Objection("no_evaluation", _("This activity has no evaluation."))
NO_PLACE = Objection(
    "evaluation_without_place",
    _("This place was given up. Only people who took part can evaluate."),
)
NOT_BEGUN = Objection(
    "evaluation_too_early", _("The activity has not begun. Come back when you were there.")
)
NOT_THERE = Objection(
    "evaluation_not_there",
    _("You were not seen at the door. Ask the organiser to enter your attendance."),
)
ANSWERED = Objection("answered", _("You have answered the evaluation. Thank you."))
UNANSWERED = Objection("unanswered", _("Please answer: %(question)s"))
NO_SUCH_ANSWER = Objection("no_such_answer", _("This is not one of the answers to: %(question)s"))
OPENED = Objection(
    "evaluation_is_out",
    _("The questions are changed before the activity opens: since then people rely on them."),
)
NO_QUESTIONS = Objection(
    "evaluation_without_questions", _("An evaluation asks at least one question.")
)
TOO_FEW_CHOICES = Objection(
    "evaluation_too_few_choices",
    _("Give at least two different answers to choose from: %(question)s"),
)
HAS_EVALUATION = Objection("has_evaluation", _("This activity has its evaluation."))


# Nobody was asked to come yet.
_BEFORE_OPENING = frozenset(
    {
        ActivityState.DRAFT,
        ActivityState.SUBMITTED,
        ActivityState.IN_APPROVAL,
        ActivityState.RETURNED,
        ActivityState.APPROVED,
    }
)


def objection_to_changing_questions(activity: Activity) -> Objection | None:
    """What people answer is settled before the activity opens."""
    return None if activity.state in _BEFORE_OPENING else OPENED


def objection_to_questions(questions: Sequence[Draft]) -> Objection | None:
    """Whether these questions make an evaluation that can be answered."""
    if not questions:
        return NO_QUESTIONS
    for each in questions:
        offered = {str(choice).strip() for choice in each.choices} - {""}
        if each.kind == Kind.CHOICE and len(offered) < max(2, len(each.choices)):
            return TOO_FEW_CHOICES.about(question=each.text)
    return None


def objection_to_evaluating(
    registration: Registration,
    form: EvaluationForm | None,
    *,
    absent: Objection | None,
    answered: bool,
    at: datetime,
) -> Objection | None:
    """Why this learner cannot answer the evaluation now."""
    objections = (
        (form is None, NO_EVALUATION),
        (answered, ANSWERED),
        (not registration.is_confirmed, NO_PLACE),
        (registration.activity.starts_at > at, NOT_BEGUN),
    )
    return next((objection for holds, objection in objections if holds), absent)


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
