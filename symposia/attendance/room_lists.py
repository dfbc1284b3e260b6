"""Codes on the screens of rooms, and codes of sessions, as lists."""

from typing import Any

from django.db.models import OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.attendance.models import PresenceEvidence, RoomCode, SessionCode, Source
from symposia.shared.counting import CountOf
from symposia.shared.lists import Column, ListOf


def state_of_room(room: RoomCode) -> Any:
    """Where the code of a room stands, in the words of the list."""
    at = now()
    if room.ended_at:
        return _("Ended")
    if at >= room.closes_at:
        return _("Window has closed")
    return _("Open now") if at >= room.opens_at else _("Not open yet")


def state_of_code(code: SessionCode) -> Any:
    """Whether a code of a session is taken."""
    return _("Ended") if code.ended_at else _("Counts")


def _rooms(access: Any, **kwargs: Any) -> Any:
    found = RoomCode.objects.visible_to(access).select_related("activity", "session")
    came = PresenceEvidence.objects.filter(
        activity=OuterRef("activity"), source=Source.SELF, device=OuterRef("place")
    )
    found = found.annotate(came=CountOf(came.values("pk")))
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _codes(access: Any, **kwargs: Any) -> Any:
    found = SessionCode.objects.visible_to(access).select_related("activity", "session")
    claims = PresenceEvidence.objects.filter(session=OuterRef("session"), source=Source.CODE)
    found = found.annotate(claims=CountOf(claims.values("pk")))
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


ROOM_CODES = ListOf(
    name="room_codes",
    title=_("Self check-in"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_rooms,
    columns=(
        Column(
            "place",
            _("Screen"),
            "place",
            sort="place",
            url=lambda each: ("room_code", [each.activity_id, each.pk]),
        ),
        Column("session", _("Session"), lambda each: str(each.session or "")),
        Column("opens_at", _("Opens"), "opens_at", sort="opens_at", kind="moment"),
        Column("closes_at", _("Closes"), "closes_at", sort="closes_at", kind="moment"),
        Column("seconds", _("Changes every (s)"), "seconds", kind="n"),
        Column("came", _("Checked in"), "came", kind="n"),
        Column("state", _("State"), state_of_room),
        Column("by", _("Made by"), "made_by_name", in_page=False),
        Column("activity", _("Activity"), lambda each: each.activity.number, in_page=False),
    ),
    sort="-opens_at",
    empty=_("No screen shows a code. Open one, and people check themselves in."),
)
SESSION_CODES = ListOf(
    name="session_codes",
    title=_("Session codes"),
    permission=Permission.MANAGE_REGISTRATIONS,
    rows=_codes,
    columns=(
        Column(
            "session",
            _("Session"),
            lambda each: each.session.title,
            sort="session__starts_at",
            url=lambda each: ("session_code", [each.activity_id, each.pk]),
        ),
        Column("code", _("Code"), lambda each: each.shown),
        Column("ends_at", _("Session ends"), "session__ends_at", kind="moment"),
        Column("claims", _("Claimed"), "claims", kind="n"),
        Column("state", _("State"), state_of_code),
        Column("because", _("Ended because"), "ended_because"),
        Column("by", _("Made by"), "made_by_name", in_page=False),
        Column("activity", _("Activity"), lambda each: each.activity.number, in_page=False),
    ),
    sort="session__starts_at",
    empty=_("No session has a code yet. Make them, and put each on the last slide."),
)
