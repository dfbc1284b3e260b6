"""Dry run and import as long work: read in pieces, told how far, safe to leave."""

import uuid
from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import all_organisations, person_behind
from symposia.directory.actions.affiliations import follow_primary_places
from symposia.directory.actions.assignments import begin_assignments
from symposia.directory.actions.colleagues import (
    Errand,
    begin_colleague_check,
    begin_colleague_import,
    check_colleagues,
    import_colleagues,
)
from symposia.directory.actions.contacts import leave_ended_contacts
from symposia.directory.actions.duplicates import keep_pairs
from symposia.directory.actions.import_undo import (
    begin_undo,
    begin_weighing,
    forget_imported_changes,
    let_import_stand,
    undo_import,
    weigh_undo,
)
from symposia.directory.actions.imports import (
    Reading,
    begin_check,
    begin_import,
    check_rows,
    import_rows,
)
from symposia.directory.actions.merging import gather_stragglers
from symposia.directory.duplicates.finding import among, of_newcomers
from symposia.directory.imports.load import Verdict
from symposia.directory.models import Clinician
from symposia.directory.policies.duplicates import objection_to_comparing
from symposia.directory.queries import import_of, merge_of, undo_of
from symposia.shared.actors import SYSTEM, Actor, job_actor
from symposia.shared.jobs import Task, task, tick
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress, request_job, run_job
from symposia.work.imports.kept import copy_of_kept
from symposia.work.models import Import, Job, JobState

_BY = job_actor("directory")
_NEWCOMERS = 200


@task("directory.check_import", whole=False)
def check(organisation_id: uuid.UUID, job_id: str, import_id: str) -> None:
    """The dry run of a file."""
    _read(organisation_id, job_id, import_id, check_rows)


@task("directory.run_import", whole=False)
def bring_in(organisation_id: uuid.UUID, job_id: str, import_id: str) -> None:
    """The import of a checked file; then whether somebody came in twice."""
    _read(organisation_id, job_id, import_id, import_rows)
    with acting_in(organisation_id):
        made = import_of(uuid.UUID(import_id))
        by = Actor("job", made.made_by_id, "Import", on_behalf_of=made.made_by_name)
        start_looking(by=by, href="")


def _read(
    organisation_id: uuid.UUID, job_id: str, import_id: str, read: Callable[..., Verdict]
) -> None:
    def work(progress: Progress) -> None:
        with acting_in(organisation_id):
            made = import_of(uuid.UUID(import_id))
        by = Actor("job", None, "Import", on_behalf_of=made.made_by_name)
        with copy_of_kept(made.path) as path:
            read(Reading(organisation_id, made.pk, path, progress.report), by=by)

    run_job(organisation_id, job_id, work)


@transaction.atomic
def start_check(made: Import, *, by: Actor, href: str) -> None:
    """Ask for the dry run of a file, as a job."""
    begin_check(made, by=by)
    _request(check, made, _("Checking %(file)s"), by=by, href=href)


@transaction.atomic
def start_import(made: Import, *, by: Actor, href: str) -> None:
    """Ask for the import of a checked file, as a job."""
    begin_import(made, by=by)
    _request(bring_in, made, _("Importing %(file)s"), by=by, href=href)


@task("directory.check_colleagues", whole=False, attempts=1)
def look_at_colleagues(
    organisation_id: uuid.UUID, job_id: str, import_id: str, person: str, called: str
) -> None:
    """The dry run of a file of the people of the house."""
    _colleagues(organisation_id, job_id, import_id, (person, called), check_colleagues)


@task("directory.import_colleagues", whole=False, attempts=1)
def bring_colleagues_in(
    organisation_id: uuid.UUID, job_id: str, import_id: str, person: str, called: str
) -> None:
    """The import of a checked file, with the rights of whoever asked for it."""
    _colleagues(organisation_id, job_id, import_id, (person, called), import_colleagues)


def _colleagues(
    organisation_id: uuid.UUID,
    job_id: str,
    import_id: str,
    asked: tuple[str, str],
    read: Callable[..., object],
) -> None:
    person = uuid.UUID(asked[0])
    by = Actor("job", person, "Import", on_behalf_of=asked[1])

    def work(_progress: Progress) -> None:
        with acting_in(organisation_id):
            made = import_of(uuid.UUID(import_id))
        with copy_of_kept(made.path) as path:
            read(Errand(organisation_id, made.pk, path, person), by=by)

    run_job(organisation_id, job_id, work)


@transaction.atomic
def start_colleague_check(
    made: Import, columns: Mapping[str, int], *, by: Actor, href: str
) -> None:
    """Ask for the dry run of a file of the people of the house, as a job."""
    begin_colleague_check(made, columns, by=by)
    _ask_for(look_at_colleagues, made, _("Checking %(file)s"), by=by, href=href)


@transaction.atomic
def start_colleague_import(made: Import, *, by: Actor, href: str) -> None:
    """Ask for the import of a checked file, as a job."""
    begin_colleague_import(made, by=by)
    _ask_for(bring_colleagues_in, made, _("Importing %(file)s"), by=by, href=href)


def _ask_for(work: Task, made: Import, title: str, *, by: Actor, href: str) -> None:
    asked = {"import_id": str(made.pk), "person": str(person_behind(by)), "called": by.name}
    title = title % {"file": made.file_name}
    request_job(work, kind="import", title=title[:200], by=by, href=href, **asked)


def _request(work: Task, made: Import, title: str, *, by: Actor, href: str) -> None:
    title = title % {"file": made.file_name}
    request_job(work, kind="import", title=title[:200], by=by, href=href, import_id=str(made.pk))


@task("directory.weigh_undo", whole=False, attempts=2)
def weigh(organisation_id: uuid.UUID, job_id: str, import_id: str) -> None:
    """What taking an import back would do."""
    _go_back(organisation_id, job_id, import_id, weigh_undo)


@task("directory.undo_import", whole=False, attempts=2)
def go_back(organisation_id: uuid.UUID, job_id: str, import_id: str) -> None:
    """Take an import back."""
    _go_back(organisation_id, job_id, import_id, undo_import)


def _go_back(
    organisation_id: uuid.UUID, job_id: str, import_id: str, step: Callable[..., None]
) -> None:
    pk = uuid.UUID(import_id)
    with acting_in(organisation_id):
        undo = undo_of(import_of(pk))
    by = Actor("job", None, "Import", on_behalf_of=undo.asked_by_name if undo else "")
    run_job(organisation_id, job_id, lambda _progress: step(organisation_id, pk, by=by))
    with acting_in(organisation_id):
        is_stopped = Job.objects.filter(pk=job_id, state=JobState.CANCELLED).exists()
    if is_stopped:
        let_import_stand(organisation_id, pk, by=by)


@transaction.atomic
def start_weighing(made: Import, *, by: Actor, href: str) -> None:
    """Ask what taking an import back would do, as a job."""
    begin_weighing(made, by=by)
    _request(weigh, made, _("Looking what can be taken back of %(file)s"), by=by, href=href)


@transaction.atomic
def start_undo(made: Import, *, reason: str, by: Actor, href: str) -> None:
    """Ask for an import to be taken back, as a job."""
    begin_undo(made, reason=reason, by=by)
    _request(go_back, made, _("Taking back %(file)s"), by=by, href=href)


@tick("directory.forget_changes", seconds=3600)
def forget_changes() -> None:
    """What people said before a file is dropped once its import stands."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            forget_imported_changes(by=_BY)


@task("directory.look_for_duplicates", whole=False, attempts=2)
def look_for_duplicates(organisation_id: uuid.UUID, job_id: str) -> None:
    """Compare everybody with everybody."""

    def work(progress: Progress) -> None:
        with acting_in(organisation_id):
            found = among(Clinician.objects.active())
        progress.report(1, 2)
        with acting_in(organisation_id):
            keep_pairs(found, everybody=True, by=SYSTEM)

    run_job(organisation_id, job_id, work)


@task("directory.compare_newcomer", watched=False, attempts=2)
def compare_newcomer(clinician_id: str) -> None:
    """Whom somebody resembles who was just added, and whoever else was meanwhile: to start the
    comparison takes longer than to compare."""
    waiting = compare_newcomer.take_along(most=_NEWCOMERS)
    new = {clinician_id, *(each["clinician_id"] for each in waiting)}
    keep_pairs(of_newcomers(Clinician.objects.active().filter(pk__in=new)), by=SYSTEM)


@transaction.atomic
def start_looking(*, by: Actor, href: str, access: Access | None = None) -> None:
    """Ask for a comparison of everybody, as a job; after an import the product asks itself."""
    sees_everybody = access is None or access.everywhere(Permission.STEWARD_DIRECTORY)
    refuse_if(objection_to_comparing(sees_everybody=sees_everybody))

    title = str(_("Looking for people who are in the directory twice"))
    request_job(look_for_duplicates, kind="duplicates", title=title, by=by, href=href)


@tick("directory.territories", seconds=300)
def hand_territories_over() -> None:
    """Whoever holds a territory from today on gets the role that goes with it."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            begin_assignments(at=now(), by=job_actor("territories"))


@tick("directory.primary_places", seconds=300)
def follow_primary_places_of_today() -> None:
    """Whoever works elsewhere from today on is known by that place; whose address is over has
    another one, or none."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            follow_primary_places(by=_BY)
            leave_ended_contacts(by=_BY)


@task("directory.gather_stragglers", watched=False)
def gather(merge_id: str) -> None:
    """What was written of a record while it was merged follows it."""
    gather_stragglers(merge_of(uuid.UUID(merge_id)), by=SYSTEM)
