import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from symposia.curriculum.models import (
    RATINGS,
    QuestionKind,
    Survey,
    SurveyInvitation,
    SurveyQuestion,
    SurveyState,
)
from symposia.directory.models import Clinician
from symposia.directory.policies import NO_ADDRESS
from symposia.shared.refusals import Objection

SURVEY_SENT = Objection(
    "survey_sent", _("This survey was sent: its questions stay as people read them.")
)
SURVEY_CLOSED = Objection("survey_closed", _("This survey is closed."))
SURVEY_NOT_OPEN = Objection("survey_not_open", _("This survey is not open."))
SURVEY_ANSWERED = Objection("survey_answered", _("You have answered this survey. Thank you."))
NO_QUESTIONS = Objection("survey_without_questions", _("The survey has no question yet."))
BEING_SENT = Objection("being_sent", _("It is being sent now. Wait until that has ended."))
NOBODY_CHOSEN = Objection("nobody_chosen", _("Nobody of the directory fits this choice."))
TOO_FEW_CHOICES = Objection(
    "survey_too_few_choices", _("Write at least two answers to choose from.")
)
UNANSWERED = Objection("survey_unanswered", _("Please answer: %(question)s"))
NO_SUCH_ANSWER = Objection(
    "no_such_survey_answer", _("This is not one of the answers to: %(question)s")
)
HAS_NEXT_ROUND = Objection("has_next_round", _("The next round is made already: %(next)s."))
NEVER_SENT = Objection("never_sent", _("This survey was not sent yet."))
TOO_FEW_ANSWERS = Objection(
    "too_few_answers", _("Too few have answered to cite this: at least %(n)s are needed.")
)
# Why somebody is not asked.
WANTS_NO_MAIL = Objection("wants_no_mail", _("asked for no more invitations"))
ASKED_BEFORE = Objection("asked_before", _("was asked already"))


def objection_to_changing_survey(survey: Survey) -> Objection | None:
    """Once people were asked, the questions stay as they read them."""
    return None if survey.is_draft else SURVEY_SENT


def objection_to_question(kind: str, choices: Sequence[str]) -> Objection | None:
    """A question of choice offers at least two answers."""
    return TOO_FEW_CHOICES if kind == QuestionKind.CHOICE and len(choices) < 2 else None


def objection_to_sending_survey(
    survey: Survey, *, questions: int, is_being_sent: bool = False
) -> Objection | None:
    """Why a survey cannot be sent now; one sending at a time, so that its count stays true."""
    if is_being_sent:
        return BEING_SENT
    if survey.state == SurveyState.CLOSED:
        return SURVEY_CLOSED
    return None if questions else NO_QUESTIONS


def objection_to_audience(people: Sequence[Clinician]) -> Objection | None:
    """A survey asks at least one person of the directory."""
    return None if people else NOBODY_CHOSEN


def objection_to_asking(
    clinician: Clinician, *, suppressed: frozenset[str], asked: frozenset[uuid.UUID]
) -> Objection | None:
    """Why a clinician gets no survey."""
    if clinician.pk in asked:
        return ASKED_BEFORE
    if not clinician.email:
        return NO_ADDRESS
    return WANTS_NO_MAIL if clinician.email.lower() in suppressed else None


def objection_to_answering(invitation: SurveyInvitation) -> Objection | None:
    """Why the holder of a link cannot answer."""
    if invitation.answered_at:
        return SURVEY_ANSWERED
    return None if invitation.survey.is_open else SURVEY_CLOSED


def objection_to_survey_answers(
    questions: Sequence[SurveyQuestion], given: Mapping[uuid.UUID, str]
) -> Objection | None:
    """Every required question has an answer, and every answer is one that was offered."""
    for question in questions:
        answer = given.get(question.pk, "").strip()
        if not answer and question.required:
            return UNANSWERED.about(question=question.text)
        if answer and not _was_offered(question, answer):
            return NO_SUCH_ANSWER.about(question=question.text)
    return None


def _was_offered(question: SurveyQuestion, answer: str) -> bool:
    if question.kind == QuestionKind.RATING:
        return answer in {str(n) for n in RATINGS}
    return question.kind == QuestionKind.TEXT or answer in question.choices


def objection_to_closing_survey(survey: Survey) -> Objection | None:
    """Only a survey that takes answers is closed."""
    return None if survey.is_open else SURVEY_NOT_OPEN


def objection_to_next_round(survey: Survey, later: Survey | None) -> Objection | None:
    """The next round follows the latest that was sent."""
    if survey.is_draft:
        return NEVER_SENT
    return HAS_NEXT_ROUND.about(next=str(later)) if later else None


def objection_to_citing_survey(answers: int, *, shown_from: int) -> Objection | None:
    """Too few answers are no evidence, and would show who gave them."""
    return None if answers >= shown_from else TOO_FEW_ANSWERS.about(n=shown_from)
