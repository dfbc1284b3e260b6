from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.attendance.actions.batches import Answer, Batch, Reading, record_batch
from symposia.attendance.device_clocks import within_a_life
from symposia.attendance.models import DeviceReport, DoorDevice
from symposia.attendance.policies import (
    DOOR_CLOSED,
    objection_to_door,
    objection_to_key,
)
from symposia.attendance.posts import kept_under
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class Heard:
    """What a phone tells when there is a network: what it saw, and how it is."""

    seen: Sequence[Reading]
    sent_at: datetime
    pending: int = 0
    refused: int = 0
    people: int = 0
    pack_at: datetime | None = None
    battery: int | None = None

    def offset(self, at: datetime) -> int:
        """By how many seconds the phone's clock is behind ours."""
        return within_a_life(round((at - self.sent_at) / timedelta(seconds=1)))


@transaction.atomic
def hear_device(device: DoorDevice, heard: Heard, *, by: Actor) -> list[Answer]:
    """Keep what a phone saw while nobody heard it, each reading for itself; and note how it is."""
    device = DoorDevice.objects.locked(device.pk)
    at = now()

    refuse_if(objection_to_key(device, at=at))

    activity = activity_as_it_is(device.activity_id)
    if objection_to_door(activity):
        answers = _answers_of_a_closed_door(heard.seen)
    elif heard.seen:
        batch = Batch(activity.pk, heard.seen, device.door, heard.offset(at))
        answers = record_batch(batch, by=by)
    else:
        answers = []
    _note_report(device, heard, at)
    return answers


def _answers_of_a_closed_door(readings: Sequence[Reading]) -> list[Answer]:
    """What was kept before is still kept; what comes now comes too late."""
    kept = kept_under([one.event_uuid for one in readings])
    return [
        Answer(one.event_uuid, None if one.event_uuid in kept else DOOR_CLOSED) for one in readings
    ]


def _note_report(device: DoorDevice, heard: Heard, at: datetime) -> None:
    """Where the phone stands, for whoever watches the doors."""
    told = {
        "seen_at": at,
        "pending": heard.pending,
        "refused": heard.refused,
        "people": heard.people,
        "pack_at": heard.pack_at,
        "clock_offset": heard.offset(at),
        "battery": heard.battery,
    }
    DeviceReport.objects.update_or_create(device=device, defaults=told)
