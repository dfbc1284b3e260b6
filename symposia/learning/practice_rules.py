"""When a practice is written, sent, judged and taken up."""

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from symposia.learning.discussing import Voice
from symposia.learning.discussion_rules import NOT_THERE
from symposia.learning.identifiers import Finding
from symposia.learning.models import Practice, PracticeState
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection

LONGEST = 10_000
PRACTICE_WORDS = Objection("practice_words", _("Give it a title, and say what was done."))
PRACTICE_LONG = Objection("practice_long", _("Keep each part to %(most)s characters."))
NOT_AUTHOR = Objection("not_author", _("This is somebody else's practice."))
SENT_ALREADY = Objection(
    "practice_sent", _("It is with an editor or published; it changes no more while it is there.")
)
NOT_TO_SEND = Objection("practice_not_to_send", _("This has been sent already, or taken back."))
IDENTIFIERS_LEFT = Objection(
    "identifiers_left",
    _(
        "Something in it may tell who a patient is: %(found)s. Take it out, or say why it is "
        "of no patient."
    ),
)
NO_SUCH_FINDING = Objection("no_such_finding", _("This does not stand in the text any more."))
WHY_NO_PATIENT = Objection("why_no_patient", _("Say why this is of no patient."))
NOT_WAITING = Objection("practice_not_waiting", _("This waits for no editor any more."))
OWN_PRACTICE = Objection("own_practice", _("An author does not decide on the own practice."))
WORDS_FOR_AUTHOR = Objection("words_for_author", _("Say what the author should change."))
PRACTICE_CHANGED = Objection(
    "practice_changed", _("It changed while you were reading. Read it as it is now, then decide.")
)
TAKEN_BACK = Objection("practice_taken_back", _("It has been taken back already."))
NOT_PUBLISHED = Objection("practice_not_published", _("Only what is published is taken up."))
OWN_ADOPTION = Objection("own_adoption", _("This is your own practice: others take it up."))
NOT_ADOPTED = Objection("not_adopted", _("You have not taken this up."))

WRITTEN_IN = frozenset({PracticeState.DRAFT, PracticeState.RETURNED})
JUDGED_IN = frozenset({PracticeState.WAITING, PracticeState.PUBLISHED})


def digest_of_practice(practice: Practice) -> str:
    """The hash of everything of a practice that colleagues read: an editor decides on exactly
    that."""
    parts = [practice.kind, practice.title, practice.done, practice.setting, practice.result]
    shown = [*parts, practice.reference, practice.specialty]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


def objection_to_sharing(registration: Registration) -> Objection | None:
    """Whoever has a place at an activity reads and shares."""
    return None if registration.is_confirmed else NOT_THERE


def objection_to_practice_words(texts: Mapping[str, str]) -> Objection | None:
    """A title and what was done, each part not too long."""
    if not texts["title"].strip() or not texts["done"].strip():
        return PRACTICE_WORDS
    if any(len(each) > LONGEST for each in texts.values()):
        return PRACTICE_LONG.about(most=LONGEST)
    return None


def is_author(practice: Practice, voice: Voice) -> bool:
    """Whether somebody wrote it: the clinician, by whichever of the own places."""
    return voice.person_id is not None and voice.person_id == practice.clinician_id


def objection_to_writing(practice: Practice, voice: Voice) -> Objection | None:
    """Its author writes on while it is with nobody else."""
    if not is_author(practice, voice):
        return NOT_AUTHOR
    return None if practice.state in WRITTEN_IN else SENT_ALREADY


def objection_to_answering(
    practice: Practice, voice: Voice, finding: Finding | None, *, removed: bool, reason: str
) -> Objection | None:
    """The author takes it out or says why it is of no patient."""
    if objection := objection_to_writing(practice, voice):
        return objection
    if finding is None:
        return NO_SUCH_FINDING
    return None if removed or reason.strip() else WHY_NO_PATIENT


def objection_to_sending(
    practice: Practice, voice: Voice, left: Collection[Finding]
) -> Objection | None:
    """Nothing is sent before everything that may tell who a patient is was answered."""
    if not is_author(practice, voice):
        return NOT_AUTHOR
    if practice.state not in WRITTEN_IN:
        return NOT_TO_SEND
    if left:
        named = ", ".join(f"“{each.quoted}”" for each in left)
        return IDENTIFIERS_LEFT.about(found=named)
    return None


def objection_to_taking_back(practice: Practice, voice: Voice) -> Objection | None:
    """Its author takes it back at any time, once."""
    if not is_author(practice, voice):
        return NOT_AUTHOR
    return TAKEN_BACK if practice.state == PracticeState.WITHDRAWN else None


def objection_to_editor(
    *, author_user_id: uuid.UUID | None, by_id: uuid.UUID | None
) -> Objection | None:
    """An editor is never the author."""
    return OWN_PRACTICE if by_id is not None and by_id == author_user_id else None


def objection_to_publishing(practice: Practice, *, seen: str) -> Objection | None:
    """An editor publishes what waits, exactly as it was read."""
    if practice.state != PracticeState.WAITING:
        return NOT_WAITING
    return None if seen == digest_of_practice(practice) else PRACTICE_CHANGED


def objection_to_returning(practice: Practice, note: str) -> Objection | None:
    """An editor sends back what waits, or takes down what is published, with words."""
    if practice.state not in JUDGED_IN:
        return NOT_WAITING
    return None if note.strip() else WORDS_FOR_AUTHOR


def objection_to_reading_practice(
    practice: Practice, registration: Registration, voice: Voice
) -> Objection | None:
    """What is published is read by colleagues at activities of the same mode: nothing that was
    shared in independent education stands beside promotion."""
    if is_author(practice, voice):
        return None
    if not registration.is_confirmed:
        return NOT_THERE
    same = practice.activity.mode == registration.activity.mode
    return None if same and practice.state == PracticeState.PUBLISHED else NOT_PUBLISHED


def objection_to_adopting(
    practice: Practice, registration: Registration, voice: Voice
) -> Objection | None:
    """Colleagues take up what is published; its author does it anyway."""
    if is_author(practice, voice):
        return OWN_ADOPTION
    return objection_to_reading_practice(practice, registration, voice)
