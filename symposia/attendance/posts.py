"""The device behind a key, and whether what it sends is taken now."""

import uuid
from collections.abc import Collection
from datetime import datetime

from symposia.accounts.queries import access_of_ids
from symposia.attendance.models import DoorDevice, PresenceEvidence
from symposia.attendance.policies import NOT_ON_DUTY, objection_to_key
from symposia.attendance.queries import may_stand_at
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import current_organisation_id


def device_of_key(key_hash: str, *, at: datetime) -> DoorDevice:
    """The device that carries a key. Raises Refused if it was ended, or if the person whose right
    it borrows has lost it."""
    device = DoorDevice.objects.by_key(key_hash).with_reports().first()

    refuse_if(objection_to_key(device, at=at))

    assert device  # noqa: S101  # a key without a device was refused
    access = access_of_ids(device.on_duty_id, current_organisation_id(), at=at)
    refuse_if(None if may_stand_at(access, device.activity_id) else NOT_ON_DUTY)
    return device


def device_actor(device: DoorDevice) -> Actor:
    """A device in the journal: by whom it is held."""
    return Actor("device", device.pk, device.holder)


def kept_under(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these readings are evidence already."""
    rows = PresenceEvidence.objects.filter(event_uuid__in=ids)
    return set(rows.values_list("event_uuid", flat=True))
