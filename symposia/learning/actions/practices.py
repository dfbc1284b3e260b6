from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.learning.discussing import Voice
from symposia.learning.identifiers import without
from symposia.learning.models import IdentifierAnswer, Practice, PracticeKind, PracticeState
from symposia.learning.practice_rules import (
    NO_SUCH_FINDING,
    digest_of_practice,
    objection_to_answering,
    objection_to_practice_words,
    objection_to_sending,
    objection_to_sharing,
    objection_to_taking_back,
    objection_to_writing,
)
from symposia.learning.sharing import checked, finding_named, left_open
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.refusals import needed, refuse_if


@dataclass(frozen=True)
class PracticeFacts:
    """What a colleague shares, in the own words."""

    title: str
    done: str
    kind: str = PracticeKind.PRACTICE
    setting: str = ""
    result: str = ""
    reference: str = ""
    specialty: str = ""

    def values(self) -> dict[str, str]:
        """As they are kept."""
        return {
            "kind": self.kind,
            "title": " ".join(self.title.split())[:200],
            "done": self.done.strip(),
            "setting": self.setting.strip(),
            "result": self.result.strip(),
            "reference": self.reference.strip()[:1000],
            "specialty": " ".join(self.specialty.split())[:120],
        }


@dataclass(frozen=True)
class Identifier:
    """Which finding is answered: its kind, the text it stands in, and its words."""

    kind: str
    part: str
    quoted: str


@transaction.atomic
def draft_practice(registration: Registration, facts: PracticeFacts, *, by: Actor) -> Practice:
    """Begin a practice that nobody but its author sees yet."""
    values = facts.values()

    refuse_if(objection_to_sharing(registration))
    refuse_if(objection_to_practice_words(values))

    practice = Practice.objects.create(
        activity_id=registration.activity_id,
        registration=registration,
        clinician_id=registration.clinician_id,
        author_name=registration.clinician.called[:200],
        **values,
    )
    record(by, "practice.drafted", practice)
    return practice


@transaction.atomic
def change_practice(
    practice: Practice, voice: Voice, facts: PracticeFacts, *, seen_version: int, by: Actor
) -> Practice:
    """Write on, as long as it is with nobody else."""
    practice = Practice.objects.locked(practice.pk)
    values = facts.values()

    refuse_if(objection_to_writing(practice, voice))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=practice.version))
    refuse_if(objection_to_practice_words(values))

    if changes := put_values(practice, values):
        practice.save()
        record(by, "practice.changed", practice, details={"changes": changes})
    return practice


@transaction.atomic
def answer_identifier(
    practice: Practice,
    voice: Voice,
    identifier: Identifier,
    *,
    removed: bool,
    reason: str = "",
    by: Actor,
) -> Practice:
    """Take something that may tell who a patient is out of the text, or say why it is of none."""
    practice = Practice.objects.locked(practice.pk)
    finding = finding_named(practice, identifier.kind, identifier.part, identifier.quoted)

    refuse_if(objection_to_answering(practice, voice, finding, removed=removed, reason=reason))

    found = needed(finding, NO_SUCH_FINDING)
    if removed:
        text = without(getattr(practice, found.field), found.quoted)
        put_values(practice, {found.field: text})
        practice.save()
        # What was taken out is not kept in the journal either.
        record(by, "practice.identifier_removed", practice, details={"part": found.field})
        return practice
    key = {"practice": practice, "kind": found.kind, "part": found.field}
    key |= {"quoted": found.quoted[:200]}
    if not IdentifierAnswer.objects.filter(**key).exists():
        kept = IdentifierAnswer.objects.create(
            activity_id=practice.activity_id, reason=reason.strip()[:500], at=now(), **key
        )
        record(by, "practice.identifier_answered", kept, reason=kept.reason)
    return practice


@transaction.atomic
def send_practice(practice: Practice, voice: Voice, *, by: Actor) -> Practice:
    """Hand a practice to the editors, once everything that may tell of a patient is answered."""
    practice = Practice.objects.locked(practice.pk)

    refuse_if(objection_to_sending(practice, voice, left_open(checked(practice))))

    practice.move(PracticeState.WAITING, sent_at=now())
    record(by, "practice.sent", practice, details={"sha256": digest_of_practice(practice)})
    return practice


@transaction.atomic
def withdraw_practice(practice: Practice, voice: Voice, *, by: Actor) -> Practice:
    """Take a practice back: colleagues see it no more; who took it up stays counted."""
    practice = Practice.objects.locked(practice.pk)

    refuse_if(objection_to_taking_back(practice, voice))

    practice.move(PracticeState.WITHDRAWN)
    record(by, "practice.withdrawn", practice)
    return practice
