from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from symposia.activities.models import State as ActivityState
from symposia.assessment.models import EvaluationForm, Response
from symposia.attendance.models import PresenceEvidence
from symposia.credits.letters import finishing_values
from symposia.notifications.actions import queue_message
from symposia.notifications.queries import causes_among
from symposia.outreach.models import Trigger
from symposia.outreach.reminder_rules import objection_to_telling
from symposia.outreach.reminding import Open, Outcome, Reader, register_reader
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor

_ASKED = (ActivityState.HELD, ActivityState.RECONCILING)


def unanswered_evaluations_at(_at: datetime) -> Open:
    """Whoever was seen at an activity that asks for an evaluation, and has not answered it."""
    held = Registration.objects.confirmed().filter(activity__state__in=_ASKED)
    asks = EvaluationForm.objects.filter(activity=OuterRef("activity"))
    seen = PresenceEvidence.objects.filter(registration=OuterRef("pk"))
    answered = Response.objects.filter(registration=OuterRef("pk"))
    return held.filter(Exists(asks), Exists(seen), ~Exists(answered)).with_people()


@transaction.atomic
def remind_to_finish(rows: Sequence[Registration], *, by: Actor) -> list[Outcome]:
    """Send learners the way to the evaluation once more."""
    told: list[Outcome] = []
    causes = causes_among(row.clinician.email for row in rows if row.clinician.email)
    for row in rows:
        clinician = row.clinician
        answer: Any = objection_to_telling(clinician, causes.get(clinician.email.lower()))
        if answer is None:
            answer = queue_message(
                "credits.finish",
                to_address=clinician.email,
                to_name=clinician.called,
                language=clinician.language,
                values=finishing_values(row),
                about=(row._meta.label, row.pk),
                by=by,
            )
        told.append(Outcome(row.pk, clinician.full_name, clinician.pk, answer))
    return told


def register_readers() -> None:
    """What is known here: who has not answered what an activity asks afterwards."""
    ends = "activity__ends_at"
    reader = Reader(unanswered_evaluations_at, remind_to_finish, ends, ends)
    register_reader(Trigger.EVALUATION, reader)
