"""Dry run and import as long work: read in pieces, told how far, safe to leave."""

import uuid
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from symposia.directory.actions.imports import (
    Reading,
    begin_check,
    begin_import,
    check_rows,
    import_rows,
)
from symposia.directory.imports.load import Verdict
from symposia.directory.queries import import_of
from symposia.shared.actors import Actor
from symposia.shared.jobs import Task, task
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress, request_job, run_job
from symposia.work.imports.kept import copy_of_kept
from symposia.work.models import Import


@task("directory.check_import", whole=False)
def check(organisation_id: uuid.UUID, job_id: str, import_id: str) -> None:
    """The dry run of a file."""
    _read(organisation_id, job_id, import_id, check_rows)


@task("directory.run_import", whole=False)
def bring_in(organisation_id: uuid.UUID, job_id: str, import_id: str) -> None:
    """The import of a checked file."""
    _read(organisation_id, job_id, import_id, import_rows)


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


def _request(work: Task, made: Import, title: str, *, by: Actor, href: str) -> None:
    title = title % {"file": made.file_name}
    request_job(work, kind="import", title=title[:200], by=by, href=href, import_id=str(made.pk))
