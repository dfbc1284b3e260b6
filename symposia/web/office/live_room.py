"""The live room: who is in each session, at each door, and what is to be cleared up.

The page asks every two seconds whether anything has changed, with a signed pass instead of a
session: nothing new costs one statement, which looks up the right to be told at the same time.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.wall import settings_of
from symposia.attendance.device_lists import state_of
from symposia.attendance.live import CameIn, LiveRoom, live_room_of, version_of_room
from symposia.attendance.models import Source
from symposia.attendance.queries import door_activity
from symposia.shared.tenancy import acting_in, behind
from symposia.web.gates import open_to_all, own_transaction, requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.parts import Figure
from symposia.web.requests import UserRequest

PAGE, PART = "office/live_room/page.html", "office/live_room/room.html"
REASON = "the live room's pass is signed; the right to look is looked up with each question"
SCHEME = "Live"
# Then the page opens itself again, and is asked everything that a page is asked.
VALID_SECONDS = 3600
SALT = "symposia.live_room"


@dataclass(frozen=True)
class Pass:
    """Who looks at which room, and what the wall keeps from them."""

    organisation_id: uuid.UUID
    activity_id: uuid.UUID
    user_id: uuid.UUID
    wall: str


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def room(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The page that stays open beside the door."""
    activity = activity_or_404(request, pk, Permission.VIEW_ATTENDANCE)
    version = version_of_room(activity.pk)
    context = {
        **_context(activity),
        "version": version,
        "live_pass": _make_pass(request, activity.pk),
        "may_check_in": request.access.holds(Permission.CHECK_IN),
    }
    return render(request, PAGE, context)


@require_GET
@open_to_all(REASON)
@own_transaction
def changes(request: HttpRequest) -> HttpResponse:
    """The room again if it has changed since the page last heard of it, else nothing."""
    held = _pass_of(request)
    if held is None:
        return _said(_("This page is too old. Open it again."), 401)
    with acting_in(held.organisation_id):
        version = version_of_room(held.activity_id, person=held.user_id)
        if version is None:
            return _said(_("You may not look at this room any more."), 403)
        tag = f'"{version}"'
        if request.headers.get("If-None-Match") == tag:
            answer = HttpResponse(status=304)
        else:
            with behind(held.wall):
                context = _context(door_activity(held.activity_id))
                # Without a session there is nobody to say anything about but the room.
                answer = HttpResponse(render_to_string(PART, context))
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


def _context(activity: Activity) -> dict[str, Any]:
    live = live_room_of(activity)
    return {
        "activity": activity,
        "live": live,
        "doors": [(_said_of(came), inside) for came, inside in live.doors],
        "figures": _figures(live),
        "devices": [(each, state_of(each)) for each in live.devices],
    }


def _said_of(came: CameIn) -> str:
    """A door by its name; else how somebody was seen, and by whom."""
    if came.door:
        return came.door
    if came.in_field:
        return _("%(who)s, from the field") % {"who": came.by_name}
    return ", ".join(filter(None, [str(Source(came.source).label), came.by_name]))


def _figures(live: LiveRoom) -> list[Figure]:
    counts = live.counts
    seats = counts.seats
    capacity = "∞" if seats.capacity is None else str(seats.capacity)
    return [
        Figure(
            _("Inside"), str(counts.inside), note=_("of %(n)s expected") % {"n": counts.expected}
        ),
        Figure(_("Places"), capacity, note=_("%(n)s over") % {"n": live.over} if live.over else ""),
        Figure(_("Not here yet"), str(live.late_count)),
        Figure(_("Phones silent"), str(live.silent)),
    ]


def _make_pass(request: UserRequest, activity_id: uuid.UUID) -> str:
    named = [
        str(request.organisation.pk),
        str(activity_id),
        str(request.user.pk),
        settings_of(request.access),
    ]
    return signing.dumps(named, salt=SALT)


def _pass_of(request: HttpRequest) -> Pass | None:
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme != SCHEME:
        return None
    try:
        organisation, activity, user, wall = signing.loads(text, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    return Pass(uuid.UUID(organisation), uuid.UUID(activity), uuid.UUID(user), wall)


def _said(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
