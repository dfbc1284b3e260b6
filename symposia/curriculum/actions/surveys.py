import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import Organisation, User
from symposia.accounts.queries import this_organisation
from symposia.audit.actions import record
from symposia.curriculum.audience import audience_now
from symposia.curriculum.letters import survey_values
from symposia.curriculum.models import (
    QuestionKind,
    Survey,
    SurveyInvitation,
    SurveyQuestion,
    SurveyState,
)
from symposia.curriculum.policies.surveys import (
    objection_to_changing_survey,
    objection_to_closing_survey,
    objection_to_next_round,
    objection_to_question,
    objection_to_sending_survey,
)
from symposia.curriculum.queries.surveys import (
    later_round,
    questions_of_survey,
    surveys_to_repeat,
    to_ask_again,
)
from symposia.directory.models import Clinician
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.ids import uuid7
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if

MESSAGE = "curriculum.needs_survey"
SEND_ROUND = "curriculum.send_round"


@dataclass(frozen=True)
class SurveyFacts:
    """What somebody says about a survey."""

    title: str
    introduction: str = ""
    repeats_after_months: int | None = None


@dataclass(frozen=True)
class QuestionFacts:
    """What is asked, and how it is answered."""

    kind: str
    text: str
    choices: Sequence[str] = ()
    required: bool = True


@transaction.atomic
def make_survey(facts: SurveyFacts, *, by: Actor, owner: User | None = None) -> Survey:
    """Begin a survey of needs; it gets its questions before it is sent."""
    at, pk = now(), uuid7()
    survey = Survey.objects.create(
        id=pk,
        series_id=pk,
        number=next_numbers("SUR", year=at.year)[0],
        owner=owner,
        made_at=at,
        **asdict(facts),
    )
    record(by, "survey.made", survey)
    return survey


@transaction.atomic
def change_survey(survey: Survey, facts: SurveyFacts, *, seen_version: int, by: Actor) -> Survey:
    """Change what is said about a survey that nobody has read yet."""
    survey = Survey.objects.locked(survey.pk)

    refuse_if(objection_to_changing_survey(survey))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=survey.version))

    changes = put_values(survey, asdict(facts))
    if not changes:
        return survey
    survey.save()
    record(by, "survey.changed", survey, details={"changes": changes})
    return survey


@transaction.atomic
def add_question(survey: Survey, facts: QuestionFacts, *, by: Actor) -> SurveyQuestion:
    """Ask one thing more."""
    survey = Survey.objects.locked(survey.pk)
    choices = [c.strip() for c in facts.choices if c.strip()]
    if facts.kind != QuestionKind.CHOICE:
        choices = []

    refuse_if(objection_to_changing_survey(survey))
    refuse_if(objection_to_question(facts.kind, choices))

    question = SurveyQuestion.objects.create(
        survey=survey,
        position=survey.questions.count(),
        kind=facts.kind,
        text=facts.text,
        choices=choices,
        required=facts.required,
    )
    record(by, "survey.question_added", survey, details={"text": facts.text, "kind": facts.kind})
    return question


@transaction.atomic
def remove_question(question: SurveyQuestion, *, by: Actor) -> None:
    """Ask one thing less."""
    survey = Survey.objects.locked(question.survey_id)

    refuse_if(objection_to_changing_survey(survey))

    details = {"text": question.text}
    question.delete()
    record(by, "survey.question_removed", survey, details=details)


@transaction.atomic
def send_survey(survey: Survey, clinicians: Iterable[Clinician], *, by: Actor) -> int:
    """Ask clinicians by a message with a personal link; who was asked is not asked twice."""
    survey = Survey.objects.locked(survey.pk)
    questions = questions_of_survey(survey)
    people, at = list(clinicians), now()

    refuse_if(objection_to_sending_survey(survey, questions=len(questions)))

    if survey.is_draft:
        survey.move(SurveyState.OPEN, opened_at=at)
        record(by, "survey.opened", survey)
    organisation, chosen = this_organisation(), audience_now(survey, people).asked
    for clinician in chosen:
        _ask(survey, clinician, organisation, minutes=max(1, len(questions) // 3), by=by)
    return len(chosen)


def _ask(
    survey: Survey, clinician: Clinician, organisation: Organisation, *, minutes: int, by: Actor
) -> None:
    invitation = SurveyInvitation(survey=survey, clinician=clinician, address=clinician.email)
    invitation.save(force_insert=True)
    record(by, "survey.sent", invitation)
    queue_message(
        MESSAGE,
        to_address=invitation.address,
        to_name=clinician.full_name,
        values=survey_values(invitation, organisation, minutes=minutes),
        language=clinician.language or organisation.language,
        about=("curriculum.SurveyInvitation", invitation.pk),
        by=by,
    )


@transaction.atomic
def close_survey(survey: Survey, *, by: Actor, reason: str = "") -> Survey:
    """Take no more answers."""
    survey = Survey.objects.locked(survey.pk)

    refuse_if(objection_to_closing_survey(survey))

    survey.move(SurveyState.CLOSED, closed_at=now())
    record(by, "survey.closed", survey, reason=reason)
    return survey


@transaction.atomic
def make_next_round(survey: Survey, *, by: Actor) -> Survey:
    """Ask the same again: a draft with the same questions, whose answers continue the trend."""
    survey = Survey.objects.locked(survey.pk)

    refuse_if(objection_to_next_round(survey, later_round(survey)))

    at = now()
    following = Survey.objects.create(
        number=next_numbers("SUR", year=at.year)[0],
        title=survey.title,
        introduction=survey.introduction,
        series_id=survey.series_id,
        round=survey.round + 1,
        repeats_after_months=survey.repeats_after_months,
        owner=survey.owner,
        made_at=at,
    )
    for question in questions_of_survey(survey):
        question.pk, question.survey = uuid7(), following
        question.save(force_insert=True)
    record(by, "survey.made", following, details={"round": following.round})
    return following


@transaction.atomic
def repeat_due_surveys(*, at: datetime, by: Actor) -> list[Survey]:
    """Make the next round of each recurring survey that is due; a job sends it."""
    made = [make_next_round(survey, by=by) for survey in surveys_to_repeat(at)]

    for following in made:
        defer_named(SEND_ROUND, survey_id=str(following.pk))
    return made


@transaction.atomic
def ask_next_again(survey_id: uuid.UUID, *, by: Actor, limit: int = 25) -> int:
    """Ask the next of those who were asked in the round before; returns how many were asked."""
    survey = Survey.objects.locked(survey_id)
    chosen = audience_now(survey, to_ask_again(survey)).asked
    return send_survey(survey, chosen[:limit], by=by) if chosen else 0
