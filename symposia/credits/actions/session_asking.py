"""The questions of sessions go to whoever was in them, before the activity ends."""

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.assessment.models import SessionAsked
from symposia.assessment.queries.sending import sends_by_itself
from symposia.assessment.session_sending import askings_due, titles_of
from symposia.audit.actions import record
from symposia.credits.letters import session_values
from symposia.notifications.actions import queue_message
from symposia.notifications.queries import causes_among
from symposia.outreach.actions.reminders import keep_reminders_of
from symposia.outreach.models import Trigger
from symposia.outreach.reminder_rules import objection_to_telling
from symposia.shared.actors import Actor

SESSIONS = "credits.sessions"
# With the first questions that an organisation sends it reminds of them a day later.
REMINDED_AFTER = (24,)


@transaction.atomic
def ask_about_sessions(activity: Activity, *, by: Actor) -> int:
    """Send everybody whose turn it is the questions of the sessions they were in, once; nobody
    where the activity sends nothing by itself. Answers how many were written to."""
    activity = Activity.objects.locked(activity.pk)
    if not sends_by_itself(activity):
        return 0
    at = now()
    due = askings_due(activity, at)
    causes = causes_among(each.registration.clinician.email for each in due)
    told = [
        each
        for each in due
        if objection_to_telling(
            each.registration.clinician, causes.get(each.registration.clinician.email.lower())
        )
        is None
    ]
    if not told:
        return 0
    keep_reminders_of(Trigger.SESSION, REMINDED_AFTER, by=by)
    SessionAsked.objects.bulk_create(
        SessionAsked(registration=each.registration, session=session, asked_at=at)
        for each in told
        for session in each.sessions
    )
    for each in told:
        place, clinician = each.registration, each.registration.clinician
        queue_message(
            SESSIONS,
            to_address=clinician.email,
            to_name=clinician.called,
            language=clinician.language,
            values=session_values(place, titles_of(each.sessions)),
            about=(place._meta.label, place.pk),
            by=by,
        )
    record(by, "learners.asked_about_sessions", activity, details={"learners": len(told)})
    return len(told)
