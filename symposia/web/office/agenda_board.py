"""The agenda as a grid of time and rooms: sessions are moved by keys, by a form, or by hand."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.sessions import NewTime, choose_equipment, move_session
from symposia.activities.board import board_of, days_of
from symposia.activities.models import Activity, Equipment, Room, Session
from symposia.activities.policies import objection_to_changing
from symposia.activities.queries import agenda_of
from symposia.activities.wall import may
from symposia.notifications.agendas import AgendaItem, agenda_calendar
from symposia.shared.refusals import Objection
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, offers_shown
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.parts import Tab
from symposia.web.requests import UserRequest


class MoveForm(forms.Form):
    """Where a session goes."""

    day = forms.DateField(
        label=gettext_lazy("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts = forms.TimeField(
        label=gettext_lazy("Start"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=1440)
    place = forms.ChoiceField(
        label=gettext_lazy("Room"),
        help_text=gettext_lazy("A room of the directory is kept for the session."),
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rooms: list[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rooms = {str(each.pk): each for each in rooms}
        known = [(pk, f"{each.name} ({each.venue})") for pk, each in self._rooms.items()]
        self.fields["place"].choices = [("", _("none, or as written")), *known]  # type: ignore[attr-defined]

    def to(self) -> NewTime:
        asked = self.cleaned_data
        at = datetime.combine(asked["day"], asked["starts"].replace(tzinfo=None))
        return NewTime(at, asked["minutes"], self._rooms.get(asked["place"]))


class ThingsForm(forms.Form):
    """The things a session needs."""

    things = forms.MultipleChoiceField(
        label=gettext_lazy("Equipment"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, things: list[Equipment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["things"].choices = [(str(t.pk), t.name) for t in things]  # type: ignore[attr-defined]


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One day of the agenda, room by room."""
    activity = activity_or_404(request, pk)
    agenda = agenda_of(activity)
    days = days_of(agenda.slots) or [activity.wall_starts.date()]
    asked = parse_date(request.GET.get("day", ""))
    day = asked if asked in days else days[0]
    board = board_of(agenda.slots, day, activity.wall_starts, activity.wall_ends)
    objection = objection_to_changing(activity)
    context = {
        "activity": activity,
        "agenda": agenda,
        "board": board,
        "days": _days(activity, days, day),
        "offers": offers_shown(activity),
        "may_move": may(request.access, activity.mode, Permission.PLAN_ACTIVITIES)
        and objection is None,
        "objection": objection,
    }
    return render(request, "office/activities/board.html", context)


def _days(activity: Activity, days: list[date], current: date) -> list[Tab]:
    here = reverse("activity_agenda_board", args=[activity.pk])
    return [Tab(f"{d:%d.%m.}", f"{here}?day={d.isoformat()}", current=d == current) for d in days]


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def move(request: UserRequest, pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """Move to another day, time or room."""
    activity, session = _session(request, pk, session_pk)
    first = {
        "day": session.wall_starts.date(),
        "starts": session.wall_starts.time(),
        "minutes": session.minutes,
        "place": str(session.place_id or ""),
        "seen_version": session.version,
    }
    form = MoveForm(given(request), initial=first, rooms=list(Room.objects.bookable()))

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        moved = move_session(session, form.to(), seen_version=seen, by=request.actor)
        return _board(activity, moved.wall_starts.date())

    back = _board(activity, session.wall_starts.date())
    question = Question(
        _("Move to…"), session.title, back, _("Move"), "", objection_to_changing(activity)
    )
    return ask(request, form, question, act, first)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def shift(request: UserRequest, pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """Some minutes earlier or later, or to where it was dropped."""
    activity, session = _session(request, pk, session_pk)
    to = _where(request, session)
    seen = _number(request.POST.get("seen_version", ""))
    back = _board(activity, session.wall_starts.date())
    return do(request, lambda: move_session(session, to, seen_version=seen, by=request.actor), back)


def _where(request: UserRequest, session: Session) -> NewTime:
    """The time and room that were asked for; what was not said stays."""
    at = session.wall_starts + timedelta(minutes=_number(request.POST.get("shift", "")))
    if clock := request.POST.get("starts", ""):
        hour, _colon, minute = clock.partition(":")
        at = at.replace(hour=_number(hour) % 24, minute=_number(minute) % 60)
    asked = request.POST.get("place", str(session.place_id or ""))
    room = next((r for r in Room.objects.bookable() if str(r.pk) == asked), None)
    return NewTime(at, session.minutes, room)


def _number(text: str) -> int:
    digits = text.lstrip("-")
    return int(text) if digits.isdecimal() and len(digits) < 6 else 0


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def things(request: UserRequest, pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """The things a session needs; each is in one place at a time."""
    activity, session = _session(request, pk, session_pk)
    known = list(Equipment.objects.in_use())
    first = {"things": [str(each.equipment_id) for each in session.equipment_links.all()]}
    form = ThingsForm(given(request), initial=first, things=known)

    def act(data: dict[str, Any]) -> str:
        wanted = [each for each in known if str(each.pk) in data["things"]]
        choose_equipment(session, wanted, by=request.actor)
        return reverse("activity_session", args=[pk, session_pk])

    back = reverse("activity_session", args=[pk, session_pk])
    objection: Objection | None = objection_to_changing(activity)
    question = Question(_("Equipment"), session.title, back, _("Save"), "", objection)
    return ask(request, form, question, act)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def calendar(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The agenda for a calendar: an event for each session."""
    activity = activity_or_404(request, pk)
    items = [
        AgendaItem(
            f"{slot.session.pk}@symposia",
            slot.session.version,
            slot.session.title,
            slot.session.starts_at,
            slot.session.ends_at,
            ", ".join(filter(None, [slot.session.room, activity.venue_name, activity.city])),
            ", ".join(person.name for person in slot.faculty),
        )
        for slot in agenda_of(activity).slots
    ]
    content = agenda_calendar(activity.title, activity.zone, items, at=now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = slugify(activity.number)
    response["Content-Disposition"] = f'attachment; filename="{name}-agenda.ics"'
    return response


def _board(activity: Activity, day: date) -> str:
    here = reverse("activity_agenda_board", args=[activity.pk])
    return f"{here}?day={day.isoformat()}"


def _session(
    request: UserRequest, pk: uuid.UUID, session_pk: uuid.UUID
) -> tuple[Activity, Session]:
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    return activity, get_object_or_404(Session.objects.of(activity), pk=session_pk)
