"""Questions about products: what was handed to medical affairs, answered or declined by mail."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.learning.actions.medical_answers import (
    answer_medical_question,
    decline_medical_question,
)
from symposia.learning.audience_rules import LONGEST_ANSWER
from symposia.learning.medical_lists import MEDICAL_QUESTIONS, medical_questions
from symposia.learning.medical_rules import LONGEST_REASON
from symposia.learning.models import MedicalAnswer

router = Router(tags=["audience"])
list_route(router, MEDICAL_QUESTIONS)


class MedicalAnswerIn(Schema):
    """The answer, and who reads what is written back."""

    answer: str = Field(min_length=1, max_length=LONGEST_ANSWER)
    reply_to: str = Field(max_length=254)


class MedicalRefusalIn(Schema):
    """Why it is not answered, and who reads what is written back."""

    reason: str = Field(min_length=1, max_length=LONGEST_REASON)
    reply_to: str = Field(max_length=254)


class MedicalAnswerOut(Schema):
    """What was written to whoever asked."""

    id: uuid.UUID
    question_id: uuid.UUID
    outcome: str
    text: str
    reply_to: str
    at: datetime
    by_name: str


@router.post("/{pk}/answers", response=MedicalAnswerOut, operation_id="answer_medical_question")
@allowed(Permission.MANAGE_CURRICULUM)
def answer(request: Any, pk: uuid.UUID, body: MedicalAnswerIn) -> MedicalAnswer:
    """Answer by mail to whoever asked, once."""
    found = get_object_or_404(medical_questions(request.access), pk=pk)
    return answer_medical_question(found, body.answer, reply_to=body.reply_to, by=request.actor)


@router.post("/{pk}/refusal", response=MedicalAnswerOut, operation_id="decline_medical_question")
@allowed(Permission.MANAGE_CURRICULUM)
def decline(request: Any, pk: uuid.UUID, body: MedicalRefusalIn) -> MedicalAnswer:
    """Decline, with the reason that whoever asked reads."""
    found = get_object_or_404(medical_questions(request.access), pk=pk)
    return decline_medical_question(found, body.reason, reply_to=body.reply_to, by=request.actor)
