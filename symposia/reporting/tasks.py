import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from symposia.accounts.queries import (
    access_of_ids,
    all_organisations,
    person_behind,
    this_organisation,
)
from symposia.activities.models import OVER, Activity
from symposia.reporting.actions.attributing import (
    attribute_costs,
    judge_of_clinician,
    judge_unclear,
)
from symposia.reporting.actions.binders import keep_edition
from symposia.reporting.actions.dues import reckon_reports
from symposia.reporting.actions.past import check_past, import_past
from symposia.reporting.actions.sending import note_service_failed, take_in_answer
from symposia.reporting.actions.telling import tell_happening
from symposia.reporting.actions.years import reckon_years
from symposia.reporting.binder_rules import BEING_MADE
from symposia.reporting.binding import bind_activity, bind_programme
from symposia.reporting.handing_in import ServiceFailed, hand_in
from symposia.reporting.models import Binder, Submission
from symposia.reporting.past.rules import (
    PAST_ASKER_LEFT,
    objection_to_bringing_in,
    objection_to_looking_again,
)
from symposia.reporting.queries import activities_bound, parcel_of, to_reckon
from symposia.reporting.telling import Happening
from symposia.shared.actors import Actor, job_actor
from symposia.shared.jobs import Task, task, tick
from symposia.shared.refusals import Refused, needed, refuse_if
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress, request_job, run_job
from symposia.work.journals import asker_of
from symposia.work.models import Import, Job
from symposia.work.queries import job_under_way

BY, TELLER = job_actor("Reports"), job_actor("Statements")
VALUE = job_actor("Transfers of value")
BINDER = "binder"


@task("reporting.reckon", watched=False)
def reckon(activity_id: str) -> None:
    """What bodies are owed of an activity follows what became of it."""
    activity = Activity.objects.filter(pk=activity_id).first()
    if activity:
        reckon_reports(activity, by=BY)


@task("reporting.tell", watched=False)
def tell(kind: str, ids: dict[str, str], at: str) -> None:
    """What happened is told to the store of statements, once however often this runs."""
    tell_happening(Happening(kind, ids, datetime.fromisoformat(at)), by=TELLER)


@task("reporting.attribute", watched=False)
def attribute(activity_id: str) -> None:
    """Who had what follows the books and the doors, once the activity has taken place."""
    activity = Activity.objects.filter(pk=activity_id, state__in=OVER).first()
    if activity:
        attribute_costs(activity, by=VALUE)
        reckon_years(by=VALUE)


@task("reporting.judge_unclear", watched=False)
def judge_what_was_unclear() -> None:
    """What was to be clarified may be clear by now, and be owed to a scheme."""
    judge_unclear(by=VALUE)
    reckon_years(by=VALUE)


@task("reporting.judge_person", watched=False)
def judge_person(clinician_id: str) -> None:
    """Whether somebody is named follows what they said."""
    judge_of_clinician(uuid.UUID(clinician_id), by=VALUE)


@tick("reporting.reckon_all", seconds=21_600)
def reckon_all() -> None:
    """Ask for what only time brings, four times a day: each activity is reckoned by itself."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            judge_what_was_unclear.defer()
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


@task("reporting.make_binder", whole=False, attempts=2)
def make_binder(organisation_id: uuid.UUID, job_id: str, binder_id: str, person: str = "") -> None:
    """Bind activity by activity, each in a transaction of its own, then keep what was bound."""

    def work(progress: Progress) -> None:
        with acting_in(organisation_id):
            binder = Binder.objects.get(pk=binder_id)
            activities = activities_bound(binder)
            language = this_organisation().language
            by = _in_the_name_of(person, progress)
        total, bound = len(activities) + 1, []
        for done, activity in enumerate(activities):
            progress.report(done, total, str(activity))
            with acting_in(organisation_id), override(language):
                bound.append(bind_activity(activity))
        progress.report(total - 1, total)
        with acting_in(organisation_id), override(language):
            programme = bind_programme(activities)
            edition = keep_edition(binder, bound, programme, by=by)
            paper = edition.paper
        progress.finish(done=total, result=paper)

    run_job(organisation_id, job_id, work)


def _in_the_name_of(person: str, progress: Progress) -> Actor:
    """Whoever asked for long work, as the person who answers for it: a token acts for its owner."""
    asker = asker_of(progress.job_id)
    return replace(asker, id=uuid.UUID(person)) if person else asker


def start_binder(binder: Binder, *, by: Actor, href: str) -> Job:
    """Ask for a binder to be made; one at a time."""
    refuse_if(BEING_MADE if job_under_way(BINDER, href) else None)
    title = _("Binder %(number)s") % {"number": binder.number}
    asked = {"binder_id": str(binder.pk), "person": str(person_behind(by) or "")}
    return request_job(make_binder, kind=BINDER, title=title, by=by, href=href, **asked)


@task("reporting.check_past", whole=False, attempts=1)
def look_at_past(organisation_id: uuid.UUID, job_id: str, import_id: str, person: str) -> None:
    """The dry run of a file of the past."""
    _past(organisation_id, job_id, import_id, person, check_past)


@task("reporting.import_past", whole=False, attempts=1)
def bring_past_in(organisation_id: uuid.UUID, job_id: str, import_id: str, person: str) -> None:
    """A file of the past that was looked at comes in."""
    _past(organisation_id, job_id, import_id, person, import_past)


def _past(
    organisation_id: uuid.UUID,
    job_id: str,
    import_id: str,
    person: str,
    step: Callable[..., Import],
) -> None:
    """One step with a file, by what whoever asked may see now."""

    def work(progress: Progress) -> None:
        with acting_in(organisation_id):
            made = Import.objects.get(pk=import_id)
            by = _in_the_name_of(person, progress)
            access = access_of_ids(uuid.UUID(person), organisation_id, at=now())
            step(made, access=needed(access, PAST_ASKER_LEFT), by=by)

    run_job(organisation_id, job_id, work)


@transaction.atomic
def start_past_check(made: Import, *, by: Actor, href: str) -> Job:
    """Ask for the dry run of a file of the past, as a job; refused at once where it is in."""
    refuse_if(objection_to_looking_again(made))
    return _ask_past(look_at_past, made, _("Checking %(file)s"), by=by, href=href)


@transaction.atomic
def start_past_import(made: Import, *, by: Actor, href: str) -> Job:
    """Ask for a file of the past to come in, as a job; refused at once where it cannot."""
    refuse_if(objection_to_bringing_in(made))
    return _ask_past(bring_past_in, made, _("Importing %(file)s"), by=by, href=href)


def _ask_past(work: Task, made: Import, title: str, *, by: Actor, href: str) -> Job:
    refuse_if(BEING_MADE if job_under_way("import", href) else None)
    asked = {"import_id": str(made.pk), "person": str(person_behind(by))}
    title = (title % {"file": made.file_name})[:200]
    return request_job(work, kind="import", title=title, by=by, href=href, **asked)
