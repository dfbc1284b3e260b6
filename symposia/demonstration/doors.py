"""The doors of an activity: one phone is paired, a code waits for the other; a screen where people
check themselves in, the codes on the last slides, and sheets to sign."""

import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta

import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import token_hash
from symposia.activities.models import Activity, Session
from symposia.attendance.actions.badges import (
    Look,
    design_badges,
    print_badges,
    queue_all_badges,
)
from symposia.attendance.actions.connections import Meeting, connect_meeting, hear_meeting
from symposia.attendance.actions.devices import Post, make_pairing_code, pair_device
from symposia.attendance.actions.hearing import Heard, hear_device
from symposia.attendance.actions.self_check_in import (
    Screen,
    make_session_codes,
    open_room_code,
)
from symposia.attendance.actions.sheets import print_sheet
from symposia.attendance.badge_bands import Band
from symposia.attendance.door_pack import pack_for
from symposia.attendance.models import BadgeRole, BandColour, Vendor
from symposia.attendance.webhooks.port import Message
from symposia.demonstration.thread import Cast
from symposia.shared.actors import Actor


def tell_doors(activity: Activity, cast: Cast, *, at: datetime) -> None:
    """The office pairs the first phone and makes a code for the second."""
    on_duty, by = cast.team["coordinator"].pk, cast.actor("coordinator")
    with time_machine.travel(at, tick=True):
        first, _code = make_pairing_code(activity, Post("Hall A", "Kiran"), on_duty=on_duty, by=by)
        device = pair_device(first.code_hash, token_hash(secrets.token_hex()), by=by)
        people = len(pack_for(device).people)
        heard = Heard((), sent_at=now(), people=people, pack_at=now(), battery=88)
        hear_device(device, heard, by=by)
        make_pairing_code(activity, Post("Side entrance", "Meera"), on_duty=on_duty, by=by)
        _show_codes(activity, by)
        _connect_meetings(activity, by)


def _show_codes(activity: Activity, by: Actor) -> None:
    """Screens for whoever does not queue, a code on each last slide, paper to sign, badges."""
    begins = activity.starts_at
    for place in ("Foyer", "Hall A"):
        window = (begins - timedelta(minutes=30), begins + timedelta(minutes=15))
        open_room_code(activity, Screen(place, *window, seconds=45), by=by)
    make_session_codes(activity, by=by)
    for session in [None, *Session.objects.of(activity)][:2]:
        print_sheet(activity, session, by=by)
    bands = [
        Band(BadgeRole.FACULTY, "Faculty", BandColour.VIOLET),
        Band(BadgeRole.NURSE, "Nurse", BandColour.TEAL),
    ]
    look = Look("convention", ["credential", "institution"], band="Participant", bands=bands)
    design_badges(activity, look, by=by)
    queue_all_badges(activity, by=by)
    print_badges(activity, by=by)


def _connect_meetings(activity: Activity, by: Actor) -> None:
    """For whoever watches from home; the host tries it, which is nobody's presence."""
    zoom = Meeting(Vendor.ZOOM, "861 2345 6789", secret=secrets.token_urlsafe(24))
    connect_meeting(activity, zoom, by=by)
    webex = Meeting(Vendor.WEBEX, "870f51ff287b41be8648412901e0402f")
    connection, secret = connect_meeting(activity, webex, by=by)
    person = {"id": "host", "meetingId": webex.meeting, "host": True, "displayName": "Studio"}
    told = {"resource": "meetingParticipants", "event": "joined", "created": now().isoformat()}
    body = json.dumps({**told, "data": person}).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    hear_meeting(connection, Message(body, {"x-spark-signature": signature}), by=by)
