"""The phones at the door of an activity: one is paired, a code waits for the other."""

import secrets
from datetime import datetime

import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import token_hash
from symposia.activities.models import Activity
from symposia.attendance.actions.devices import Post, make_pairing_code, pair_device
from symposia.attendance.actions.hearing import Heard, hear_device
from symposia.attendance.door_pack import pack_for
from symposia.demonstration.thread import Cast


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
