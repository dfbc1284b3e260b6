"""People of the house by a file: taken in, looked at, brought in; the rules of one person at a
time hold for all of them, and nobody is ended because a file does not name them."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.actions import add_member, place_member, take_in_colleague
from symposia.accounts.memberships import member_of_address
from symposia.accounts.models import Membership
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of_ids, local_day, this_organisation
from symposia.audit.actions import record
from symposia.directory.actions.assignments import Days, assign_territory
from symposia.directory.colleagues.house import House, house_of
from symposia.directory.colleagues.judging import Judged, Verdict, judge_colleagues
from symposia.directory.colleagues.rows import MOST_ROWS, RoleWish, wishes_of
from symposia.directory.colleagues.words import FIELDS, KEEPS, KIND, MANAGER, TITLE, Reason
from symposia.directory.policies import (
    NO_EMAIL_COLUMN,
    NOT_YOUR_FILE,
    objection_to_checking,
    objection_to_importing,
)
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused, refuse_if
from symposia.shared.tenancy import acting_in
from symposia.work.apart import Unreadable
from symposia.work.imports.dry_runs import at_most
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.kept import sha256_of
from symposia.work.imports.shapes import Shape, shape_of, table_rows
from symposia.work.models import Import, ImportRow, ImportState


@transaction.atomic
def receive_colleagues(path: Path, *, name: str, by: Actor, storage_name: str = "") -> Import:
    """Take in a file: find out what it is, and what its columns meant last time."""
    shape = shape_of(path)
    made = Import(
        kind=KIND,
        file_name=name[:200],
        path=storage_name,
        size=path.stat().st_size,
        sha256=sha256_of(path),
        shape=shape.as_json(),
        header_hash=shape.header_hash,
        made_by_id=by.id,
        made_by_name=by.name,
    )
    before = Import.objects.like(made).first()
    made.mapping = before.mapping if before else {"columns": guess_columns(FIELDS, shape.header)}
    made.save(force_insert=True)
    record(by, "import.received", made, details={"sha256": made.sha256, "size": made.size})
    return made


@transaction.atomic
def begin_colleague_check(made: Import, columns: Mapping[str, int], *, by: Actor) -> Import:
    """Say what the columns mean, and ask for the dry run; the next file like it means the same."""
    made = Import.objects.select_for_update().get(pk=made.pk)

    refuse_if(objection_to_checking(made))
    refuse_if(None if "email" in columns else NO_EMAIL_COLUMN)

    made.mapping = {"columns": dict(columns)}
    made.move(ImportState.CHECKING, problem="", rows_read=0)
    made.save(update_fields=["mapping"])
    record(by, "import.check_requested", made, details={"columns": sorted(columns)})
    return made


@transaction.atomic
def begin_colleague_import(made: Import, *, by: Actor) -> Import:
    """Ask for the rows of a checked file to be brought in."""
    made = Import.objects.select_for_update().get(pk=made.pk)

    refuse_if(objection_to_importing(made))

    made.move(ImportState.IMPORTING, rows_read=0)
    record(by, "import.requested", made)
    return made


@dataclass(frozen=True)
class Errand:
    """A file of colleagues that a worker reads: whose, where it lies, for whom."""

    organisation_id: uuid.UUID
    import_id: uuid.UUID
    path: Path
    person: uuid.UUID


def check_colleagues(errand: Errand, *, by: Actor) -> Verdict:
    """The dry run: say of every row what it would do, and change nobody."""
    verdict = Verdict()
    with _ending_in_words(errand, by=by), acting_in(errand.organisation_id):
        made = Import.objects.select_for_update().get(pk=errand.import_id)
        verdict, _house = _judged(errand, made)
        _write_report(made, verdict)
        made.move(ImportState.CHECKED, counts=verdict.as_json(), rows_read=len(verdict.rows))
        record(by, "import.checked", made, details=verdict.as_json())
    return verdict


def import_colleagues(errand: Errand, *, by: Actor) -> Verdict:
    """Bring in the rows of a checked file, as the person who asked could do by hand. A row that a
    rule refuses says so in the report; the others come in, in one step."""
    verdict = Verdict()
    with _ending_in_words(errand, by=by), acting_in(errand.organisation_id):
        made = Import.objects.select_for_update().get(pk=errand.import_id)
        judged, house = _judged(errand, made)
        brought = [_brought_in(row, house, by=by) for row in judged.rows]
        verdict = Verdict([_placed(row, by=by) for row in brought])
        _write_report(made, verdict)
        facts = {"counts": verdict.as_json(), "rows_read": len(verdict.rows), "finished_at": now()}
        made.move(ImportState.DONE, **facts)
        details = {"sha256": made.sha256, **verdict.as_json()}
        record(by, "colleagues.imported", made, details=details)
    return verdict


def _judged(errand: Errand, made: Import) -> tuple[Verdict, House]:
    """What every row would do now; only for somebody who manages access of the whole house now."""
    at, organisation = now(), this_organisation()
    access = access_of_ids(errand.person, organisation.pk, at=at)

    may = access is not None and access.everywhere(Permission.MANAGE_ACCESS)
    refuse_if(None if may else NOT_YOUR_FILE)

    house = house_of(errand.person, zone=organisation.zone, at=at)
    with table_rows(errand.path, Shape.from_json(made.shape)) as rows:
        wishes = list(at_most(wishes_of(rows, made.mapping["columns"]), MOST_ROWS))
    return judge_colleagues(wishes, house), house


def _brought_in(row: Judged, house: House, *, by: Actor) -> Judged:
    """Somebody new is taken in, and gets the roles; what a rule refuses leaves no trace of the
    row."""
    if not row.is_taken:
        return row
    wanted = [role for role in row.wish.roles if _is_about(row, str(role))]
    try:
        with transaction.atomic():
            member = house.standing(row.wish.email) or take_in_colleague(
                row.wish.email, row.wish.full_name, by=by
            )
            for role in wanted:
                _give(role, member, house, by=by)
    except Refused as refused:
        return row.rejected(Reason.REFUSED, str(refused))
    return row


def _give(wish: RoleWish, member: Membership, house: House, *, by: Actor) -> None:
    """A territory is held from today on, by one at a time; other roles are given as by hand."""
    role = house.roles[wish.code]
    if house.assigns(wish):
        days = Days(local_day(house.at), wish.until)
        assign_territory(house.territories[wish.territory], member, role, days, by=by)
    else:
        add_member(member.user, role, by=by, **house.terms(wish))


def _placed(row: Judged, *, by: Actor) -> Judged:
    """Once everybody is here: what they are called, and to whom they report."""
    if not row.is_taken or not {TITLE, MANAGER} & set(row.changes):
        return row
    member = member_of_address(row.wish.email)
    if member is None:
        return row.rejected(Reason.REFUSED)
    above = member_of_address(row.wish.manager) if row.wish.manager else member.manager
    try:
        with transaction.atomic():
            place_member(member, title=row.wish.title or member.title, manager=above, by=by)
    except Refused as refused:
        return row.rejected(Reason.REFUSED, str(refused))
    return row


def _is_about(row: Judged, role: str) -> bool:
    return any(each[1:] == role and not each.startswith(KEEPS) for each in row.changes)


def _write_report(made: Import, verdict: Verdict) -> None:
    ImportRow.objects.filter(made=made).delete()
    ImportRow.objects.bulk_create(row.as_row(made.pk) for row in verdict.rows)


@contextmanager
def _ending_in_words(errand: Errand, *, by: Actor) -> Iterator[None]:
    """Whatever goes wrong, the import says so, and everybody is who they were."""
    try:
        yield
    except Unreadable as error:
        _fail(errand, str(error) or _("This file cannot be read."), by=by)
    except Refused as refused:
        _fail(errand, str(refused), by=by)
    except Exception:
        _fail(errand, _("This did not work, and nothing was imported. Try again."), by=by)
        raise


def _fail(errand: Errand, problem: str, *, by: Actor) -> None:
    with acting_in(errand.organisation_id):
        made = Import.objects.select_for_update().get(pk=errand.import_id)
        made.move(ImportState.FAILED, problem=problem)
        record(by, "import.failed", made, reason=problem)
