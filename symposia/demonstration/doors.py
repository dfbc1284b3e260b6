"""The phones of an activity that is still to come: one was tried out, one waits for its phone."""

import secrets

from django.utils.timezone import now

from symposia.accounts.queries import token_hash
from symposia.activities.models import Activity
from symposia.attendance.actions.devices import Post, make_pairing_code, pair_device
from symposia.attendance.actions.hearing import Heard, hear_device
from symposia.attendance.door_pack import pack_for
from symposia.demonstration.thread import Cast


def tell_doors(activity: Activity, cast: Cast) -> None:
    """The office pairs the first phone and makes a code for the second."""
    on_duty, by = cast.team["coordinator"].pk, cast.actor("coordinator")
    first, _code = make_pairing_code(activity, Post("Hall A", "Kiran"), on_duty=on_duty, by=by)
    device = pair_device(first.code_hash, token_hash(secrets.token_hex()), by=by)
    people = len(pack_for(device).people)
    hear_device(device, Heard((), sent_at=now(), people=people, pack_at=now(), battery=88), by=by)
    make_pairing_code(activity, Post("Side entrance", "Meera"), on_duty=on_duty, by=by)
