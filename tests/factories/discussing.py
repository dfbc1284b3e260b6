"""Discussions that are open now, and practices at any point of their way."""

from datetime import timedelta

from symposia.learning.actions.contributions import Said, contribute
from symposia.learning.actions.discussions import DiscussionFacts, open_discussion
from symposia.learning.actions.practice_decisions import publish_practice
from symposia.learning.actions.practices import PracticeFacts, draft_practice, send_practice
from symposia.learning.discussing import voice_of_place
from symposia.learning.models import Practice
from symposia.learning.practice_rules import digest_of_practice
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import day_here
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory


def discussion_of(activity=None, **facts):
    """A discussion that opened yesterday."""
    activity = activity or ActivityFactory(state="open")
    wanted = {"title": "What stands in the way?", "opens_on": day_here() - timedelta(days=1)}
    return open_discussion(activity, DiscussionFacts(**wanted | facts), by=SYSTEM)


def said_by(place, discussion, text="At night there are two of us.", **more):
    """What somebody with this place says."""
    return contribute(discussion, voice_of_place(place), Said(text, **more), by=SYSTEM)


def words(**facts):
    """What a colleague shares, without anything of a patient."""
    wanted = {"title": "We read it aloud", "done": "Whoever comes last reads the five lines."}
    return PracticeFacts(**wanted | facts)


def practice_of(place=None, **facts):
    """What nobody but its author sees."""
    return draft_practice(place or RegistrationFactory(), words(**facts), by=SYSTEM)


def sent_practice(place=None, **facts):
    """What waits for an editor."""
    practice = practice_of(place, **facts)
    voice = voice_of_place(practice.registration)
    return send_practice(practice, voice, by=SYSTEM)


def published_practice(place=None, **facts):
    """What colleagues read."""
    practice = sent_practice(place, **facts)
    publish_practice(practice, seen_sha256=digest_of_practice(practice), by=SYSTEM)
    return Practice.objects.with_names().get(pk=practice.pk)
