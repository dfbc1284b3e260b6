from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.learning.discussion_letters import opened_values
from symposia.learning.discussion_rules import (
    objection_to_discussion,
    objection_to_other_questions,
    objection_to_removing_discussion,
    objection_to_telling,
    plain_doi,
)
from symposia.learning.models import (
    Contribution,
    Discussion,
    DiscussionKind,
    Moderation,
    Requirement,
)
from symposia.learning.steps import DISCUSSION
from symposia.notifications.actions import queue_message
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_at

TELL_OF_DISCUSSION = "learning.tell_of_discussion"


@dataclass(frozen=True)
class DiscussionFacts:
    """What is discussed, from when to when, and how it is moderated."""

    title: str
    opens_on: date
    kind: str = DiscussionKind.OPEN
    introduction: str = ""
    citation: str = ""
    doi: str = ""
    address: str = ""
    questions: Sequence[str] = ()
    closes_on: date | None = None
    moderation: str = Moderation.AFTER
    edit_minutes: int = 15

    def values(self) -> dict[str, object]:
        """As they are kept."""
        return {
            "title": " ".join(self.title.split())[:200],
            "kind": self.kind,
            "introduction": self.introduction.strip(),
            "citation": self.citation.strip()[:1000],
            "doi": plain_doi(self.doi)[:200],
            "address": self.address.strip()[:500],
            "questions": self.asked(),
            "opens_on": self.opens_on,
            "closes_on": self.closes_on,
            "moderation": self.moderation,
            "edit_minutes": self.edit_minutes,
        }

    def asked(self) -> list[str]:
        """The questions, one line each, without empty ones."""
        lines = [" ".join(each.split())[:500] for each in self.questions]
        return [each for each in lines if each]


@transaction.atomic
def open_discussion(activity: Activity, facts: DiscussionFacts, *, by: Actor) -> Discussion:
    """Give the people of an activity a space to talk in: about a paper, or freely."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_discussion(facts, _titles(activity)))

    discussion = Discussion.objects.create(activity=activity, **facts.values())
    record(by, "discussion.opened", discussion)
    return discussion


@transaction.atomic
def change_discussion(
    discussion: Discussion, facts: DiscussionFacts, *, seen_version: int, by: Actor
) -> Discussion:
    """Say otherwise what is discussed, until when, and how it is moderated."""
    discussion = Discussion.objects.locked(discussion.pk)
    others = [each for each in _titles(discussion.activity) if each != discussion.title]

    refuse_if(objection_to_overwriting(seen_version=seen_version, version=discussion.version))
    refuse_if(objection_to_discussion(facts, others))
    refuse_if(
        objection_to_other_questions(
            discussion.questions, facts.asked(), answered=_last_answered(discussion)
        )
    )

    if changes := put_values(discussion, facts.values(), said=_said):
        discussion.save()
        record(by, "discussion.changed", discussion, details={"changes": changes})
    return discussion


@transaction.atomic
def remove_discussion(discussion: Discussion, *, by: Actor) -> None:
    """Take a discussion away in which nobody has spoken."""
    discussion = Discussion.objects.locked(discussion.pk)
    said = Contribution.objects.filter(discussion=discussion).exists()

    refuse_if(objection_to_removing_discussion(said=said, asked=_is_asked(discussion)))

    record(by, "discussion.removed", discussion, details={"title": discussion.title})
    discussion.delete()


@transaction.atomic
def tell_of_discussion(discussion: Discussion, *, by: Actor) -> Discussion:
    """Write to everybody with a place that there is a discussion, each with the own link, once."""
    discussion = Discussion.objects.locked(discussion.pk)
    at = now()

    refuse_if(objection_to_telling(discussion, on=day_at(at, discussion.activity.zone)))

    discussion.told_at = at
    discussion.save(update_fields=["told_at"])
    record(by, "discussion.told", discussion)
    defer_named(TELL_OF_DISCUSSION, discussion_id=str(discussion.pk))
    return discussion


@transaction.atomic
def send_of_discussion(discussion: Discussion, *, by: Actor) -> int:
    """Write the letters of a discussion that was told of: to each with a place and an address."""
    places = Registration.objects.of(discussion.activity).confirmed().with_people()
    reached = [each for each in places.order_by("pk") if each.clinician.email]
    for each in reached:
        queue_message(
            "learning.discussion_opened",
            to_address=each.clinician.email,
            to_name=each.clinician.called,
            language=each.clinician.language,
            values=opened_values(discussion, each),
            about=(each._meta.label, each.pk),
            by=by,
        )
    return len(reached)


def _is_asked(discussion: Discussion) -> bool:
    """Whether the activity asks learners to take part, and this is where they can."""
    others = Discussion.objects.of(discussion.activity_id).exclude(pk=discussion.pk)
    asked = Requirement.objects.filter(activity=discussion.activity_id, kind=DISCUSSION)
    return asked.exists() and not others.exists()


def _last_answered(discussion: Discussion) -> int:
    """The highest number of a question that somebody spoke about."""
    rows = Contribution.objects.filter(discussion=discussion)
    found: int | None = rows.aggregate(last=Max("question"))["last"]
    return found or 0


def _titles(activity: Activity) -> list[str]:
    rows = Discussion.objects.filter(activity=activity)
    return list(rows.values_list("title", flat=True))


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
