from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.learning.discussing import Voice
from symposia.learning.discussion_rules import (
    NOT_STANDING,
    objection_to_commenting,
    objection_to_editing,
    objection_to_replying,
    objection_to_reporting,
    objection_to_speaking,
    objection_to_withdrawing_words,
    objection_to_words,
)
from symposia.learning.events import ContributionShown
from symposia.learning.models import (
    Contribution,
    ContributionReport,
    ContributionState,
    Discussion,
    Moderation,
    Practice,
)
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, needed, refuse_if
from symposia.shared.times import day_at

# How long what was said about a practice may be changed; a discussion says so itself.
EDIT_MINUTES = 15


@dataclass(frozen=True)
class Said:
    """What somebody says: a beginning, a reply to one, or an answer to a question."""

    text: str
    head: Contribution | None = None
    question: int | None = None


@transaction.atomic
def contribute(discussion: Discussion, voice: Voice, said: Said, *, by: Actor) -> Contribution:
    """Say something in a discussion; it is shown at once or once a moderator has looked at it."""
    discussion = Discussion.objects.select_related("activity").locked(discussion.pk)
    at = now()

    refuse_if(objection_to_speaking(discussion, voice, on=day_at(at, discussion.activity.zone)))
    refuse_if(_wrong_words(said, discussion, questions=len(discussion.questions)))

    waits = discussion.moderation == Moderation.BEFORE and not voice.is_office
    return _keep(discussion, voice, said, waits=waits, by=by)


@transaction.atomic
def comment_on_practice(practice: Practice, voice: Voice, said: Said, *, by: Actor) -> Contribution:
    """Say something about a published practice; it is shown at once."""
    practice = Practice.objects.select_related("activity").locked(practice.pk)

    refuse_if(objection_to_commenting(practice, voice))
    refuse_if(_wrong_words(said, practice, questions=0))

    return _keep(practice, voice, said, waits=False, by=by)


def _wrong_words(said: Said, place: Discussion | Practice, *, questions: int) -> Objection | None:
    wrong = objection_to_words(said.text, question=said.question, questions=questions)
    if wrong is None and said.head is not None:
        head = Contribution.objects.get(pk=said.head.pk)
        wrong = objection_to_replying(head, place)
    return wrong


def _keep(
    place: Discussion | Practice, voice: Voice, said: Said, *, waits: bool, by: Actor
) -> Contribution:
    head = said.head
    at = now()
    kept = Contribution.objects.create(
        activity_id=place.activity_id,
        discussion=place if isinstance(place, Discussion) else None,
        practice=place if isinstance(place, Practice) else None,
        # A reply to a reply belongs to the same beginning.
        head_id=(head.head_id or head.pk) if head else None,
        question=said.question,
        speaks_as=voice.speaks_as,
        person_id=needed(voice.person_id, NOT_STANDING),
        registration=voice.registration,
        author_name=voice.name[:200],
        text=said.text.strip(),
        state=ContributionState.WAITING if waits else ContributionState.SHOWN,
        written_at=at,
        shown_at=None if waits else at,
    )
    record(by, "contribution.written", kept)
    if not waits:
        announce(ContributionShown(kept.pk, kept.activity_id, kept.registration_id))
    return kept


@transaction.atomic
def edit_contribution(
    contribution: Contribution, voice: Voice, text: str, *, seen_version: int, by: Actor
) -> Contribution:
    """Change the own words within a short while; where moderators look first they look again."""
    contribution = Contribution.objects.select_related("discussion").locked(contribution.pk)
    discussion, at = contribution.discussion, now()
    minutes = discussion.edit_minutes if discussion else EDIT_MINUTES

    refuse_if(objection_to_overwriting(seen_version=seen_version, version=contribution.version))
    refuse_if(objection_to_editing(contribution, voice, minutes, at=at))
    refuse_if(objection_to_words(text))

    was, text = contribution.text, text.strip()
    if text == was:
        return contribution
    contribution.text, contribution.edited_at = text, at
    contribution.version += 1
    contribution.save(update_fields=["text", "edited_at", "version"])
    first = discussion is not None and discussion.moderation == Moderation.BEFORE
    if first and contribution.is_shown and not voice.is_office:
        contribution.move(ContributionState.WAITING, pinned_at=None)
    changes = [{"field": "text", "was": was, "now": text}]
    record(by, "contribution.edited", contribution, details={"changes": changes})
    return contribution


@transaction.atomic
def withdraw_contribution(contribution: Contribution, voice: Voice, *, by: Actor) -> Contribution:
    """Take the own words back: nobody sees them, and they count for nothing."""
    contribution = Contribution.objects.locked(contribution.pk)

    refuse_if(objection_to_withdrawing_words(contribution, voice))

    contribution.move(ContributionState.WITHDRAWN, pinned_at=None)
    record(by, "contribution.withdrawn", contribution)
    return contribution


@transaction.atomic
def report_contribution(
    contribution: Contribution, voice: Voice, reason: str, *, by: Actor
) -> ContributionReport:
    """Tell a moderator that something is wrong with what somebody said."""
    contribution = Contribution.objects.locked(contribution.pk)
    person_id = needed(voice.person_id, NOT_STANDING)
    known = ContributionReport.objects.filter(contribution=contribution, person_id=person_id)
    reported = known.exists()

    refuse_if(objection_to_reporting(contribution, voice, reason=reason, reported=reported))

    kept = ContributionReport.objects.create(
        activity_id=contribution.activity_id,
        contribution=contribution,
        person_id=person_id,
        by_name=voice.name[:200],
        reason=reason.strip()[:1000],
        at=now(),
    )
    record(by, "contribution.reported", kept, reason=kept.reason)
    return kept
