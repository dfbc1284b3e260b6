"""Questions of an audience: the queue of a session, answers, what goes to medical affairs."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.api.audience_polls import session_asked
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.learning.actions.audience_questions import (
    answer_in_writing,
    ask_session,
    hand_question_over,
    hide_question,
    join_questions,
    mark_answered_in_room,
    show_question,
)
from symposia.learning.audience import votes_for
from symposia.learning.audience_lists import AUDIENCE_QUESTIONS
from symposia.learning.audience_rules import LONGEST_ANSWER, LONGEST_QUESTION
from symposia.learning.models import AudienceQuestion

router = Router(tags=["audience"])
list_route(router, AUDIENCE_QUESTIONS)
_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS


class NewAudienceQuestion(Schema):
    """A question of the office's own, or one that came in otherwise."""

    activity: uuid.UUID
    session: uuid.UUID
    text: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    is_named: bool = False


class QuestionHidingIn(Schema):
    """Why the room does not see a question; whoever asked reads it."""

    reason: Reason = Field(min_length=1)


class JoiningIn(Schema):
    """With which question of the same session one is the same."""

    other: uuid.UUID


class AudienceAnswerIn(Schema):
    """An answer in writing; of one in the room it may be empty."""

    answer: str = Field("", max_length=LONGEST_ANSWER)
    in_room: bool = False


class AudienceQuestionOut(Schema):
    """A question as it stands, with who asked it."""

    id: uuid.UUID
    activity: uuid.UUID
    session: uuid.UUID
    text: str
    asked_by: str
    is_named: bool
    asked_at: datetime
    state: str
    votes: int
    hidden_because: str
    merged_into: uuid.UUID | None
    answer: str
    answered_at: datetime | None
    handed_at: datetime | None


@router.post("", response={201: AudienceQuestionOut}, operation_id="ask_session")
@allowed(Permission.MANAGE_EVALUATIONS)
def ask(request: Any, body: NewAudienceQuestion) -> Status[Any]:
    """Put a question to a session; it waits in its queue."""
    session = session_asked(request, body.activity, body.session)
    made = ask_session(session, body.text, is_named=body.is_named, by=request.actor)
    return Status(201, _question_out(made))


@router.get("/{pk}", response=AudienceQuestionOut, operation_id="audience_question")
@allowed(Permission.VIEW_EVALUATIONS)
def question(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One question."""
    return _question_out(_question(request, pk, _VIEW))


@router.post("/{pk}/showing", response=AudienceQuestionOut, operation_id="show_question")
@allowed(Permission.MANAGE_EVALUATIONS)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Let the room see it."""
    found = _question(request, pk, _MANAGE)
    show_question(found, by=request.actor)
    return _question_again(found)


@router.post("/{pk}/hiding", response=AudienceQuestionOut, operation_id="hide_question")
@allowed(Permission.MANAGE_EVALUATIONS)
def hide(request: Any, pk: uuid.UUID, body: QuestionHidingIn) -> dict[str, Any]:
    """Keep it from the room."""
    found = _question(request, pk, _MANAGE)
    hide_question(found, reason=body.reason, by=request.actor)
    return _question_again(found)


@router.post("/{pk}/joining", response=AudienceQuestionOut, operation_id="join_questions")
@allowed(Permission.MANAGE_EVALUATIONS)
def join(request: Any, pk: uuid.UUID, body: JoiningIn) -> dict[str, Any]:
    """Take it as the same as another; its votes go there."""
    found, other = (_question(request, each, _MANAGE) for each in (pk, body.other))
    join_questions(found, other, by=request.actor)
    return _question_again(found)


@router.post("/{pk}/answers", response=AudienceQuestionOut, operation_id="answer_question")
@allowed(Permission.MANAGE_EVALUATIONS)
def answer(request: Any, pk: uuid.UUID, body: AudienceAnswerIn) -> dict[str, Any]:
    """Answer it in writing, or say that it was answered in the room."""
    found = _question(request, pk, _MANAGE)
    if body.in_room:
        mark_answered_in_room(found, answer=body.answer, by=request.actor)
    else:
        answer_in_writing(found, body.answer, by=request.actor)
    return _question_again(found)


@router.post("/{pk}/handover", response=AudienceQuestionOut, operation_id="hand_question_over")
@allowed(Permission.MANAGE_EVALUATIONS)
def hand_over(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Mark it as one for medical affairs."""
    found = _question(request, pk, _MANAGE)
    hand_question_over(found, by=request.actor)
    return _question_again(found)


def _question(request: Any, pk: uuid.UUID, permission: Permission) -> AudienceQuestion:
    rows = AudienceQuestion.objects.visible_to(request.access, permission)
    return get_object_or_404(rows, pk=pk)


def _question_again(found: AudienceQuestion) -> dict[str, Any]:
    found.refresh_from_db()
    return _question_out(found)


def _question_out(found: AudienceQuestion) -> dict[str, Any]:
    return {
        "id": found.pk,
        "activity": found.activity_id,
        "session": found.session_id,
        "text": found.text,
        "asked_by": found.asker_name,
        "is_named": found.is_named,
        "asked_at": found.asked_at,
        "state": found.state,
        "votes": votes_for(found),
        "hidden_because": found.hidden_because,
        "merged_into": found.merged_into_id,
        "answer": found.answer,
        "answered_at": found.answered_at,
        "handed_at": found.handed_at,
    }
