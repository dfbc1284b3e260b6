"""Giving an approved material to somebody by a personal link, and its being opened."""

from django.db import transaction

from symposia.accounts.queries import local_day, person_behind, this_organisation
from symposia.audit.actions import record
from symposia.directory.actions.consents import withdraw_purpose
from symposia.directory.models import Channel
from symposia.engagement.events import MaterialShared
from symposia.engagement.letters import MESSAGE, Shared, in_hand, material_values
from symposia.engagement.models import ApprovedMaterial, FollowUp, MaterialOpening, MaterialShare
from symposia.engagement.policies import (
    NO_RULE,
    objection_to_giving,
    objection_to_kind,
    objection_to_material,
)
from symposia.engagement.queries import objection_to_writing
from symposia.engagement.rules import rule_for
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if


@transaction.atomic
def share_material(
    follow_up: FollowUp, material: ApprovedMaterial, channel: str, *, by: Actor
) -> Shared:
    """Give somebody an approved material with its approved words: by mail it leaves from here, by
    chat or text message it is handed to the representative's phone."""
    follow_up = FollowUp.objects.for_list().locked(follow_up.pk)
    material = ApprovedMaterial.objects.locked(material.pk)
    today, mode = local_day(), follow_up.activity.mode
    rule = needed(rule_for("material", mode, today), NO_RULE)

    refuse_if(objection_to_kind(rule, "material", mode, came=follow_up.came))
    refuse_if(objection_to_giving(follow_up, material, channel, today=today))
    refuse_if(objection_to_writing(follow_up.clinician, channel, rule.purpose))

    share = MaterialShare.objects.create(
        follow_up=follow_up,
        activity=follow_up.activity,
        clinician=follow_up.clinician,
        material=material,
        channel=channel,
        by_id=person_behind(by),
        by_name=by.name,
    )
    record(by, "material.shared", share, details={"channel": channel})
    announce(MaterialShared(share.pk, share.activity_id, share.clinician_id))
    return _sent(share, by) if channel == Channel.EMAIL else in_hand(share, this_organisation())


def _sent(share: MaterialShare, by: Actor) -> Shared:
    owner, clinician = share.follow_up.owner, share.clinician
    queue_message(
        MESSAGE,
        to_address=clinician.email,
        to_name=clinician.called,
        language=clinician.language,
        reply_to=owner.email,
        values=material_values(share, this_organisation()),
        about=(share._meta.label, share.pk),
        by=by,
    )
    return Shared(share)


@transaction.atomic
def open_material(share: MaterialShare, *, by: Actor) -> MaterialOpening:
    """The person pressed the button of their link; counted, as long as the version is approved."""
    material = ApprovedMaterial.objects.get(pk=share.material_id)

    refuse_if(objection_to_material(material, today=local_day()))

    opening = MaterialOpening.objects.create(share=share, activity_id=share.activity_id)
    record(by, "material.opened", opening)
    return opening


@transaction.atomic
def stop_materials(share: MaterialShare, *, by: Actor) -> None:
    """The person wants no more of this kind: the consent ends, for every channel."""
    rule = needed(rule_for("material", share.activity.mode, local_day(share.at)), NO_RULE)
    withdraw_purpose(share.clinician, rule.purpose, proof=str(share.material), by=by)
    record(by, "material.stopped", share)
