"""Shared practice over the API: written for a learner, answered, sent, judged, taken up."""

import uuid
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from symposia.accounts.permissions import Permission
from symposia.api.discussion_out import (
    AdoptionIn,
    ContributionOut,
    IdentifierAnswerIn,
    LearnerIn,
    PracticeChangeIn,
    PracticeCommentIn,
    PracticeDecisionIn,
    PracticeIn,
    PracticeOut,
    contribution_out,
    practice_out,
)
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.learning.actions.adoptions import adopt_practice, take_back_adoption
from symposia.learning.actions.contributions import Said, comment_on_practice
from symposia.learning.actions.practice_decisions import publish_practice, return_practice
from symposia.learning.actions.practices import (
    Identifier,
    answer_identifier,
    change_practice,
    draft_practice,
    send_practice,
    withdraw_practice,
)
from symposia.learning.discussing import Voice, said_where, voice_of_place
from symposia.learning.models import Practice, PracticeVerdict
from symposia.learning.practice_lists import ADOPTIONS, PRACTICES
from symposia.learning.practice_rules import objection_to_reading_practice
from symposia.learning.sharing import own_practices
from symposia.registrations.models import Registration

router = Router(tags=["discussions"])
list_route(router, PRACTICES)
list_route(router, ADOPTIONS, "/adoptions")
SEES, WORKS = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS
OFFICE = Permission.MANAGE_REGISTRATIONS


@router.post("", response={201: PracticeOut}, operation_id="draft_practice")
@allowed(OFFICE)
def new(request: Any, body: PracticeIn) -> Status[dict[str, Any]]:
    """Begin a practice for a learner; nobody else sees it yet."""
    made = draft_practice(_place(request, body.registration), body.facts(), by=request.actor)
    return Status(201, practice_out(made, request.actor))


@router.get("/{uuid:pk}", response=PracticeOut, operation_id="practice")
@allowed(SEES)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """A practice that was sent, with what was found in it."""
    rows = Practice.objects.visible_to(request.access, SEES).with_names()
    return practice_out(get_object_or_404(rows, pk=pk), request.actor)


@router.get(
    "/learners/{uuid:registration_pk}",
    response=list[PracticeOut],
    operation_id="practices_of_learner",
)
@allowed(OFFICE)
def of_learner(request: Any, registration_pk: uuid.UUID) -> list[dict[str, Any]]:
    """What a learner wrote, what nobody has been sent yet as well."""
    place = _place(request, registration_pk)
    return [practice_out(each, request.actor) for each in own_practices(place)]


@router.put("/{uuid:pk}", response=PracticeOut, operation_id="change_practice")
@allowed(OFFICE)
def change(request: Any, pk: uuid.UUID, body: PracticeChangeIn) -> dict[str, Any]:
    """Write on."""
    practice, voice = _own(request, pk, body.registration)
    seen = body.seen_version
    kept = change_practice(practice, voice, body.facts(), seen_version=seen, by=request.actor)
    return practice_out(kept, request.actor)


@router.post(
    "/{uuid:pk}/identifier-answers", response={201: PracticeOut}, operation_id="answer_identifier"
)
@allowed(OFFICE)
def answer(request: Any, pk: uuid.UUID, body: IdentifierAnswerIn) -> Status[dict[str, Any]]:
    """Take something out that may tell who a patient is, or say why it is of none."""
    practice, voice = _own(request, pk, body.registration)
    named = Identifier(body.kind, body.part, body.quoted)
    kept = answer_identifier(
        practice, voice, named, removed=body.removed, reason=body.reason, by=request.actor
    )
    return Status(201, practice_out(kept, request.actor))


@router.post("/{uuid:pk}/submissions", response={201: PracticeOut}, operation_id="send_practice")
@allowed(OFFICE)
def send(request: Any, pk: uuid.UUID, body: LearnerIn) -> Status[dict[str, Any]]:
    """Hand it to the editors."""
    practice, voice = _own(request, pk, body.registration)
    kept = send_practice(practice, voice, by=request.actor)
    return Status(201, practice_out(kept, request.actor))


@router.post(
    "/{uuid:pk}/withdrawals", response={201: PracticeOut}, operation_id="withdraw_practice"
)
@allowed(OFFICE)
def withdraw(request: Any, pk: uuid.UUID, body: LearnerIn) -> Status[dict[str, Any]]:
    """Take it back for its author."""
    practice, voice = _own(request, pk, body.registration)
    kept = withdraw_practice(practice, voice, by=request.actor)
    return Status(201, practice_out(kept, request.actor))


@router.post("/{uuid:pk}/decisions", response={201: PracticeOut}, operation_id="decide_practice")
@allowed(WORKS)
def decide(request: Any, pk: uuid.UUID, body: PracticeDecisionIn) -> Status[dict[str, Any]]:
    """Publish exactly what was read, or send it back with words."""
    rows = Practice.objects.visible_to(request.access, WORKS)
    practice = get_object_or_404(rows.with_names(), pk=pk)
    if body.verdict == PracticeVerdict.PUBLISHED:
        seen = body.sha256
        kept = publish_practice(practice, seen_sha256=seen, by=request.actor)
    else:
        kept = return_practice(practice, body.note, by=request.actor)
    return Status(201, practice_out(kept, request.actor))


@router.post("/{uuid:pk}/adoptions", response={201: PracticeOut}, operation_id="adopt_practice")
@allowed(OFFICE)
def adopt(request: Any, pk: uuid.UUID, body: AdoptionIn) -> Status[dict[str, Any]]:
    """Say for a learner that they do the same, or will try it."""
    practice, place = _read(request, pk, body.registration)
    adopt_practice(practice, place, body.kind, body.note, by=request.actor)
    return Status(201, practice_out(practice, request.actor))


@router.delete(
    "/{uuid:pk}/adoptions/{uuid:registration_pk}",
    response={204: None},
    operation_id="take_back_adoption",
)
@allowed(OFFICE)
def unadopt(request: Any, pk: uuid.UUID, registration_pk: uuid.UUID) -> Status[None]:
    """Say for a learner that they do not after all."""
    practice, place = _read(request, pk, registration_pk)
    take_back_adoption(practice, place, by=request.actor)
    return Status(204, None)


@router.post(
    "/{uuid:pk}/comments", response={201: ContributionOut}, operation_id="comment_on_practice"
)
@allowed(OFFICE)
def comment(request: Any, pk: uuid.UUID, body: PracticeCommentIn) -> Status[dict[str, Any]]:
    """Say something about it for a learner."""
    practice, place = _read(request, pk, body.registration)
    heads = said_where(place.activity)
    head = get_object_or_404(heads, pk=body.head) if body.head else None
    said = Said(body.text, head)
    kept = comment_on_practice(practice, voice_of_place(place), said, by=request.actor)
    return Status(201, contribution_out(kept))


def _place(request: Any, pk: uuid.UUID) -> Registration:
    rows = Registration.objects.visible_to(request.access, OFFICE)
    return get_object_or_404(rows.with_people(), pk=pk)


def _own(request: Any, pk: uuid.UUID, registration: uuid.UUID) -> tuple[Practice, Voice]:
    """A learner's own practice."""
    place = _place(request, registration)
    found = next((each for each in own_practices(place) if each.pk == pk), None)
    if found is None:
        raise Http404
    return found, voice_of_place(place)


def _read(request: Any, pk: uuid.UUID, registration: uuid.UUID) -> tuple[Practice, Registration]:
    """A practice that a learner may read."""
    place = _place(request, registration)
    practice = get_object_or_404(Practice.objects.published().with_names(), pk=pk)
    if objection_to_reading_practice(practice, place, voice_of_place(place)):
        raise Http404
    return practice, place
