"""Who had a cost, as ids say it: of those who were there, and of organisations by their names."""

import uuid
from dataclasses import dataclass
from datetime import date

from symposia.reporting.actions.attributing import Sharers
from symposia.reporting.recipients import institution_named
from symposia.reporting.transfer_rules import NO_SUCH_ORGANISATION, NOT_THERE
from symposia.reporting.transfers.sharing import Had, PassedOn, Room
from symposia.shared.refusals import needed


@dataclass(frozen=True)
class PassedOnSaid:
    """What a person was paid out of a grant, in minor units."""

    clinician_id: uuid.UUID
    minor: int
    directed: bool
    learned_on: date | None


@dataclass(frozen=True)
class SharersSaid:
    """The same of a whole cost."""

    clinicians: tuple[uuid.UUID, ...]
    staff: int
    organisation: str
    passed_on: tuple[PassedOnSaid, ...]


def sharers_from(said: SharersSaid, room: Room) -> Sharers:
    """Who is meant. Raises Refused of whoever was not there, and of an unknown organisation."""
    known = {each.clinician_id: each for each in (*room.came, *room.taught) if each.clinician_id}

    def had(pk: uuid.UUID) -> Had:
        return needed(known.get(pk), NOT_THERE)

    place = None
    if said.organisation.strip():
        place = needed(institution_named(said.organisation), NO_SUCH_ORGANISATION)
    passed = [
        PassedOn(had(each.clinician_id), each.minor, each.directed, each.learned_on)
        for each in said.passed_on
    ]
    return Sharers([had(pk) for pk in said.clinicians], said.staff, place, passed)
