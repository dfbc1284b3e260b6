import secrets
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.audit.actions import record
from symposia.curriculum.actions.gaps import EvidenceFacts, add_evidence
from symposia.curriculum.audience import ASKED_FOR
from symposia.curriculum.models import (
    EvidenceKind,
    Gap,
    GapEvidence,
    QuestionKind,
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyQuestion,
)
from symposia.curriculum.policies.surveys import (
    objection_to_answering,
    objection_to_citing_survey,
    objection_to_survey_answers,
)
from symposia.curriculum.queries.surveys import (
    SHOWN_FROM,
    QuestionResult,
    questions_of_survey,
    results_of_survey,
)
from symposia.directory.actions.consents import withdraw_purpose
from symposia.notifications.actions import suppress_address
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def answer_survey(
    invitation: SurveyInvitation, given: Mapping[uuid.UUID, str], *, by: Actor
) -> SurveyInvitation:
    """Keep the answers under a number of chance, and apart from them that this person answered."""
    invitation = SurveyInvitation.objects.locked(invitation.pk)
    questions = questions_of_survey(invitation.survey)

    refuse_if(objection_to_answering(invitation))
    refuse_if(objection_to_survey_answers(questions, given))

    invitation.answered_at = now()
    invitation.save(update_fields=["answered_at"])
    SurveyAnswer.objects.bulk_create(_sheet(questions, given))
    record(by, "survey.answered", invitation)
    return invitation


def _sheet(
    questions: Sequence[SurveyQuestion], given: Mapping[uuid.UUID, str]
) -> list[SurveyAnswer]:
    sheet = uuid.UUID(bytes=secrets.token_bytes(16), version=4)
    said = [(q, given.get(q.pk, "").strip()) for q in questions]
    return [
        SurveyAnswer(
            sheet=sheet,
            question=question,
            rating=int(answer) if question.kind == QuestionKind.RATING else None,
            text="" if question.kind == QuestionKind.RATING else answer,
        )
        for question, answer in said
        if answer
    ]


@transaction.atomic
def stop_surveys(invitation: SurveyInvitation, *, by: Actor) -> None:
    """Ask this clinician nothing more, and invite them to nothing; the clinician said so."""
    suppress_address(invitation.address, by=by)
    withdraw_purpose(invitation.clinician, ASKED_FOR, proof=invitation.survey.number, by=by)


@transaction.atomic
def cite_survey(survey: Survey, question: SurveyQuestion, gap: Gap, *, by: Actor) -> GapEvidence:
    """Let what a survey found be evidence of a gap, with the figure as it is now."""
    results = results_of_survey(survey)
    found = _result_of(results.questions, question)

    refuse_if(objection_to_citing_survey(found.answers if found else 0, shown_from=SHOWN_FROM))

    facts = EvidenceFacts(
        kind=EvidenceKind.SURVEY,
        citation=f"{survey.number} {survey.title}: {question.text}",
        figure=found.figure if found else "",
        found_on=local_day(),
        survey=survey,
    )
    return add_evidence(gap, facts, by=by)


def _result_of(
    results: Sequence[QuestionResult], question: SurveyQuestion
) -> QuestionResult | None:
    return next((each for each in results if each.question.pk == question.pk), None)
