import uuid

from symposia.assessment.actions.attempts import end_overdue_attempt
from symposia.assessment.queries.attempts import attempt_of
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task


@task("assessment.time_over")
def time_over(attempt_id: str) -> None:
    """Score an attempt whose time is over and that nobody has handed in."""
    attempt = attempt_of(uuid.UUID(attempt_id))
    if attempt is not None:
        end_overdue_attempt(attempt, by=job_actor("tests"))
