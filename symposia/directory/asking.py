"""May these people be asked this way for this? Every sender asks here, and shows the reason."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.queries import zone_here
from symposia.directory.consent_words import Basis
from symposia.directory.models import (
    WITHOUT_CHANNEL,
    Channel,
    Clinician,
    ConsentStatement,
    Purpose,
)
from symposia.directory.policies.asking import (
    MERGED,
    objection_to_asking,
    objection_to_restricted,
)
from symposia.directory.queries import barred_on, bases, channels_of, said_last
from symposia.shared.refusals import Objection
from symposia.shared.times import day_at


def may_be_asked(
    clinicians: Iterable[Clinician], channel: str, purpose: str
) -> dict[uuid.UUID, Objection | None]:
    """Of each clinician nothing, or why they are not asked by this channel for this purpose: what
    the directory knows of them, or what they said themselves."""
    clinicians = list(clinicians)
    ids = [clinician.pk for clinician in clinicians]
    said, basis, zone = said_last(ids, channel, purpose), bases()[purpose], zone_here()
    barred = barred_on(ids, day_at(now(), zone)) if purpose not in WITHOUT_CHANNEL else {}
    gone = {clinician.pk for clinician in clinicians if clinician.is_merged}
    return {
        pk: (MERGED if pk in gone else None)
        or objection_to_restricted(barred.get(pk))
        or objection_to_asking(said.get(pk), basis, channel=channel, zone=zone)
        for pk in ids
    }


@dataclass(frozen=True)
class Asked:
    """One way of reaching one person: what was said of it last, and whether it may be used."""

    purpose: str
    channel: str
    said: ConsentStatement | None
    objection: Objection | None

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label) if self.channel else ""

    @property
    def button(self) -> str:
        """What the person may say now."""
        return _("I agree") if self.objection else _("No, thank you")


@dataclass(frozen=True)
class AskedFor:
    """A purpose with the words people are shown, and every channel of it."""

    purpose: str
    label: str
    wording: str
    legal_basis: str
    ways: list[Asked]


def ways_of(clinician: Clinician) -> list[AskedFor]:
    """Every purpose and channel of one person, in the order people read them."""
    last = {
        (each.purpose, each.channel): each
        for each in ConsentStatement.objects.of(clinician).standing()
    }
    zone = zone_here()
    return [_asked_for(basis, last, zone) for basis in bases().values()]


def _asked_for(basis: Basis, last: dict[tuple[str, str], ConsentStatement], zone: str) -> AskedFor:
    purpose = basis.purpose
    ways = []
    for channel in channels_of(purpose):
        said = last.get((purpose, channel))
        objection = objection_to_asking(said, basis, channel=channel, zone=zone)
        ways.append(Asked(purpose, channel, said, objection))
    label = str(Purpose(purpose).label)
    return AskedFor(purpose, label, str(basis.wording), str(basis.legal_basis), ways)
