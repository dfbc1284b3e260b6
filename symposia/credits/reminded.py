"""Whom the reminders of the evaluation and of commitments to change concern."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from symposia.activities.models import Session
from symposia.activities.models import State as ActivityState
from symposia.assessment.models import (
    EvaluationForm,
    NoSending,
    PartResponse,
    Response,
    SessionAsked,
)
from symposia.assessment.queries.commitments import registrations_to_ask
from symposia.attendance.models import PresenceEvidence
from symposia.credits.actions.reminders import (
    ask_about_commitments,
    remind_of_sessions,
    remind_to_finish,
)
from symposia.outreach.models import Trigger
from symposia.outreach.reminding import Open, Reader, register_reader
from symposia.registrations.models import Registration

_ASKED = (ActivityState.HELD, ActivityState.RECONCILING)


def unanswered_evaluations_at(_at: datetime) -> Open:
    """Whoever was seen at an activity that asks for an evaluation, and has not answered it."""
    held = Registration.objects.confirmed().filter(activity__state__in=_ASKED)
    asks = EvaluationForm.objects.filter(activity=OuterRef("activity"))
    seen = PresenceEvidence.objects.filter(registration=OuterRef("pk"))
    answered = Response.objects.filter(registration=OuterRef("pk"))
    held = held.exclude(activity__in=NoSending.objects.values("activity"))
    return held.filter(Exists(asks), Exists(seen), ~Exists(answered)).with_people()


def unanswered_sessions_at(at: datetime) -> Open:
    """Whoever was sent the questions of sessions and has not answered them, while the activity goes
    on; not where more sessions end within a day, whose message leads to these too."""
    asked = SessionAsked.objects.filter(registration=OuterRef("pk"))
    answered = PartResponse.objects.filter(
        registration=OuterRef("registration"), session=OuterRef("session")
    )
    soon = Session.objects.filter(
        activity=OuterRef("activity"), ends_at__gt=at, ends_at__lte=at + timedelta(days=1)
    )
    done = Response.objects.filter(registration=OuterRef("pk"))
    rows = Registration.objects.confirmed().filter(activity__ends_at__gt=at)
    rows = rows.exclude(activity__in=NoSending.objects.values("activity"))
    rows = rows.filter(Exists(asked.filter(~Exists(answered))), ~Exists(done), ~Exists(soon))
    latest = asked.order_by("-asked_at").values("asked_at")[:1]
    return rows.annotate(asked_at=Subquery(latest)).with_people()


def register_evaluation_reminders() -> None:
    """What is known here: who has not answered what an activity asks afterwards."""
    ends = "activity__ends_at"
    reader = Reader(unanswered_evaluations_at, remind_to_finish, ends, ends)
    register_reader(Trigger.EVALUATION, reader)
    of_sessions = Reader(unanswered_sessions_at, remind_of_sessions, "asked_at", "asked_at")
    register_reader(Trigger.SESSION, of_sessions)
    given = "committed_at"
    asked = Reader(registrations_to_ask, ask_about_commitments, given, given)
    register_reader(Trigger.COMMITMENT, asked)
