import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation, token_hash
from symposia.activities.models import Activity, Session
from symposia.attendance.device_keys import new_pairing_code
from symposia.attendance.models import DeviceReport, Direction, DoorDevice, DoorMode
from symposia.attendance.policies import (
    objection_to_code,
    objection_to_door,
    objection_to_revoking,
)
from symposia.audit.actions import record
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if

# A code is made when the phone is at hand.
CODE_LASTS = timedelta(minutes=15)
# After the activity, for a phone that was days without a network.
KEY_OUTLASTS = timedelta(days=7)


@dataclass(frozen=True)
class Post:
    """Where a device stands, and what it does there."""

    door: str
    holder: str
    session: Session | None = None
    direction: str = Direction.IN
    mode: str = DoorMode.STANDARD


@transaction.atomic
def make_pairing_code(
    activity: Activity, post: Post, *, on_duty: uuid.UUID, by: Actor
) -> tuple[DoorDevice, str]:
    """Let one phone take up a post at the door; the code is told once and good for minutes.

    `on_duty` names the person whose right to check in the phone borrows.
    """
    activity = activity_as_it_is(activity.pk)
    at = now()

    refuse_if(objection_to_door(activity))

    code = new_pairing_code(this_organisation().code)
    device = DoorDevice.objects.create(
        activity=activity,
        session=post.session,
        door=post.door,
        holder=post.holder,
        direction=post.direction,
        mode=post.mode,
        code_hash=token_hash(code),
        code_expires_at=at + CODE_LASTS,
        made_at=at,
        on_duty_id=on_duty,
        made_by_name=by.name,
        expires_at=activity.ends_at + KEY_OUTLASTS,
    )
    record(by, "door_device.awaited", device)
    return device, code


@transaction.atomic
def pair_device(code_hash: str, key_hash: str, *, by: Actor) -> DoorDevice:
    """Take the key of the phone that scanned a code; the code is used up.

    The phone makes its key, so that it may ask again when the answer was lost on the way.
    """
    device = DoorDevice.objects.select_for_update(of=("self",)).by_code(code_hash).first()
    at = now()
    if device and device.is_open(at) and device.key_hash == key_hash:
        return device

    refuse_if(objection_to_code(device, at=at))

    assert device  # noqa: S101  # a code without a device was refused
    device.key_hash, device.paired_at = key_hash, at
    device.save(update_fields=["key_hash", "paired_at"])
    DeviceReport.objects.create(device=device, seen_at=at)
    record(by, "door_device.paired", device)
    return device


@transaction.atomic
def revoke_device(device: DoorDevice, *, by: Actor) -> None:
    """End a device's work: what it sends next is refused, and it wipes what it keeps."""
    device = DoorDevice.objects.locked(device.pk)

    refuse_if(objection_to_revoking(device))

    device.revoked_at, device.revoked_by_name = now(), by.name
    device.save(update_fields=["revoked_at", "revoked_by_name"])
    record(by, "door_device.revoked", device)
