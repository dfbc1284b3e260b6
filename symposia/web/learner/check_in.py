"""Checking in by the code on the room's screen, and claiming the code of a session."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.queries import organisation_by_code
from symposia.activities.models import Activity
from symposia.attendance.actions.self_check_in import (
    check_in_by_letters,
    check_in_oneself,
    claim_session,
)
from symposia.attendance.codes import (
    LENGTH,
    RoomReading,
    make_reading,
    read_reading,
    read_room_text,
)
from symposia.attendance.models import RoomCode
from symposia.attendance.rooms import (
    own_place,
    place_of_ticket,
    room_by_id,
    room_now,
    session_code_of,
)
from symposia.attendance.self_check_in import (
    CLAIM_UNKNOWN,
    NO_PLACE_HERE,
    READING_OLD,
    ROOM_CODE_UNKNOWN,
    TOO_OFTEN,
)
from symposia.registrations.letters import TICKET
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, Refused, needed
from symposia.shared.tenancy import acting_in
from symposia.web.door.verdicts import Said, said
from symposia.web.gates import open_to_all, own_transaction
from symposia.web.links import personal_link
from symposia.web.middleware.tenancy import run_once

FOLDER = "learner/check_in"
SCANNED = "the code on a room's screen is signed and changes; a place is needed to be checked in"
_CODE = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})


class TicketForm(forms.Form):
    """Whose place it is, for whoever is not signed in."""

    ticket = forms.CharField(
        label=_("Code on your ticket"),
        max_length=400,
        widget=_CODE,
        help_text=_("Eight letters and digits, below the picture on your ticket."),
    )


class ClaimForm(TicketForm):
    """The code of the session, and whose place it is."""

    code = forms.CharField(label=_("Code of the session"), max_length=40, widget=_CODE)
    field_order = ("code", "ticket")


class TypedForm(forms.Form):
    """What somebody with a ticket reads off a screen."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=_CODE,
        help_text=_(
            "Six letters from the screen of the room check you in; eight from the last slide "
            "count the session."
        ),
    )


@never_cache
@require_GET
@open_to_all(SCANNED)
@own_transaction
def arrive(request: Any, text: str) -> HttpResponse:
    """Somebody has scanned the screen: who is it? Nothing is kept before they press."""
    scanned = read_room_text(text)
    organisation = organisation_by_code(scanned.organisation_code) if scanned else None
    if scanned is None or organisation is None:
        return _refused(request, ROOM_CODE_UNKNOWN)
    request.organisation = organisation
    with acting_in(organisation.pk):
        try:
            room = room_now(scanned, at=now())
        except Refused as refused:
            return _refused(request, refused.objection)
        return _who(request, room, make_reading(scanned), TicketForm())


@never_cache
@require_POST
@open_to_all(SCANNED)
@own_transaction
def check_in(request: Any) -> HttpResponse:
    """Check in whoever scanned the screen minutes ago."""
    reading = read_reading(request.POST.get("reading", "")[:400])
    organisation = organisation_by_code(reading.organisation_code) if reading else None
    if reading is None or organisation is None:
        return _refused(request, READING_OLD)
    if not ratelimit.consume(request, action="self_check_in"):
        return _refused(request, TOO_OFTEN, status=429)
    request.organisation = organisation
    request.actor = Actor("link", None, "self check-in")
    with acting_in(organisation.pk):
        return run_once(request, lambda: _checked_in(request, reading))  # type: ignore[return-value]


def _checked_in(request: Any, reading: RoomReading) -> HttpResponse:
    room = room_by_id(reading.room_id)
    if room is None:
        return _refused(request, ROOM_CODE_UNKNOWN)
    form = TicketForm(None if "own" in request.POST else request.POST)

    def act() -> Said:
        place = _place(request, room.activity, form)
        verdict = check_in_oneself(room.pk, place, event_uuid=reading.id, by=_actor(request, place))
        return said(verdict, room.activity.zone)

    return _answered(
        request, form, act, lambda: _who(request, room, request.POST["reading"], form, status=422)
    )


@never_cache
@require_http_methods(["GET", "POST"])
@open_to_all("whoever was in a session claims its code with their ticket; each try is throttled")
@own_transaction
def claim(request: Any, code: str) -> HttpResponse:
    """Claim the code of a session, at home or on a shared tablet in the foyer."""
    organisation = organisation_by_code(code)
    if organisation is None:
        raise Http404
    if not ratelimit.consume(request, action="self_check_in"):
        return _refused(request, TOO_OFTEN, status=429)
    request.organisation = organisation
    request.actor = Actor("link", None, "session code")
    with acting_in(organisation.pk):
        if request.method == "GET":
            return _ask(request, ClaimForm(initial={"code": request.GET.get("code", "")[:40]}))
        return run_once(request, lambda: _claimed(request))  # type: ignore[return-value]


def _claimed(request: Any) -> HttpResponse:
    form = ClaimForm(request.POST)

    def act() -> Said:
        code = needed(session_code_of(form.cleaned_data["code"]), CLAIM_UNKNOWN)
        place = _place(request, code.activity, form)
        claim_session(code, place, by=_actor(request, place))
        return _counted(code.session.title, place)

    return _answered(request, form, act, lambda: _ask(request, form, status=422))


@never_cache
@require_http_methods(["GET", "POST"])
@personal_link(TICKET)
def by_ticket(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """With the ticket at hand: type what stands on the screen or on the last slide."""
    place = get_object_or_404(Registration.objects.with_people(), pk=pk)
    form = TypedForm(request.POST if request.method == "POST" else None)

    def act() -> Said:
        by, typed = _actor(request, place), form.cleaned_data["code"]
        if len("".join(typed.split())) == LENGTH:
            return said(check_in_by_letters(place, typed, by=by), place.activity.zone)
        code = session_code_of(typed)
        claim_session(code, place, by=by)
        return _counted(code.session.title if code else "", place)

    context = {"token": token, "activity": place.activity, "form": form}
    page = f"{FOLDER}/typed.html"
    if request.method == "GET":
        return render(request, page, context)
    again = partial(render, request, page, context, status=422)
    return _answered(request, form, act, again, token=token)


def _answered(
    request: Any,
    form: forms.Form,
    act: Callable[[], Said],
    again: Callable[[], HttpResponse],
    **more: Any,
) -> HttpResponse:
    """Done and said; or asked again, with what was wrong and nothing lost."""
    if form.is_bound and not form.is_valid():
        return again()
    try:
        answer = act()
    except Refused as refused:
        if not form.is_bound:
            return _refused(request, refused.objection)
        form.add_error(None, str(refused))
        return again()
    return render(request, f"{FOLDER}/said.html", {"said": answer, **more})


def _place(request: Any, activity: Activity, form: forms.Form) -> Registration:
    """The place of whoever is signed in, or of the ticket whose code was typed."""
    if not form.is_bound:
        mine = own_place(request.user.pk, activity) if request.user.is_authenticated else None
        return needed(mine, NO_PLACE_HERE)
    return needed(place_of_ticket(form.cleaned_data["ticket"], activity.pk), NO_PLACE_HERE)


def _actor(request: Any, place: Registration) -> Actor:
    """Whoever holds the ticket, by their name. Raises Refused when they try too often."""
    if not ratelimit.consume(request, action="own_code", key=str(place.pk)):
        raise Refused(TOO_OFTEN)
    return Actor("link", place.pk, place.clinician.called)


def _counted(title: str, place: Registration) -> Said:
    return Said("in", "in", str(_("Counted")), place.clinician.called, (title,), "")


def _who(request: Any, room: RoomCode, reading: str, form: TicketForm, **more: Any) -> HttpResponse:
    mine = own_place(request.user.pk, room.activity) if request.user.is_authenticated else None
    context = {"room": room, "reading": reading, "form": form, "mine": mine}
    return render(request, f"{FOLDER}/who.html", {**context, "activity": room.activity}, **more)


def _ask(request: Any, form: ClaimForm, **more: Any) -> HttpResponse:
    context = {"form": form, "organisation": request.organisation}
    return render(request, f"{FOLDER}/claim.html", context, **more)


def _refused(request: Any, objection: Objection, status: int = 409) -> HttpResponse:
    return render(request, f"{FOLDER}/refused.html", {"objection": objection}, status=status)
