"""A session with people in it who ask, vote and answer."""

from datetime import timedelta

from symposia.learning.actions.audience_polls import open_poll, prepare_poll
from symposia.learning.actions.audience_questions import ask_session, show_question
from symposia.learning.audience_rules import PollFacts
from symposia.learning.models import AudiencePoll, AudienceQuestion
from symposia.shared.actors import SYSTEM
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.registrations import RegistrationFactory

MINUTE = timedelta(minutes=1)
DRUGS = ("Apixaban", "Warfarin", "Neither")


def session_now(**facts):
    """A session of a running activity; the clock is to stand at its beginning."""
    activity = ActivityFactory(**{"state": "running", **facts})
    return SessionFactory(activity=activity, minutes=60, creditable_minutes=60, title="Bleeding")


def place_in(session, **facts):
    asked_at = session.activity.starts_at - timedelta(days=9)
    return RegistrationFactory(activity=session.activity, requested_at=asked_at, **facts)


def asked(session, text="How soon after a bleed?", place=None, *, shown=True, is_named=False):
    """A question, shown to the room unless said otherwise."""
    place = place or place_in(session)
    made = ask_session(session, text, registration=place, is_named=is_named, by=SYSTEM)
    if shown:
        show_question(made, by=SYSTEM)
    return AudienceQuestion.objects.select_related("session__activity").get(pk=made.pk)


def poll_in(session, kind="single", options=DRUGS, *, is_open=True, question="What next?", **facts):
    """A poll, open unless said otherwise."""
    poll = prepare_poll(session, PollFacts(kind, question, options, **facts), by=SYSTEM)
    if is_open:
        open_poll(poll, by=SYSTEM)
    return AudiencePoll.objects.get(pk=poll.pk)
