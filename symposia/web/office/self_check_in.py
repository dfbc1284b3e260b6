"""Screens that show a changing code, and codes for the last slide of each session."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.attendance.actions.self_check_in import (
    Screen,
    end_room_code,
    end_session_code,
    make_session_codes,
    open_room_code,
)
from symposia.attendance.codes import letters_of, room_text, seconds_left, step_at
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.models import QUICKEST, SLOWEST, RoomCode, SessionCode
from symposia.attendance.queries import door_counts
from symposia.attendance.room_lists import ROOM_CODES, SESSION_CODES, state_of_code, state_of_room
from symposia.attendance.rules import claim_days_of
from symposia.attendance.self_check_in import claimable_until, objection_to_room
from symposia.shared.refusals import Refused
from symposia.shared.times import NoSuchLocalTime, at_venue, wall_time
from symposia.web.gates import requires
from symposia.web.lists import list_context
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do
from symposia.web.office.meeting_forms import DAY
from symposia.web.parts import Fact
from symposia.web.qr import qr_svg
from symposia.web.requests import UserRequest

FOLDER = "office/self_check_in"
# Before a session begins, and after, as a form suggests it.
_EARLY, _LATE = timedelta(minutes=30), timedelta(minutes=15)
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
_VIEW, _STAND = Permission.VIEW_ATTENDANCE, Permission.CHECK_IN
_MANAGE = Permission.MANAGE_REGISTRATIONS


class ScreenForm(forms.Form):
    """Where a screen stands, for what, when it shows codes, and how fast they change."""

    place = forms.CharField(
        label=gettext_lazy("Screen"),
        max_length=40,
        help_text=gettext_lazy("Where it stands, for example Hall A."),
    )
    session = forms.ChoiceField(label=gettext_lazy("Counts for"), required=False)
    day = forms.DateField(label=gettext_lazy("Date"), widget=DAY)
    opens = forms.TimeField(
        label=gettext_lazy("Opens"),
        widget=_CLOCK,
        help_text=gettext_lazy("On the clock of the venue."),
    )
    closes = forms.TimeField(label=gettext_lazy("Closes"), widget=_CLOCK)
    seconds = forms.IntegerField(
        label=gettext_lazy("Changes every (s)"),
        min_value=QUICKEST,
        max_value=SLOWEST,
        help_text=gettext_lazy("Slower is easier to scan, faster is harder to pass on."),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        sessions = list(Session.objects.of(activity))
        begins = sessions[0].starts_at if sessions else activity.starts_at
        opens, closes = (wall_time(begins + by, activity.zone) for by in (-_EARLY, _LATE))
        first = {"day": opens.date(), "opens": opens.time(), "closes": closes.time()}
        kwargs["initial"] = {**first, "seconds": 45}
        super().__init__(*args, **kwargs)
        named = [("", _("Whole activity")), *((str(each.pk), each.title) for each in sessions)]
        self.fields["session"].choices = named  # type: ignore[attr-defined]
        self._sessions = {str(each.pk): each for each in sessions}
        self._zone = activity.zone

    def clean(self) -> dict[str, Any]:
        """The window as instants; an hour that the clocks skip is no time to open."""
        given = self.cleaned_data
        day = given.get("day")
        for name in ("opens", "closes"):
            if day and given.get(name):
                wall = datetime.combine(day, given[name].replace(tzinfo=None))
                try:
                    given[name] = at_venue(wall, self._zone)
                except NoSuchLocalTime:
                    self.add_error(name, _("The clock skips this time on that day."))
        return given

    def screen(self) -> Screen:
        given = self.cleaned_data
        return Screen(
            place=given["place"],
            opens_at=given["opens"],
            closes_at=given["closes"],
            seconds=given["seconds"],
            session=self._sessions.get(given["session"]),
        )


class EndForm(forms.Form):
    """Why a code of a session is ended."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


def rooms_listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of screens: the activity, and the form for another one."""
    activity = activity_or_404(request, activity_pk, _VIEW)
    return _around(request, activity, ScreenForm(activity=activity))


def _around(request: UserRequest, activity: Activity, form: ScreenForm) -> dict[str, Any]:
    return {
        **frame_of(request, activity, ATTENDANCE.name),
        "form": form,
        "may_open": request.access.holds(_STAND),
        "may_manage": request.access.holds(_MANAGE),
    }


@require_POST
@requires(Permission.CHECK_IN)
def open_screen(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Let a screen show codes."""
    activity = activity_or_404(request, activity_pk, _STAND)
    form = ScreenForm(request.POST, activity=activity)
    if form.is_valid():
        try:
            room = open_room_code(activity, form.screen(), by=request.actor)
            return redirect("room_code", activity.pk, room.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = list_context(request, ROOM_CODES, activity_pk=activity.pk)
    context |= _around(request, activity, form)
    return render(request, f"{FOLDER}/rooms.html", context, status=422)


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def room(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """One screen: when it shows codes, and how it is ended."""
    activity = activity_or_404(request, activity_pk, _VIEW)
    found = _room(request, activity, pk, _VIEW)
    context = {
        **frame_of(request, activity, ATTENDANCE.name),
        "room": found,
        "facts": [
            Fact(_("State"), str(state_of_room(found))),
            Fact(_("Counts for"), str(found.session or _("Whole activity"))),
            Fact(_("Changes every (s)"), str(found.seconds)),
            Fact(_("Made by"), found.made_by_name),
        ],
        "may_show": request.access.holds(_STAND),
    }
    return render(request, f"{FOLDER}/room.html", context)


@never_cache
@require_GET
@requires(Permission.CHECK_IN)
def screen(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """What hangs on the wall: the code of now, its letters, and how many are in."""
    activity = activity_or_404(request, activity_pk, _STAND)
    found, at = _room(request, activity, pk, _STAND), now()
    step = step_at(found, at)
    text = room_text(found, step, request.organisation.code)
    context = {
        "activity": activity,
        "room": found,
        "objection": objection_to_room(found, at=at),
        "letters": letters_of(found, step),
        "picture": qr_svg(f"{settings.ORIGIN}{reverse('room_arrival', args=[text])}", _("Code")),
        "left": seconds_left(found, at) + 1,
        "counts": door_counts(activity),
    }
    part = f"{FOLDER}/screen_code.html" if request.headers.get("HX-Request") else ""
    return render(request, part or f"{FOLDER}/screen.html", context)


@require_POST
@requires(Permission.CHECK_IN)
def end_screen(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """Show no more codes there."""
    activity = activity_or_404(request, activity_pk, _STAND)
    found = _room(request, activity, pk, _STAND)
    back = reverse(ROOM_CODES.name, args=[activity.pk])
    done = _("Ended: the screen shows no more codes.")
    return do(request, lambda: end_room_code(found, by=request.actor), back, done)


def codes_listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of session codes: the activity, and for how long they count."""
    activity = activity_or_404(request, activity_pk, _MANAGE)
    return {
        **frame_of(request, activity, ATTENDANCE.name),
        "days": claim_days_of(activity),
        "claim_address": _claim_address(request),
    }


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def make_codes(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """A code for each session that has none."""
    activity = activity_or_404(request, activity_pk, _MANAGE)
    back = reverse(SESSION_CODES.name, args=[activity.pk])
    done = _("The codes are made. Put each on the last slide of its session.")
    return do(request, lambda: make_session_codes(activity, by=request.actor), back, done)


@require_GET
@requires(Permission.MANAGE_REGISTRATIONS)
def code(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """One code as it goes on a slide, and how it is ended."""
    activity = activity_or_404(request, activity_pk, _MANAGE)
    return _code_page(request, activity, _code(request, activity, pk), EndForm())


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def end_code(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """Take no more claims by a code that got about."""
    activity = activity_or_404(request, activity_pk, _MANAGE)
    found, form = _code(request, activity, pk), EndForm(request.POST)
    if not form.is_valid():
        return _code_page(request, activity, found, form, status=422)
    reason = form.cleaned_data["reason"]
    back = reverse(SESSION_CODES.name, args=[activity.pk])
    done = _("Ended: nobody claims with this code any more.")
    return do(request, lambda: end_session_code(found, reason=reason, by=request.actor), back, done)


def _code_page(
    request: UserRequest, activity: Activity, found: SessionCode, form: EndForm, **more: Any
) -> HttpResponse:
    address = f"{_claim_address(request)}?code={found.code}"
    context = {
        **frame_of(request, activity, ATTENDANCE.name),
        "found": found,
        "form": form,
        "state": state_of_code(found),
        "until": claimable_until(found, claim_days_of(activity)),
        "claim_address": _claim_address(request),
        "picture": qr_svg(address, _("Address where the code is claimed")),
    }
    return render(request, f"{FOLDER}/code.html", context, **more)


def _claim_address(request: UserRequest) -> str:
    return f"{settings.ORIGIN}{reverse('session_claim', args=[request.organisation.code])}"


def _room(
    request: UserRequest, activity: Activity, pk: uuid.UUID, permission: Permission
) -> RoomCode:
    rows = RoomCode.objects.visible_to(request.access, permission).of(activity)
    return get_object_or_404(rows.select_related("activity", "session"), pk=pk)


def _code(request: UserRequest, activity: Activity, pk: uuid.UUID) -> SessionCode:
    rows = SessionCode.objects.visible_to(request.access).of(activity)
    return get_object_or_404(rows.select_related("activity", "session"), pk=pk)
