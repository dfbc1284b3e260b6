"""The agenda of an activity and who teaches in it."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.sessions import (
    add_session,
    assign_faculty,
    change_session,
    remove_faculty,
    remove_session,
)
from symposia.activities.apart import too_near_in
from symposia.activities.models import Activity, Room, Session, SessionFaculty
from symposia.activities.policies import objection_to_amending, objection_to_changing
from symposia.activities.queries import Agenda, Slot, agenda_of, faculty_of
from symposia.activities.reading import loaded_once, one_reading
from symposia.activities.separation import objection_to_nearness
from symposia.activities.signed import asked_again_by
from symposia.activities.teachers import teacher_meant
from symposia.credits.queries import offers_of
from symposia.shared.money import round_half_up
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_forms import FacultyForm
from symposia.web.office.activity_tabs import (
    activity_or_404,
    frame_of,
    workspace,
)
from symposia.web.office.asking import warned_of
from symposia.web.office.meanwhile import what_changed
from symposia.web.office.session_forms import SessionForm, session_as_asked
from symposia.web.requests import UserRequest

SESSION = "office/activities/session.html"


@dataclass(frozen=True)
class Line:
    """A row of the agenda: the slot, its share of the credit, what stands in its way."""

    slot: Slot
    credit: Decimal | None
    clash: str
    nobody_teaches: bool
    # It is marketing too near to education, or education too near to marketing.
    is_too_near: bool


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Sessions in their order, minutes, creditable minutes and what they come to in credit."""
    with one_reading():
        context = workspace(request, pk, "activity_agenda")
        context |= _agenda(context["activity"])
    return render(request, "office/activities/agenda.html", context)


def _agenda(activity: Activity) -> dict[str, Any]:
    agenda = loaded_once(activity, agenda_of)
    offer = next(iter(offers_of(activity)), None) if activity.is_independent else None
    per_credit = Decimal(offer.system.minutes_per_credit) if offer else None
    near, asked = loaded_once(activity, too_near_in)
    named = {each.pk for pair in near for each in (pair.marketing, pair.education)}
    return {
        "agenda": agenda,
        "offer": offer,
        "lines": [_line(slot, agenda, per_credit, named) for slot in agenda.slots],
        "too_near": [objection_to_nearness(each, int(asked.value)) for each in near if asked],
        "asked_apart": asked,
        "unrounded": _share(agenda.creditable_minutes, per_credit),
        "objection": objection_to_changing(activity),
        "days": len({slot.session.wall_starts.date() for slot in agenda.slots}) > 1,
    }


def _line(slot: Slot, agenda: Agenda, per_credit: Decimal | None, too_near: set[uuid.UUID]) -> Line:
    session = slot.session
    found = [c.what for c in agenda.clashes if session in (c.first, c.second)]
    return Line(
        slot,
        _share(session.creditable_minutes, per_credit),
        found[0] if found else "",
        bool(session.creditable_minutes) and not slot.faculty,
        session.pk in too_near,
    )


def _share(minutes: int, per_credit: Decimal | None) -> Decimal | None:
    """What minutes come to before the total is rounded to the system's step."""
    return round_half_up(minutes / per_credit, 2) if per_credit and minutes else None


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A new session, offered right after the last one."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        initial=_following(activity),
        rooms=list(Room.objects.bookable()),
    )
    if form.is_bound and form.is_valid():
        try:
            add_session(activity, form.facts(), by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("activity_agenda", activity.pk)
    return _session_page(request, activity, form)


def _following(activity: Activity) -> dict[str, Any]:
    last = max(agenda_of(activity).sessions, key=lambda s: s.ends_at, default=None)
    starts = last.wall_starts + last.length if last else activity.wall_starts
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "minutes": 30,
        "creditable_minutes": 30,
        "room": last.room if last else "",
        "place": str(last.place_id or "") if last else "",
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def edit(request: UserRequest, pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """A session's facts; who saves over somebody else's change is shown it instead."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    session = get_object_or_404(Session.objects.of(activity), pk=session_pk)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        initial=session_as_asked(session),
        rooms=list(Room.objects.bookable()),
        cited=session.guideline,
    )
    changes = []
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["seen_version"] or 0
        try:
            change_session(session, form.facts(), seen_version=seen, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
            changes = what_changed(form, session_as_asked(session), refused)
        else:
            return redirect("activity_agenda", activity.pk)
    return _session_page(request, activity, form, session=session, changes=changes)


def _session_page(
    request: UserRequest, activity: Activity, form: SessionForm, **more: Any
) -> HttpResponse:
    context = frame_of(request, activity, "activity_agenda")
    context |= {"form": form, "objection": objection_to_changing(activity), **more}
    return render(request, SESSION, context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def remove(request: UserRequest, pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    session = get_object_or_404(Session.objects.of(activity), pk=session_pk)
    try:
        remove_session(session, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("“%s” is off the agenda.") % session.title)
    return redirect("activity_agenda", activity.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_ACTIVITIES)
def faculty(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everybody with a content role; whoever plans gives one here."""
    context = workspace(request, pk, "activity_faculty")
    activity = context["activity"]
    form = FacultyForm(
        request.POST if request.method == "POST" else None,
        sessions=list(Session.objects.of(activity)),
    )
    if request.method == "POST":
        activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
        if form.is_valid() and _assign(request, activity, form):
            return redirect("activity_faculty", activity.pk)
    context |= {
        "form": form,
        "people": faculty_of(activity),
        "objection": objection_to_amending(activity),
        "asks_again": warned_of(asked_again_by(activity, "agenda")) if context["may_plan"] else "",
    }
    page = "office/activities/faculty.html"
    return render(request, page, context, status=422 if form.errors else 200)


def _assign(request: UserRequest, activity: Activity, form: FacultyForm) -> bool:
    given = form.cleaned_data
    session = get_object_or_404(Session.objects.of(activity), pk=given["session"])
    try:
        assign_faculty(
            session,
            clinician=teacher_meant(request.access, given["person"]),
            name=given["person"],
            role=given["role"],
            by=request.actor,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def faculty_remove(request: UserRequest, pk: uuid.UUID, person_pk: uuid.UUID) -> HttpResponse:
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    person = get_object_or_404(SessionFaculty.objects.of(activity), pk=person_pk)
    try:
        remove_faculty(person, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("activity_faculty", activity.pk)
