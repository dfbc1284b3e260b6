import uuid

from symposia.learning.actions.packages import FORGET, forget_package_files
from symposia.learning.actions.telling import send_the_way_in
from symposia.learning.packages import package_of_id
from symposia.learning.queries import registration_studying
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task

BY = job_actor("lessons")


@task("learning.send_the_way_in")
def lead(registration_id: str) -> None:
    """Write to a learner where the lessons are."""
    send_the_way_in(registration_studying(uuid.UUID(registration_id)), by=BY)


@task(FORGET, watched=False)
def forget_package(package_id: str) -> None:
    """Forget the files of a package whose lesson was removed."""
    if package := package_of_id(uuid.UUID(package_id)):
        forget_package_files(package, by=BY)
