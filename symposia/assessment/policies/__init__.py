from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.activities.models import State as ActivityState
from symposia.assessment.models import LONGEST_DELAY, MOST_RATING, EvaluationForm, Kind, Question
from symposia.assessment.queries import options_of
from symposia.assessment.sheets import NO, YES, Given, Page, Said, asked_on
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
NO_PART_YET = Objection(
    "evaluation_no_part_yet",
    _(
        "There is nothing to answer yet: a session has its questions once it is over and you were"
        " in it; the rest comes when the activity ends."
    ),
)
REST_LATER = Objection(
    "evaluation_rest_later",
    _("The questions about the whole activity come when it ends. Thank you for coming back then."),
)
NO_SUCH_DELAY = Objection(
    "no_such_session_delay", _("Say how many minutes: from none to %(most)s, which is a day.")
)
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
NO_SCALE = Objection(
    "evaluation_no_scale",
    _("A scale has two to ten different words, from the lowest up: %(question)s"),
)
LOOKS_AHEAD = Objection(
    "evaluation_looks_ahead",
    _("A condition looks back at an earlier question: %(question)s"),
)
OTHER_SHEET = Objection(
    "evaluation_other_sheet",
    _("What is asked for each session or speaker cannot decide over: %(question)s"),
)
NO_SUCH_CONDITION = Objection(
    "evaluation_no_such_condition",
    _("The condition looks for an answer that the earlier question does not offer: %(question)s"),
)
OF_ONE_ACTIVITY = Objection(
    "evaluation_of_one_activity",
    _("Take the objectives out first: in the library a form belongs to no activity."),
)
NO_SUCH_BLOCK = Objection("evaluation_no_such_block", _("There is no such block of questions."))
BLOCK_IS_ASKED = Objection(
    "evaluation_block_is_asked", _("The form asks all of this block already.")
)
TYPE_TAKEN = Objection(
    "library_form_type_taken",
    _("Another form of the library is taken over by activities of this type already."),
)
RETIRED = Objection("library_form_retired", _("This form was taken out of the library."))
FEW_SHOWN = Objection(
    "evaluation_shows_too_few",
    _("Answers are shown from three people on, never earlier."),
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


def objection_to_changing_questions(activity: Activity, *, answers: int = 0) -> Objection | None:
    """What people answer is settled before the activity opens; a form that was answered stays,
    whatever became of the activity since."""
    return OPENED if answers or activity.state not in _BEFORE_OPENING else None


def objection_to_questions(questions: Sequence[Draft]) -> Objection | None:
    """Whether these questions make an evaluation that can be answered."""
    if not any(each.kind != Kind.STATEMENT for each in questions):
        return NO_QUESTIONS
    for place, each in enumerate(questions, start=1):
        wrong = _objection_to_choices(each) or _objection_to_condition(each, place, questions)
        if wrong:
            return wrong.about(question=each.text)
    return None


def _objection_to_choices(each: Draft) -> Objection | None:
    offered = {str(choice).strip() for choice in each.choices} - {""}
    if each.kind in {Kind.CHOICE, Kind.MULTIPLE} and len(offered) < max(2, len(each.choices)):
        return TOO_FEW_CHOICES
    if each.kind == Kind.RATING and each.choices:
        is_scale = len(offered) == len(each.choices) and 2 <= len(offered) <= MOST_RATING
        return None if is_scale else NO_SCALE
    return None


def _objection_to_condition(
    each: Draft, place: int, questions: Sequence[Draft]
) -> Objection | None:
    """A condition looks back, at a question of the same sheet or of the whole activity, and for
    answers that it offers."""
    if each.depends_on is None:
        return None
    if not 1 <= each.depends_on < place:
        return LOOKS_AHEAD
    earlier = questions[each.depends_on - 1]
    if earlier.repeats and earlier.repeats != each.repeats:
        return OTHER_SHEET
    offered = _offered(earlier)
    wanted = set(each.depends_values)
    return None if wanted and wanted <= offered else NO_SUCH_CONDITION


def _offered(draft: Draft) -> set[str]:
    """The answers of a question that a condition can look for."""
    match draft.kind:
        case Kind.RATING:
            return {str(n) for n in range(1, (len(draft.choices) or 5) + 1)}
        case Kind.YES_NO:
            return {YES, NO}
        case Kind.CHOICE | Kind.MULTIPLE:
            return {str(choice) for choice in draft.choices}
        case _:
            return set()


def objection_to_keeping_in_library(questions: Sequence[Draft]) -> Objection | None:
    """A form of the library asks nothing that belongs to one activity alone."""
    return OF_ONE_ACTIVITY if any(each.objective for each in questions) else None


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


def objection_to_delay(minutes: int) -> Objection | None:
    """The questions of sessions leave within a day, or they come with those of the next."""
    return NO_SUCH_DELAY.about(most=LONGEST_DELAY) if not 0 <= minutes <= LONGEST_DELAY else None


def objection_to_answers(
    pages: Sequence[Page], questions: Sequence[Question], said: Said
) -> Objection | None:
    """Every required question that is asked has an answer, and every answer was offered."""
    for page in pages:
        for question in asked_on(page, questions, said):
            answer = said.to(question, page.block_id)
            if answer.is_empty:
                if question.required:
                    return UNANSWERED.about(question=question.text)
            elif not answer.declined and not _was_offered(question, answer):
                return NO_SUCH_ANSWER.about(question=question.text)
    return None


def _was_offered(question: Question, answer: Given) -> bool:
    alone = {
        Kind.RATING: Given(rating=answer.rating),
        Kind.NUMBER: Given(number=answer.number),
        Kind.MULTIPLE: Given(chosen=answer.chosen),
        Kind.YES_NO: Given(text=answer.text, comment=answer.comment if question.asks_why else ""),
    }.get(Kind(question.kind), Given(text=answer.text))
    if answer != alone:
        return False
    offered = dict(options_of(question))
    return not offered or (bool(answer.values) and answer.values <= set(offered))
