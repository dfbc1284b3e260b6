import uuid

from symposia.learning.actions.telling import send_the_way_in
from symposia.learning.queries import registration_studying
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task

BY = job_actor("lessons")


@task("learning.send_the_way_in")
def lead(registration_id: str) -> None:
    """Write to a learner where the lessons are."""
    send_the_way_in(registration_studying(uuid.UUID(registration_id)), by=BY)
