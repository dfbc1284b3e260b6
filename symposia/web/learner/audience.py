"""Asking, voting and answering in a session from the phone, by a personal link of its own."""

import uuid
from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.queries import organisation_by_code
from symposia.activities.models import Session
from symposia.attendance.actions.checks import answer_check
from symposia.attendance.asking import CHECK_NOT_OPEN, check_of
from symposia.attendance.rooms import own_place, place_of_ticket
from symposia.attendance.self_check_in import NO_PLACE_HERE, TOO_OFTEN
from symposia.learning.actions.audience_polls import answer_poll
from symposia.learning.actions.audience_questions import (
    ask_session,
    take_vote_back,
    vote_for_question,
)
from symposia.learning.audience import (
    hours_of,
    question_in,
    room_of,
    session_by_id,
    session_of_audience,
)
from symposia.learning.audience_polls import poll_in
from symposia.learning.audience_rules import (
    NOT_SHOWN,
    POLL_NOT_OPEN,
    objection_to_audience,
)
from symposia.learning.audience_versions import version_of_audience
from symposia.learning.audience_words import opening_said
from symposia.learning.letters import AUDIENCE, audience_path
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused, needed
from symposia.shared.tenancy import acting_in
from symposia.web.audience_forms import AskForm
from symposia.web.gates import open_to_all, own_transaction
from symposia.web.learner.check_in import TicketForm
from symposia.web.learner.live import number_chosen
from symposia.web.links import personal_link
from symposia.web.live_parts import parts_if_new
from symposia.web.middleware.tenancy import run_once

FOLDER = "learner/audience"
PAGE, PARTS = f"{FOLDER}/session.html", f"{FOLDER}/parts.html"
SCANNED = "the screen of a session says where it is asked; a place is needed to ask and vote"


@never_cache
@require_GET
@personal_link(AUDIENCE)
def sessions(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The sessions of the activity, those that take questions now first."""
    place = _place(pk)
    hours = sorted(hours_of(place.activity), key=lambda each: not each.takes_questions)
    context = {"token": token, "activity": place.activity, "hours": hours}
    return render(request, f"{FOLDER}/sessions.html", context)


@never_cache
@require_GET
@personal_link(AUDIENCE)
def session(request: Any, pk: uuid.UUID, token: str, session_pk: uuid.UUID) -> HttpResponse:
    """What is asked in a session: polls, questions of the room, one's own."""
    place = _place(pk)
    return _page(request, place, _session(place, session_pk), token, AskForm())


@require_GET
@personal_link(AUDIENCE)
def changes(request: Any, pk: uuid.UUID, token: str, session_pk: uuid.UUID) -> HttpResponse:
    """The parts of the page that changed since it heard of them, else nothing."""
    place = get_object_or_404(Registration.objects.select_related("clinician"), pk=pk)
    found = _session(place, session_pk)
    version = version_of_audience(found, with_answers=False)
    return parts_if_new(request, version, PARTS, lambda: _context(place, found, token))


def _page(
    request: Any,
    place: Registration,
    found: Session,
    token: str,
    form: AskForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_context(place, found, token),
        "form": form,
        "version": version_of_audience(found, with_answers=False),
        "objection": objection_to_audience(
            found, said=opening_said(found, found.activity), at=now()
        ),
    }
    return render(request, PAGE, context, status=status)


def _context(place: Registration, found: Session, token: str) -> dict[str, Any]:
    room = room_of(found, place)
    return {"token": token, "room": room, "session": found, "activity": found.activity}


@require_POST
@personal_link(AUDIENCE)
def ask(request: Any, pk: uuid.UUID, token: str, session_pk: uuid.UUID) -> HttpResponse:
    """Put a question; what was written stays there where it is not taken."""
    place = _place(pk)
    found, form = _session(place, session_pk), AskForm(request.POST)
    if form.is_valid():
        text, is_named = form.cleaned_data["text"], form.is_named
        try:
            by = _actor(request, place)
            ask_session(found, text, registration=place, is_named=is_named, by=by)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Asked. The moderator looks at it and shows it to the room.")
            )
            return redirect("audience_session", token, found.pk)
    return _page(request, place, found, token, form, status=422)


@require_POST
@personal_link(AUDIENCE)
def vote(request: Any, pk: uuid.UUID, token: str, session_pk: uuid.UUID) -> HttpResponse:
    """Stand behind a question, or no more."""
    place = _place(pk)
    found = _session(place, session_pk)

    def act(by: Actor) -> str:
        question = needed(question_in(found, _uuid(request, "question")), NOT_SHOWN)
        if request.POST.get("back"):
            take_vote_back(question, place, by=by)
        else:
            vote_for_question(question, place, by=by)
        return f"#q-{question.pk}"

    return _done(request, place, found, token, act)


@require_POST
@personal_link(AUDIENCE)
def answer(request: Any, pk: uuid.UUID, token: str, session_pk: uuid.UUID) -> HttpResponse:
    """Answer the poll that is open, or answer it otherwise."""
    place = _place(pk)
    found = _session(place, session_pk)

    def act(by: Actor) -> str:
        poll = needed(poll_in(found, _uuid(request, "poll")), POLL_NOT_OPEN)
        given = map(number_chosen, request.POST.getlist("choice")[:20])
        answer_poll(poll, place, [each for each in given if each is not None], by=by)
        messages.success(
            request, _("Your answer is kept. You can change it while the poll is open.")
        )
        return "#asked"

    return _done(request, place, found, token, act)


@require_POST
@personal_link(AUDIENCE)
def present(request: Any, pk: uuid.UUID, token: str, session_pk: uuid.UUID) -> HttpResponse:
    """Answer a presence check of somebody who takes part online: here as on its own page."""
    place = _place(pk)
    found = _session(place, session_pk)

    def act(by: Actor) -> str:
        asked = needed(check_of(place.activity, _uuid(request, "asked")), CHECK_NOT_OPEN)
        answer_check(asked, place, number_chosen(request.POST.get("choice", "")), by=by)
        messages.success(request, _("Thank you, your answer counts."))
        return "#asked"

    return _done(request, place, found, token, act)


def _done(
    request: Any, place: Registration, found: Session, token: str, act: Callable[[Actor], str]
) -> HttpResponse:
    """Act, or say why not; either way back to where it was pressed."""
    back, where = reverse("audience_session", args=[token, found.pk]), ""
    try:
        where = act(_actor(request, place))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(back + where)


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all(SCANNED)
@own_transaction
def arrive(request: Any, code: str, session_pk: uuid.UUID) -> HttpResponse:
    """Somebody has scanned the screen of the room: who is it?"""
    organisation = organisation_by_code(code)
    if organisation is None:
        raise Http404
    if not ratelimit.consume(request, action="self_check_in"):
        messages.error(request, str(TOO_OFTEN))
        return render(request, f"{FOLDER}/arrival.html", {"session": None}, status=429)
    request.organisation = organisation
    request.actor = Actor("link", None, "screen of a session")
    with acting_in(organisation.pk):
        if request.method == "GET":
            return _who(request, _named(session_pk), TicketForm())
        return run_once(request, lambda: _let_in(request, _named(session_pk)))  # type: ignore[return-value]


def _let_in(request: Any, found: Session) -> HttpResponse:
    """Exchange the code of a ticket for a link that asks and votes, and does nothing else."""
    form = TicketForm(None if "own" in request.POST else request.POST)
    place = None
    if not form.is_bound and request.user.is_authenticated:
        place = own_place(request.user.pk, found.activity)
    elif form.is_valid():
        place = place_of_ticket(form.cleaned_data["ticket"], found.activity_id)
    if place:
        return redirect(audience_path(request.organisation.code, place.pk, found.pk))
    if form.is_bound and not form.errors:
        form.add_error("ticket", str(NO_PLACE_HERE))
    return _who(request, found, form, status=422)


def _who(request: Any, found: Session, form: TicketForm, *, status: int = 200) -> HttpResponse:
    mine = own_place(request.user.pk, found.activity) if request.user.is_authenticated else None
    context = {
        "form": form,
        "mine": mine,
        "session": found,
        "activity": found.activity,
        "code": request.organisation.code,
    }
    return render(request, f"{FOLDER}/arrival.html", context, status=status)


def _named(session_pk: uuid.UUID) -> Session:
    found = session_by_id(session_pk)
    if found is None or found.is_break:
        raise Http404
    return found


def _place(pk: uuid.UUID) -> Registration:
    return get_object_or_404(Registration.objects.with_people(), pk=pk)


def _session(place: Registration, session_pk: uuid.UUID) -> Session:
    """A session of the activity at which somebody has a place."""
    found = session_of_audience(place.activity_id, session_pk)
    if found is None or found.is_break:
        raise Http404
    return found


def _actor(request: Any, place: Registration) -> Actor:
    """Whoever holds the place, by their name. Raises Refused when they press too often."""
    if not ratelimit.consume(request, action="audience", key=str(place.pk)):
        raise Refused(TOO_OFTEN)
    return Actor("link", place.pk, place.clinician.called)


def _uuid(request: Any, name: str) -> uuid.UUID:
    """The id that a form names; one of nothing where it names none."""
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return uuid.UUID(int=0)
