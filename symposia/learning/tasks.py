import uuid

from django.utils.timezone import now

from symposia.accounts.queries import all_organisations
from symposia.learning.actions.discussions import TELL_OF_DISCUSSION, send_of_discussion
from symposia.learning.actions.following import send_digests
from symposia.learning.actions.packages import FORGET, forget_package_files
from symposia.learning.actions.telling import send_the_way_in
from symposia.learning.discussing import discussion_of_id, following_due
from symposia.learning.packages import package_of_id
from symposia.learning.queries import registration_studying
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.tenancy import acting_in

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


@task(TELL_OF_DISCUSSION)
def tell_of_discussion(discussion_id: str) -> None:
    """Write to everybody with a place where the discussion is."""
    if discussion := discussion_of_id(uuid.UUID(discussion_id)):
        send_of_discussion(discussion, by=BY)


@task("learning.send_digests", whole=False)
def send_what_is_new(organisation_id: uuid.UUID) -> None:
    """Write to those who follow discussions, a few in a transaction; done again, it goes on."""
    told = -1
    while told:
        with acting_in(organisation_id):
            told = send_digests(by=BY)


@tick("learning.digests", seconds=3600)
def look_for_news() -> None:
    """Ask for the work of each organisation where somebody follows what is new."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            if following_due(now()).exists():
                send_what_is_new.defer()
