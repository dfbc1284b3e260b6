"""After a scientific meeting: what is owed to its doctors, what was said, given and handed on."""

from datetime import timedelta

import time_machine

from symposia.accounts.models import User
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.demonstration.days import morning_after
from symposia.demonstration.thread import Cast
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import Channel, ConsentSource, Purpose
from symposia.engagement.actions.follow_ups import (
    decline_follow_up,
    finish_follow_up,
    make_follow_ups,
)
from symposia.engagement.actions.handing import hand_medical_question, take_adverse_event
from symposia.engagement.actions.materials import approve_material, propose_material
from symposia.engagement.actions.safety import set_safety_mailbox
from symposia.engagement.actions.sharing import open_material, share_material
from symposia.engagement.models import ApprovedMaterial, FollowUp, MaterialKind, Way
from symposia.engagement.policies import MaterialFacts
from symposia.shared.actors import SYSTEM, Actor

MAILBOX = "drug.safety@sahyadri.example"
SAID = (
    (Way.CALL, "Takes home that weight on the third day tells more than the ankle."),
    (Way.VISIT, "Wants the table of doses for the ward; asked for the summary."),
)
NOT_DONE = "Is on leave until the end of the month and asked not to be called."
QUESTION = "May it be given together with the new potassium binder?"
HARM = (
    "Corvalan",
    "A patient of hers fainted twice in the week after the dose was raised. She stopped it.",
)
WORDS = "Here is the summary of what was shown, with the table of doses, as you wished."


def tell_followed(cast: Cast, held: Activity) -> None:
    """Whoever looks after the doctors of a meeting follows them up: two are done, one is not, the
    others are open; a summary was given and looked at once."""
    with time_machine.travel(morning_after(held.ends_at, held.zone), tick=True):
        set_safety_mailbox(MAILBOX, by=cast.actor("administrator"))
        material = _approved(cast)
        make_follow_ups(held, by=SYSTEM)
        owed = list(FollowUp.objects.of(held).for_list().order_by("pk"))
        came = [each for each in owed if each.came]
        missed = [each for each in owed if not each.came]
        if len(came) < len(SAID) + 1:
            return
        _give(came[0], material)
        _hand_on(came[1])
        for each, (way, said) in zip(came, SAID, strict=False):
            finish_follow_up(each, way, said, by=_owner(each))
        for each in missed[:1]:
            decline_follow_up(each, NOT_DONE, by=_owner(each))


def _approved(cast: Cast) -> ApprovedMaterial:
    facts = MaterialFacts(
        "Ninety days after admission: summary",
        MaterialKind.SUMMARY,
        WORDS,
        ["scientific"],
        local_day() + timedelta(days=180),
        "https://media.sahyadri.example/ninety-days",
    )
    proposed = propose_material(facts, by=cast.actor("medical_affairs"))
    reprint = MaterialFacts(
        "Natriuretic peptides on the ward: reprint",
        MaterialKind.REPRINT,
        "The article that was discussed.",
        ["scientific", "promotional"],
        local_day() + timedelta(days=90),
        "https://media.sahyadri.example/peptides",
    )
    propose_material(reprint, by=cast.actor("medical_affairs"))
    return approve_material(proposed, by=cast.actor("compliance_officer"))


def _give(follow_up: FollowUp, material: ApprovedMaterial) -> None:
    """Somebody who wants to hear of education gets the summary, and looks at it."""
    agreed = ConsentFacts(
        Purpose.NEWS, Channel.EMAIL, given=True, source=ConsentSource.FORM, proof="Table 4"
    )
    clinician = follow_up.clinician
    state_consent(clinician, agreed, by=SYSTEM)
    given = share_material(follow_up, material, Channel.EMAIL, by=_owner(follow_up)).share
    open_material(given, by=Actor("link", clinician.pk, clinician.called))


def _hand_on(follow_up: FollowUp) -> None:
    """What was asked about a product, and what was told of harm."""
    by = _owner(follow_up)
    hand_medical_question(follow_up, QUESTION, by=by)
    take_adverse_event(follow_up, *HARM, by=by)


def _owner(follow_up: FollowUp) -> Actor:
    return User.objects.get(pk=follow_up.owner_id).actor()
