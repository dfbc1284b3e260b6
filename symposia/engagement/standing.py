"""How a follow-up stands: what else its mode allows, why not what it forbids; what a link opens."""

import uuid
from dataclasses import dataclass
from datetime import date

from symposia.accounts.queries import local_day
from symposia.directory.models import Channel
from symposia.engagement.models import FollowUp, FollowUpKind, MaterialShare
from symposia.engagement.policies import (
    GIVEN_BY,
    objection_to_adding_follow_up,
    objection_to_address,
    objection_to_kind,
    objection_to_material,
)
from symposia.engagement.queries import kinds_there, objections_by_channel
from symposia.engagement.rules import rule_for
from symposia.shared.refusals import Objection
from symposia.work.models import StoredFile


@dataclass(frozen=True)
class KindFor:
    """One kind of follow-up: whether somebody may have it too, and why not."""

    kind: str
    label: str
    objection: Objection | None


def kinds_for(follow_up: FollowUp) -> list[KindFor]:
    """The other kinds, each with what stands against it in this activity."""
    activity, today = follow_up.activity, local_day()
    others = kinds_there(activity, follow_up.clinician)
    found = []
    for kind in FollowUpKind:
        if kind.value in others:
            continue
        rule = rule_for(kind.value, activity.mode, today)
        objection = objection_to_kind(rule, kind.value, activity.mode, came=follow_up.came)
        there = objection_to_adding_follow_up(activity, follow_up.came, others, kind.value)
        found.append(KindFor(kind.value, str(kind.label), objection or there))
    return found


@dataclass(frozen=True)
class WayFor:
    """One way of giving something to somebody: whether it is open, and why not."""

    channel: str
    label: str
    objection: Objection | None


def ways_for(follow_up: FollowUp) -> list[WayFor]:
    """The ways of giving a material, each with what they, or the directory, said against it."""
    rule = rule_for("material", follow_up.activity.mode, local_day())
    if rule is None or not rule.allowed:
        return []
    person = follow_up.clinician
    said = objections_by_channel(person, rule.purpose)
    return [
        WayFor(
            channel.value,
            str(Channel(channel).label),
            objection_to_address(person, channel) or said[channel],
        )
        for channel in GIVEN_BY
    ]


def file_given(share_id: uuid.UUID, *, day: date) -> StoredFile | None:
    """The file behind a personal link, while its version is approved."""
    share = MaterialShare.objects.for_page().filter(pk=share_id).first()
    if share is None or objection_to_material(share.material, today=day):
        return None
    file = share.material.file
    return file if file and file.deleted_at is None else None
