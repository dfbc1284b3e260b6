"""A test on a phone: what it asks for, one page of questions that saves itself, the result."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.assessment.actions.attempts import (
    Saving,
    begin_attempt,
    hand_in_attempt,
    save_answer,
)
from symposia.assessment.models import Feedback, KnowledgeTest, Purpose
from symposia.assessment.policies.tests import objection_to_beginning
from symposia.assessment.queries.attempts import (
    AttemptAsked,
    ItemAsked,
    attempt_asked,
    attempt_open,
    by_objective,
    last_finished,
)
from symposia.assessment.queries.tests import find_test, parts_of, test_standing
from symposia.assessment.scoring import score
from symposia.assessment.standing import Standing
from symposia.credits.letters import LEARNING
from symposia.registrations.letters import TICKET
from symposia.registrations.models import Registration
from symposia.shared.links import read_link
from symposia.shared.refusals import Refused
from symposia.web.learner.claim import actor_of, registration_of
from symposia.web.links import personal_link
from symposia.web.question_cards import AnswerForm, Asked, reasons_of, right_of, said_of

INTRO, PAPER = "learner/tests/intro.html", "learner/tests/paper.html"


class SavingForm(forms.Form):
    """What comes with an answer: which question, under which id, as the how manieth."""

    position = forms.IntegerField(min_value=1, max_value=1000)
    event_uuid = forms.UUIDField(required=False)
    sequence = forms.IntegerField(min_value=1, max_value=2_000_000_000, required=False)


@require_GET
@personal_link(LEARNING, TICKET)
def intro(request: Any, pk: uuid.UUID, token: str, purpose: str) -> HttpResponse:
    """What the test asks for, where the learner stands, and how the last attempt went."""
    registration = registration_of(pk)
    test = _test(registration, purpose, token)
    standing = test_standing(registration.activity, registration, purpose)
    if standing is None:
        raise Http404
    last = last_finished(test, registration)
    context = {
        **_frame(registration, test, token),
        "standing": standing,
        "count": sum(part.count for part in parts_of(test)),
        "objection": objection_to_beginning(registration, standing, at=now()),
        **(_result(attempt_asked(last), standing) if last else {}),
    }
    return render(request, INTRO, context)


@require_POST
@personal_link(LEARNING, TICKET)
def begin(request: Any, pk: uuid.UUID, token: str, purpose: str) -> HttpResponse:
    """Begin an attempt, or go on with the one that is begun."""
    registration = registration_of(pk)
    test = _test(registration, purpose, token)
    if attempt_open(test, registration) is None:
        try:
            begin_attempt(registration, purpose, by=actor_of(registration))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("finish_test", token, purpose)
    return redirect("finish_attempt", token, purpose)


@require_GET
@personal_link(LEARNING, TICKET)
def paper(request: Any, pk: uuid.UUID, token: str, purpose: str) -> HttpResponse:
    """The questions of the attempt that is begun, with what was answered so far."""
    registration = registration_of(pk)
    attempt = attempt_open(_test(registration, purpose, token), registration)
    if attempt is None:
        return redirect("finish_test", token, purpose)
    return _paper(request, registration, attempt_asked(attempt), token)


@require_POST
@personal_link(LEARNING, TICKET)
def answer(request: Any, pk: uuid.UUID, token: str, purpose: str) -> HttpResponse:
    """Keep one answer; a script is told so, everybody else gets the page again."""
    registration = registration_of(pk)
    attempt = attempt_open(_test(registration, purpose, token), registration)
    form = SavingForm(request.POST)
    by_script = request.headers.get("Accept") == "application/json"
    if attempt is None or not form.is_valid():
        said = _("This attempt was handed in.")
        return JsonResponse({"detail": said}, status=409) if by_script else _on(token, purpose)
    given = _given(attempt_asked(attempt), request.POST, form.cleaned_data["position"])
    try:
        if given is not None:
            saving = Saving(
                form.cleaned_data["position"],
                given,
                form.cleaned_data["event_uuid"] or uuid.uuid4(),
                form.cleaned_data["sequence"],
            )
            save_answer(attempt, saving, by=actor_of(registration))
    except Refused as refused:
        if by_script:
            return JsonResponse({"detail": str(refused)}, status=409)
        messages.error(request, str(refused))
    if by_script:
        return JsonResponse({"saved": given is not None})
    return redirect(f"{_on(token, purpose).url}#q{form.cleaned_data['position']}")


@require_POST
@personal_link(LEARNING, TICKET)
def hand_in(request: Any, pk: uuid.UUID, token: str, purpose: str) -> HttpResponse:
    """Hand in every answer of the page."""
    registration = registration_of(pk)
    attempt = attempt_open(_test(registration, purpose, token), registration)
    if attempt is None:
        return redirect("finish_test", token, purpose)
    asked = attempt_asked(attempt)
    sent = {each.item.position: _sent(each, request.POST) for each in asked.items}
    given = {position: said for position, said in sent.items() if said is not None}
    try:
        hand_in_attempt(attempt, given, anyway="anyway" in request.POST, by=actor_of(registration))
    except Refused as refused:
        forms_ = [_form(each, request.POST) for each in asked.items]
        return _paper(request, registration, asked, token, refused=refused, forms_=forms_)
    return redirect("finish_test", token, purpose)


def _on(token: str, purpose: str) -> Any:
    return redirect("finish_attempt", token, purpose)


def _test(registration: Registration, purpose: str, token: str) -> KnowledgeTest:
    test = find_test(registration.activity, purpose)
    if test is None or test.state == "draft" or (purpose != Purpose.PRE and _is_ticket(token)):
        raise Http404
    return test


def _is_ticket(token: str) -> bool:
    """Whether a ticket opened the page: it leads to the pre-test, and to nothing one finishes."""
    return read_link(TICKET, token) is not None


def _frame(registration: Registration, test: KnowledgeTest, token: str) -> dict[str, Any]:
    is_ticket = _is_ticket(token)
    return {
        "token": token,
        "is_ticket": is_ticket,
        "back": reverse("ticket" if is_ticket else "finish", args=[token]),
        "purpose": test.purpose,
        "activity": registration.activity,
        "test": test,
    }


def _paper(
    request: Any,
    registration: Registration,
    asked: AttemptAsked,
    token: str,
    *,
    refused: Refused | None = None,
    forms_: list[AnswerForm] | None = None,
) -> HttpResponse:
    test = asked.attempt.test
    forms_ = forms_ or [_form(each) for each in asked.items]
    at_once = test.feedback == Feedback.AT_ONCE
    context = {
        **_frame(registration, test, token),
        "attempt": asked.attempt,
        "asked": asked,
        "count": len(asked.items),
        "answered": len(asked.items) - asked.unanswered,
        "at_once": at_once,
        "objection": refused.objection if refused else None,
        "cards": [
            {"form": form, **_told(each, shows=at_once and not each.given.is_empty)}
            for form, each in zip(forms_, asked.items, strict=True)
        ],
    }
    return render(request, PAPER, context, status=422 if refused else 200)


def _form(each: ItemAsked, data: Any = None) -> AnswerForm:
    return AnswerForm(_asked(each), data, each.given)


def _asked(each: ItemAsked) -> Asked:
    return Asked(each.item.position, each.worded, tuple(each.item.shown))


def _sent(each: ItemAsked, data: Any) -> Any:
    """What the page sent to a question; nothing where it does not hold that question."""
    form = _form(each, data)
    there = any(name in data for name in form.fields)
    return form.chosen() if there and form.is_valid() else None


def _given(asked: AttemptAsked, data: Any, position: int) -> Any:
    """The answer to one question; an empty one takes back what was answered."""
    each = next((i for i in asked.items if i.item.position == position), None)
    if each is None:
        return None
    form = _form(each, data)
    return form.chosen() if form.is_valid() else None


def _told(each: ItemAsked, *, shows: bool) -> dict[str, Any]:
    """What a learner reads of a question once its answer stands."""
    if not shows:
        return {"shows": False}
    return {
        "shows": True,
        "is_right": _earned(each) == 1,
        "said": said_of(_asked(each), each.given),
        "right": right_of(each.worded),
        "reasons": reasons_of(each.worded),
    }


def _earned(each: ItemAsked) -> Decimal:
    """What the answer earned; while the attempt runs it is worked out from its key."""
    return score(each.worded.key, each.given) if each.points is None else each.points


def _result(asked: AttemptAsked, standing: Standing) -> dict[str, Any]:
    """How an attempt went: what was learned of it, and no more than may be told now."""
    shows = standing.shows_answers
    return {
        "result": asked.result,
        "objectives": [each for each in by_objective(asked) if each.objective],
        "items": [
            {"text": each.worded.version.text, **_told(each, shows=True)} for each in asked.items
        ]
        if shows
        else [],
    }
