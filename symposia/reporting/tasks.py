import uuid
from datetime import datetime

from django.utils.timezone import now

from symposia.accounts.queries import all_organisations
from symposia.activities.models import Activity
from symposia.reporting.actions.dues import reckon_reports
from symposia.reporting.actions.sending import note_service_failed, take_in_answer
from symposia.reporting.actions.telling import tell_happening
from symposia.reporting.handing_in import ServiceFailed, hand_in
from symposia.reporting.models import Submission
from symposia.reporting.queries import parcel_of, to_reckon
from symposia.reporting.telling import Happening
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in

BY, TELLER = job_actor("Reports"), job_actor("Statements")


@task("reporting.reckon")
def reckon(activity_id: str) -> None:
    """What bodies are owed of an activity follows what became of it."""
    activity = Activity.objects.filter(pk=activity_id).first()
    if activity:
        reckon_reports(activity, by=BY)


@task("reporting.tell")
def tell(kind: str, ids: dict[str, str], at: str) -> None:
    """What happened is told to the store of statements, once however often this runs."""
    tell_happening(Happening(kind, ids, datetime.fromisoformat(at)), by=TELLER)


@tick("reporting.reckon_all", seconds=21_600)
def reckon_all() -> None:
    """Ask for what only time brings, four times a day: each activity is reckoned by itself."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            for activity_id in to_reckon(now()).values_list("pk", flat=True):
                reckon.defer(activity_id=str(activity_id))


@task("reporting.hand_over", whole=False, attempts=1)
def hand_over(organisation_id: uuid.UUID, submission_id: str) -> None:
    """Bring a kept file to its body's web service and take in the answer; nothing is held while
    the service thinks. What it says when it fails is kept, and a person hands the file in: records
    keep their names, so that nothing counts twice."""
    with acting_in(organisation_id):
        parcel = parcel_of(uuid.UUID(submission_id))
    if parcel is None:
        return
    try:
        reply = hand_in(*parcel)
        with acting_in(organisation_id):
            take_in_answer(Submission.objects.get(pk=submission_id), reply, by=BY)
    except (ServiceFailed, Refused) as problem:
        with acting_in(organisation_id):
            kept = Submission.objects.get(pk=submission_id)
            note_service_failed(kept, str(problem), by=BY)
