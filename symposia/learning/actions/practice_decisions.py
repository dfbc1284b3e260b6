from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import person_behind
from symposia.audit.actions import record
from symposia.learning.discussion_letters import decided_values
from symposia.learning.events import PracticePublished
from symposia.learning.models import Practice, PracticeDecision, PracticeState, PracticeVerdict
from symposia.learning.practice_rules import (
    digest_of_practice,
    objection_to_editor,
    objection_to_publishing,
    objection_to_returning,
)
from symposia.learning.sharing import author_user_of
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def publish_practice(practice: Practice, *, seen_sha256: str, by: Actor) -> Practice:
    """Let colleagues read a practice exactly as the editor read it."""
    practice = _held(practice, by)
    refuse_if(objection_to_publishing(practice, seen=seen_sha256))

    at = now()
    practice.move(
        PracticeState.PUBLISHED,
        published_at=at,
        decided_at=at,
        decided_by_name=by.name,
        decided_because="",
    )
    record(by, "practice.published", practice, details={"sha256": seen_sha256})
    _decide(practice, PracticeVerdict.PUBLISHED, "", by=by)
    announce(PracticePublished(practice.pk, practice.activity_id, practice.registration_id))
    return practice


@transaction.atomic
def return_practice(practice: Practice, note: str, *, by: Actor) -> Practice:
    """Send a practice back to its author with words; what was published is taken down."""
    practice = _held(practice, by)
    refuse_if(objection_to_returning(practice, note))

    note = note.strip()
    practice.move(
        PracticeState.RETURNED,
        decided_at=now(),
        decided_by_name=by.name,
        decided_because=note,
    )
    record(by, "practice.returned", practice, reason=note)
    _decide(practice, PracticeVerdict.RETURNED, note, by=by)
    return practice


def _held(practice: Practice, by: Actor) -> Practice:
    """The practice, held, for an editor who has not written it."""
    held = Practice.objects.with_names().locked(practice.pk)
    refuse_if(objection_to_editor(author_user_id=author_user_of(held), by_id=person_behind(by)))
    return held


def _decide(practice: Practice, verdict: PracticeVerdict, note: str, *, by: Actor) -> None:
    kept = PracticeDecision.objects.create(
        activity_id=practice.activity_id,
        practice=practice,
        sha256=digest_of_practice(practice),
        verdict=verdict,
        note=note,
        at=now(),
        by_name=by.name,
    )
    record(by, "practice.decided", kept, reason=note)
    clinician = practice.clinician
    if clinician.email:
        queue_message(
            "learning.practice_decided",
            to_address=clinician.email,
            to_name=clinician.called,
            language=clinician.language,
            values=decided_values(practice),
            about=(practice._meta.label, practice.pk),
            by=by,
        )
