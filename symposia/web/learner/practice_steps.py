"""What is done with a shared practice: answered, sent, taken back, taken up, spoken of."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from symposia.learning.actions.adoptions import adopt_practice, take_back_adoption
from symposia.learning.actions.contributions import Said, comment_on_practice
from symposia.learning.actions.practices import (
    Identifier,
    answer_identifier,
    send_practice,
    withdraw_practice,
)
from symposia.learning.discussing import said_where
from symposia.learning.letters import LEARNING
from symposia.learning.models import Adopting, Practice
from symposia.shared.refusals import Refused
from symposia.web.learner.practice_forms import AdoptionForm
from symposia.web.learner.practices import entered, id_in, practice_or_404, practice_page
from symposia.web.learner.talk_forms import ContributionForm
from symposia.web.learner.talking import Door
from symposia.web.links import personal_link


@require_POST
@personal_link(LEARNING)
def answer(request: Any, pk: uuid.UUID, token: str, practice_pk: uuid.UUID) -> HttpResponse:
    """Take something out that may tell who a patient is, or say why it is of none."""
    door, practice = _found(pk, token, practice_pk)
    said = request.POST
    named = Identifier(said.get("kind", ""), said.get("part", ""), said.get("quoted", ""))
    removed, reason = said.get("answer") == "removed", said.get("reason", "")

    def act() -> None:
        answer_identifier(practice, door.voice, named, removed=removed, reason=reason, by=door.by)

    return _done(request, door, practice, act)


@require_POST
@personal_link(LEARNING)
def send(request: Any, pk: uuid.UUID, token: str, practice_pk: uuid.UUID) -> HttpResponse:
    """Hand it to the editors."""
    door, practice = _found(pk, token, practice_pk)
    thanks = _("Sent. An editor reads it and writes to you.")
    return _done(
        request, door, practice, lambda: send_practice(practice, door.voice, by=door.by), thanks
    )


@require_POST
@personal_link(LEARNING)
def withdraw(request: Any, pk: uuid.UUID, token: str, practice_pk: uuid.UUID) -> HttpResponse:
    """Take the own practice back."""
    door, practice = _found(pk, token, practice_pk)
    done = _("It is taken back. Colleagues see it no more.")
    return _done(
        request,
        door,
        practice,
        lambda: withdraw_practice(practice, door.voice, by=door.by),
        done,
        to=door.to("practices"),
    )


@require_POST
@personal_link(LEARNING)
def adopt(request: Any, pk: uuid.UUID, token: str, practice_pk: uuid.UUID) -> HttpResponse:
    """Say that one does the same, or will try it."""
    door, place = entered(pk, token)
    practice = practice_or_404(place, door.voice, practice_pk)
    form = AdoptionForm(request.POST)
    if not form.is_valid():
        return practice_page(request, door, practice, adoption=form)
    said = form.cleaned_data

    def act() -> None:
        adopt_practice(practice, place, Adopting(said["kind"]), said["note"], by=door.by)

    return _done(request, door, practice, act, _("Thank you. Its author sees how many do."))


@require_POST
@personal_link(LEARNING)
def unadopt(request: Any, pk: uuid.UUID, token: str, practice_pk: uuid.UUID) -> HttpResponse:
    """Say that one does not do the same after all."""
    door, place = entered(pk, token)
    practice = practice_or_404(place, door.voice, practice_pk)
    return _done(request, door, practice, lambda: take_back_adoption(practice, place, by=door.by))


@require_POST
@personal_link(LEARNING)
def comment(request: Any, pk: uuid.UUID, token: str, practice_pk: uuid.UUID) -> HttpResponse:
    """Say something about it, or reply."""
    door, place = entered(pk, token)
    practice = practice_or_404(place, door.voice, practice_pk)
    named = id_in(request.POST.get("head", ""))
    head = get_object_or_404(said_where(place.activity), pk=named) if named else None
    form = ContributionForm(request.POST)
    if form.is_valid():
        said = Said(form.cleaned_data["text"], head)
        try:
            kept = comment_on_practice(practice, door.voice, said, by=door.by)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{door.to('practice', practice.pk)}#said-{kept.pk}")
    return practice_page(request, door, practice, said=form, head=head)


def _done(
    request: Any,
    door: Door,
    practice: Practice,
    act: Callable[[], Any],
    done: str = "",
    to: str = "",
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, done)
        return redirect(to or door.to("practice", practice.pk))
    return redirect(door.to("practice", practice.pk))


def _found(pk: uuid.UUID, token: str, practice_pk: uuid.UUID) -> tuple[Door, Practice]:
    door, place = entered(pk, token)
    return door, practice_or_404(place, door.voice, practice_pk)
