"""What may follow an activity, and what may be given away: pure rules."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.activities.modes import Mode
from symposia.directory.models import Channel, Clinician
from symposia.engagement.models import (
    ApprovedMaterial,
    FollowUp,
    FollowUpKind,
    MaterialKind,
    MaterialState,
    Way,
)
from symposia.engagement.rules import FollowUpRule
from symposia.shared.refusals import Objection
from symposia.work.kinds import PDF, kind_of

LONGEST_SAID = 2_000
LONGEST_WORDING = 1_500
LARGEST_FILE = 20_000_000
# The ways by which something is given: mail leaves from here, the others from the own phone.
GIVEN_BY = (Channel.EMAIL, Channel.CHAT, Channel.SMS)

NOT_OVER = Objection(
    "follow_up_not_over", _("Nobody is followed up before the activity has taken place.")
)
NOT_IN_MODE = Objection(
    "follow_up_not_in_mode",
    _("“%(kind)s” is not allowed after an activity that is “%(mode)s”: %(citation)s."),
)
NO_RULE = Objection(
    "follow_up_no_rule",
    _("No rule in force says that this follow-up is allowed; compliance can tell."),
)
WAS_THERE = Objection("follow_up_was_there", _("They were there: this is for whoever missed it."))
WAS_NOT_THERE = Objection(
    "follow_up_was_not_there", _("They were not there: this is for whoever came.")
)
NEITHER = Objection(
    "follow_up_neither",
    _("They neither had a place nor were there, so nothing of this activity is followed up."),
)
THERE_ALREADY = Objection("follow_up_there_already", _("This follow-up is there already."))
NOT_OPEN = Objection(
    "follow_up_not_open", _("This follow-up is closed; what was said stays as it is.")
)
YOURS_ALREADY = Objection("follow_up_yours_already", _("This follow-up is yours already."))
SAY_WHAT = Objection(
    "follow_up_say_what",
    _("Write what was said, or why it is not done, in at most %(most)s characters."),
)
SAY_HOW = Objection("follow_up_say_how", _("Say how you followed them up."))

NOT_APPROVED = Objection(
    "material_not_approved", _("Only an approved version may be given; this one is not.")
)
EXPIRED = Objection(
    "material_expired", _("Its approval ended on %(day)s. Somebody approves a new version first.")
)
OTHER_MODE = Objection(
    "material_other_mode", _("It is not approved for activities that are “%(mode)s”.")
)
OTHER_ACTIVITY = Objection("material_other_activity", _("It belongs to another activity."))
NO_WAY = Objection("material_no_way", _("Choose mail, chat or a text message."))
NO_ADDRESS = Objection(
    "material_no_address", _("No address for mail is known of %(name)s. Give it by chat.")
)
NO_NAME = Objection("material_no_name", _("Give the material a name."))
NO_WORDING = Objection(
    "material_no_wording",
    _("Write the words that go with it, in at most %(most)s characters."),
)
NO_PLACE = Objection(
    "material_no_place", _("Give either a PDF or an address that begins with https://.")
)
NO_PDF = Objection("material_no_pdf", _("Only a PDF of at most %(most)s MB is kept."))
NO_MODES = Objection(
    "material_no_modes", _("Say after which activities it may be given; independent never is one.")
)
ENDS_BEFORE = Objection("material_ends_before", _("Its last day must not be past."))
OWN_MATERIAL = Objection(
    "material_own", _("You proposed it: somebody else approves it, so that two have read it.")
)
DECIDED = Objection("material_decided", _("Somebody has decided on this version already."))
WITHDRAW_WHY = Objection(
    "material_withdraw_why", _("Say why, in at most 500 characters; representatives read it.")
)


def objection_to_kind(
    rule: FollowUpRule | None, kind: str, mode: str, *, came: bool
) -> Objection | None:
    """Why a kind of follow-up is not made in a mode, of somebody who was there or was not."""
    if rule is None:
        return NO_RULE
    if not rule.allowed:
        words = {"kind": FollowUpKind(kind).label, "mode": Mode(mode).label}
        return NOT_IN_MODE.about(**words, citation=rule.citation)
    if came in rule.came:
        return None
    return WAS_THERE if came else WAS_NOT_THERE


def objection_to_adding_follow_up(
    activity: Activity, came: bool | None, others: Sequence[str], kind: str
) -> Objection | None:
    """Why one more follow-up of somebody is not made; `came` is nothing for whoever had no place,
    `others` are the kinds there are."""
    if not activity.is_over:
        return NOT_OVER
    if came is None:
        return NEITHER
    return THERE_ALREADY if kind in others else None


def objection_to_closing(follow_up: FollowUp, said: str) -> Objection | None:
    """A follow-up is closed once, with what was said or why not."""
    if not follow_up.is_open:
        return NOT_OPEN
    return None if 0 < len(said.strip()) <= LONGEST_SAID else SAY_WHAT.about(most=LONGEST_SAID)


def objection_to_taking(follow_up: FollowUp, owner_id: uuid.UUID) -> Objection | None:
    """Whoever reaches an open follow-up may go on with it; its owner does already."""
    if not follow_up.is_open:
        return NOT_OPEN
    return YOURS_ALREADY if follow_up.owner_id == owner_id else None


def objection_to_finishing(follow_up: FollowUp, way: str, said: str) -> Objection | None:
    """What was done says how, and what was said."""
    return objection_to_closing(follow_up, said) or (None if way in Way.values else SAY_HOW)


@dataclass(frozen=True)
class MaterialFacts:
    """A version of a material as somebody proposes it; a file or an address."""

    name: str
    kind: str
    wording: str
    modes: Sequence[str]
    valid_until: date
    address: str = ""
    file_name: str = ""
    content: bytes = b""
    activity_id: uuid.UUID | None = None


def objection_to_proposing(facts: MaterialFacts, *, today: date) -> Objection | None:
    """Why a version of a material is not taken."""
    if not facts.name.strip() or facts.kind not in MaterialKind.values:
        return NO_NAME
    if not 0 < len(facts.wording.strip()) <= LONGEST_WORDING:
        return NO_WORDING.about(most=LONGEST_WORDING)
    if not facts.modes or not set(facts.modes) <= {Mode.SCIENTIFIC, Mode.PROMOTIONAL}:
        return NO_MODES
    if facts.valid_until < today:
        return ENDS_BEFORE
    return _objection_to_place(facts)


def _objection_to_place(facts: MaterialFacts) -> Objection | None:
    if bool(facts.content) == bool(facts.address):
        return NO_PLACE
    if facts.address:
        return None if facts.address.startswith("https://") else NO_PLACE
    fits = len(facts.content) <= LARGEST_FILE and kind_of(facts.content, (PDF,))
    return None if fits else NO_PDF.about(most=LARGEST_FILE // 1_000_000)


def objection_to_approving(
    material: ApprovedMaterial, person_id: uuid.UUID | None, *, today: date
) -> Objection | None:
    """A second person approves, while the version is still good for something."""
    if material.state != MaterialState.PROPOSED:
        return DECIDED
    if material.proposed_by_id is not None and material.proposed_by_id == person_id:
        return OWN_MATERIAL
    return ENDS_BEFORE if material.valid_until < today else None


def objection_to_withdrawing_material(material: ApprovedMaterial, reason: str) -> Objection | None:
    """Why a version is not withdrawn, or refused."""
    if material.state == MaterialState.WITHDRAWN:
        return DECIDED
    return None if 0 < len(reason.strip()) <= 500 else WITHDRAW_WHY


def objection_to_material(material: ApprovedMaterial, *, today: date) -> Objection | None:
    """Why a material is neither given nor opened on a day."""
    if material.state != MaterialState.APPROVED:
        return NOT_APPROVED
    return EXPIRED.about(day=material.valid_until) if material.valid_until < today else None


def objection_to_giving(
    follow_up: FollowUp, material: ApprovedMaterial, channel: str, *, today: date
) -> Objection | None:
    """Why a material is not given in a follow-up: its state, its modes, its activity, the way."""
    if not follow_up.is_open:
        return NOT_OPEN
    if channel not in GIVEN_BY:
        return NO_WAY
    activity = follow_up.activity
    if activity.mode not in material.modes:
        return OTHER_MODE.about(mode=Mode(activity.mode).label)
    if material.activity_id not in {None, activity.pk}:
        return OTHER_ACTIVITY
    return objection_to_material(material, today=today) or objection_to_address(
        follow_up.clinician, channel
    )


def objection_to_address(clinician: Clinician, channel: str) -> Objection | None:
    """Mail needs an address; a phone asks by itself whom a message goes to."""
    if channel == Channel.EMAIL and not clinician.email:
        return NO_ADDRESS.about(name=clinician.called)
    return None
