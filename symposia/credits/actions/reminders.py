from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from symposia.assessment.session_sending import sessions_left, titles_of
from symposia.credits.letters import commitment_values, finishing_values, session_values
from symposia.notifications.actions import queue_message
from symposia.notifications.queries import causes_among
from symposia.outreach.reminder_rules import objection_to_telling
from symposia.outreach.reminding import Outcome
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor


@transaction.atomic
def remind_to_finish(rows: Sequence[Registration], *, by: Actor) -> list[Outcome]:
    """Send learners the way to the evaluation once more."""
    return _write("credits.finish", rows, finishing_values, by=by)


@transaction.atomic
def ask_about_commitments(rows: Sequence[Registration], *, by: Actor) -> list[Outcome]:
    """Ask learners what became of what they wanted to change."""
    return _write("credits.commitments", rows, commitment_values, by=by)


@transaction.atomic
def remind_of_sessions(rows: Sequence[Registration], *, by: Actor) -> list[Outcome]:
    """Send learners the way to the questions of sessions once more."""
    left = sessions_left(rows)

    def values(row: Registration) -> dict[str, str]:
        return session_values(row, titles_of(left[row.pk]))

    return _write("credits.sessions", rows, values, by=by)


def _write(
    message: str,
    rows: Sequence[Registration],
    values: Callable[[Registration], dict[str, str]],
    *,
    by: Actor,
) -> list[Outcome]:
    told: list[Outcome] = []
    causes = causes_among(row.clinician.email for row in rows if row.clinician.email)
    for row in rows:
        clinician = row.clinician
        answer: Any = objection_to_telling(clinician, causes.get(clinician.email.lower()))
        if answer is None:
            answer = queue_message(
                message,
                to_address=clinician.email,
                to_name=clinician.called,
                language=clinician.language,
                values=values(row),
                about=(row._meta.label, row.pk),
                by=by,
            )
        told.append(Outcome(row.pk, clinician.full_name, clinician.pk, answer))
    return told
