"""Following up on a phone: what is due, one follow-up with what may be given, and handing on."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.models import Clinician
from symposia.engagement.actions.follow_ups import (
    add_follow_up,
    decline_follow_up,
    finish_follow_up,
    take_follow_up,
)
from symposia.engagement.actions.handing import hand_medical_question, take_adverse_event
from symposia.engagement.actions.sharing import share_material
from symposia.engagement.models import FollowUp, FollowUpKind
from symposia.engagement.queries import handed_on, materials_for, own_follow_ups, shares_of
from symposia.engagement.standing import kinds_for, ways_for
from symposia.shared.refusals import Refused
from symposia.web.field.follow_up_forms import (
    AdverseEventForm,
    DeclineForm,
    FinishForm,
    QuestionForm,
    ShareForm,
)
from symposia.web.gates import answers_with_a_secret, requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import do
from symposia.web.requests import UserRequest

PAGE = "field/follow_up.html"
_INVITES = Permission.INVITE
# Each form of the page by its name in the template.
FORMS: dict[str, Callable[..., forms.Form]] = {
    "finish_form": FinishForm,
    "decline_form": DeclineForm,
    "question_form": QuestionForm,
    "event_form": AdverseEventForm,
}


@require_GET
@requires(_INVITES)
def follow_ups(request: UserRequest) -> HttpResponse:
    """What I owe doctors after activities, the most urgent first."""
    today = local_day()
    found = own_follow_ups(request.access, request.user.pk)
    context = {
        "late": [each for each in found.shown if each.due_on < today],
        "due": [each for each in found.shown if each.due_on >= today],
        "more": found.more,
    }
    return render(request, "field/follow_ups.html", context)


@require_GET
@requires(_INVITES)
def follow_up(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One of them: whom, after what, by when, what is allowed, what was given and handed on."""
    return _page(request, follow_up_or_404(request, pk))


@require_POST
@requires(_INVITES)
def finish(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """It is done."""
    found, form = follow_up_or_404(request, pk), FinishForm(request.POST)

    def act() -> None:
        finish_follow_up(found, **form.cleaned_data, by=request.actor)

    return _sent(request, found, "finish_form", form, act, _("Done; what was said is kept."))


@require_POST
@requires(_INVITES)
def decline(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """It is not done."""
    found, form = follow_up_or_404(request, pk), DeclineForm(request.POST)

    def act() -> None:
        decline_follow_up(found, **form.cleaned_data, by=request.actor)

    return _sent(request, found, "decline_form", form, act, _("Closed; the reason is kept."))


@require_POST
@requires(_INVITES)
def take(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Go on with what somebody else owed."""
    found, back = follow_up_or_404(request, pk), reverse("follow_up", args=[pk])

    def act() -> None:
        take_follow_up(found, owner_id=request.user.pk, by=request.actor)

    return do(request, act, back, _("It is yours now."))


@require_POST
@requires(_INVITES)
def question(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A question about a product goes to medical affairs."""
    found, form = follow_up_or_404(request, pk), QuestionForm(request.POST)

    def act() -> None:
        hand_medical_question(found, **form.cleaned_data, by=request.actor)

    done = _("Handed to medical affairs; they write to %(name)s.")
    return _sent(
        request, found, "question_form", form, act, done % {"name": found.clinician.called}
    )


@require_POST
@requires(_INVITES)
def adverse_event(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """An adverse event goes to drug safety."""
    found, form = follow_up_or_404(request, pk), AdverseEventForm(request.POST)

    def act() -> None:
        take_adverse_event(found, **form.cleaned_data, by=request.actor)

    return _sent(request, found, "event_form", form, act, words_of_event())


def words_of_event() -> str:
    """What became of an adverse event, in a line."""
    return _("Handed to drug safety. It is kept as you wrote it.")


@answers_with_a_secret("follow_up", "pk")
@require_POST
@requires(_INVITES)
def share(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a material: mail leaves, a message by hand comes with its text."""
    found = follow_up_or_404(request, pk)
    materials = materials_for(found, day=local_day())
    form = ShareForm(materials, ways_for(found), request.POST)
    if not form.is_valid():
        return _page(request, found, share_form=form, status=422)
    chosen = next(each for each in materials if str(each.pk) == form.cleaned_data["material"])
    try:
        given = share_material(found, chosen, form.cleaned_data["channel"], by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("follow_up", pk)
    if given.href:
        return render(request, "field/material.html", {"follow_up": found, "given": given})
    messages.success(request, _("It leaves by mail, with a link that is theirs alone."))
    return redirect("follow_up", pk)


@require_POST
@requires(_INVITES)
def add(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Owe a doctor of an activity one more."""
    activity = activity_or_404(request, pk, _INVITES)
    reached = Clinician.objects.within(request.access, _INVITES)
    clinician = get_object_or_404(reached, pk=_id(request.POST.get("clinician", "")))
    kind = request.POST.get("kind", "")
    before = get_object_or_404(
        FollowUp.objects.visible_to(request.access).of(activity),
        pk=_id(request.POST.get("beside", "")),
    )
    back = reverse("follow_up", args=[before.pk])

    def act() -> None:
        add_follow_up(activity, clinician, kind, owner_id=request.user.pk, by=request.actor)

    return do(request, act, back, _("It stands among your follow-ups."))


def follow_up_or_404(request: UserRequest, pk: uuid.UUID) -> FollowUp:
    """One of those that this person reaches."""
    rows = FollowUp.objects.visible_to(request.access).for_list()
    return get_object_or_404(rows, pk=pk)


def _sent(
    request: UserRequest,
    found: FollowUp,
    name: str,
    form: forms.Form,
    act: Callable[[], None],
    done: str,
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, found, status=422, **{name: form})
    return do(request, act, reverse("follow_up", args=[found.pk]), done)


def _page(
    request: UserRequest, found: FollowUp, *, status: int = 200, **given: forms.Form
) -> HttpResponse:
    materials, ways = materials_for(found, day=local_day()), ways_for(found)
    context: dict[str, Any] = {
        "follow_up": found,
        "activity": found.activity,
        "clinician": found.clinician,
        "is_late": found.is_open and found.due_on < local_day(),
        "kinds": kinds_for(found),
        "kind_names": dict(FollowUpKind.choices),
        "materials": materials,
        "shares": shares_of(found),
        "handed": handed_on(found),
        "ways": ways,
        "may_give": materials and any(each.objection is None for each in ways),
        "share_form": ShareForm(materials, ways),
        **{name: form() for name, form in FORMS.items()},
    }
    return render(request, PAGE, context | given, status=status)


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
