"""A file to a body: begun of what is new, checked record by record, made, discarded, sent again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.reporting.actions.keeping import keep_file
from symposia.reporting.bodies import declared
from symposia.reporting.bodies.parts import Declared, Line, Scope
from symposia.reporting.composing import sheet_of
from symposia.reporting.models import (
    FilePurpose,
    RowAction,
    RowState,
    Submission,
    SubmissionRow,
    SubmissionState,
)
from symposia.reporting.policies import (
    NO_ACCOUNT,
    NOTHING_REJECTED,
    NOTHING_TO_REPORT,
    ONE_AT_A_TIME,
    objection_to_checked,
    objection_to_checking,
)
from symposia.reporting.queries import account_with
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, Written, refuse_if
from symposia.shared.states import move_each


@dataclass(frozen=True)
class _Wanted:
    """A record to write: a line of now, or one that a body took and that holds no longer."""

    line: Line
    edition: int = 1
    action: str = RowAction.ADD
    record_id: str = ""


@transaction.atomic
def begin_submission(
    kind: str, year: int, *, activity: Activity | None = None, by: Actor
) -> Submission:
    """Begin a file of everything of a kind that no file has told of yet, and of what changed since
    it was told."""
    what = declared(kind)
    refuse_if(ONE_AT_A_TIME if what.of_one and activity is None else None)
    _refuse_without_account(what)
    lines = what.collect(Scope(year, activity.pk if activity else None))

    wanted = _news(kind, lines)

    refuse_if(None if wanted else NOTHING_TO_REPORT.about(year=year))

    made = _made(kind, year, activity, by)
    _add(made, wanted, what)
    record(by, "submission.begun", made, details={"records": len(wanted)})
    return made


@transaction.atomic
def resend_rejected(submission: Submission, *, by: Actor) -> Submission:
    """Begin a file of what a body rejected in another, as those records stand now."""
    submission = Submission.objects.locked(submission.pk)
    rows = list(SubmissionRow.objects.of(submission).rejected().select_for_update(of=("self",)))

    refuse_if(None if rows else NOTHING_REJECTED)

    what = declared(submission.kind)
    _refuse_without_account(what)
    scope = Scope(submission.year, submission.activity_id)
    now_said = {line.source_key: line for line in what.collect(scope)}
    wanted = [
        _Wanted(line, row.edition, row.action, row.record_id)
        for row in rows
        if (line := _as_it_was(row) if _is_taken_back(row) else now_said.get(row.source_key))
    ]
    refuse_if(None if wanted else NOTHING_TO_REPORT.about(year=submission.year))

    move_each(rows, RowState.RESENT)
    made = _made(submission.kind, submission.year, submission.activity, by)
    _add(made, wanted, what)
    record(by, "submission.resent", made, details={"of": submission.number})
    return made


def _refuse_without_account(what: Declared) -> None:
    body = Submission(kind=what.kind).body
    has_one = not what.needs_account or account_with(body)
    refuse_if(None if has_one else NO_ACCOUNT.about(body=str(body.label)))


def _made(kind: str, year: int, activity: Activity | None, by: Actor) -> Submission:
    return Submission.objects.create(
        number=next_numbers("REP", year=year)[0],
        kind=kind,
        year=year,
        activity=activity,
        made_by_name=by.name,
    )


def _news(kind: str, lines: Sequence[Line]) -> list[_Wanted]:
    """Lines that no file tells of, and what changed since a body took it."""
    told, editions = _told(kind, [line.source_key for line in lines])
    wanted: list[_Wanted] = []
    for line in lines:
        before = told.get(line.source_key)
        if before is None and _holds(line):
            wanted.append(_Wanted(line, editions.get(line.source_key, 0) + 1))
        elif before is not None and before.state == RowState.ACCEPTED:
            wanted += _changed(before, line)
    return wanted


def _told(kind: str, keys: Collection[str]) -> tuple[dict[str, SubmissionRow], dict[str, int]]:
    """What stands of these records with the body or on its way there, and the last edition."""
    told: dict[str, SubmissionRow] = {}
    editions: dict[str, int] = {}
    rows = SubmissionRow.objects.filter(kind=kind, source_key__in=keys).standing()
    for row in rows.order_by("edition", "pk"):
        editions[row.source_key] = row.edition
        if not _is_taken_back(row):
            told[row.source_key] = row
        elif (before := told.get(row.source_key)) and before.edition == row.edition:
            del told[row.source_key]
    return told, editions


def _changed(before: SubmissionRow, line: Line) -> list[_Wanted]:
    """An activity is told anew under its number; of a learner bodies know no change, so that an
    amount that is another now is taken back and told under another name."""
    if line.facts.get("gone"):
        return [_Wanted(_as_it_was(before), before.edition, RowAction.DELETE, before.record_id)]
    if line.clinician_id is None:
        anew = _Wanted(line, before.edition + 1, RowAction.UPDATE, before.record_id)
        return [] if before.facts == line.facts else [anew]
    return _taken_back(before, line) if _amount(before.facts) != _amount(line.facts) else []


def _holds(line: Line) -> bool:
    return _amount(line.facts) != "0" and not line.facts.get("gone")


def _amount(facts: object) -> str:
    return str(facts.get("amount", "")) if isinstance(facts, dict) else ""


def _taken_back(before: SubmissionRow, line: Line) -> list[_Wanted]:
    old = _as_it_was(before)
    found = [_Wanted(old, before.edition, RowAction.DELETE, before.record_id)]
    return [*found, _Wanted(line, before.edition + 1)] if _holds(line) else found


def _is_taken_back(row: SubmissionRow) -> bool:
    return row.action == RowAction.DELETE


def _as_it_was(row: SubmissionRow) -> Line:
    """A record as a body was told of it: only so it is taken back."""
    return Line(row.source_key, row.activity_id, row.label, row.facts, row.clinician_id)


def _add(submission: Submission, wanted: Sequence[_Wanted], what: Declared) -> None:
    SubmissionRow.objects.bulk_create(
        [_row(submission, position, each, what) for position, each in enumerate(wanted, start=1)],
        batch_size=1000,
    )


def _row(submission: Submission, position: int, each: _Wanted, what: Declared) -> SubmissionRow:
    line, problems = each.line, what.check(each.line.facts)
    return SubmissionRow(
        submission=submission,
        kind=submission.kind,
        position=position,
        activity_id=line.activity_id,
        clinician_id=line.clinician_id,
        source_key=line.source_key,
        edition=each.edition,
        action=each.action,
        record_id=each.record_id or _name_of(each),
        label=line.label[:300],
        facts=line.facts,
        problems=_as_written(problems),
        state=RowState.HELD if problems else RowState.READY,
    )


def _name_of(each: _Wanted) -> str:
    """By what the body keeps it: the number of the activity, or a name that no other award has."""
    if each.line.clinician_id is None:
        return str(each.line.facts["number"])
    return f"ccid:{this_organisation().slug}:{each.line.source_key}-{each.edition}"


def _as_written(problems: Iterable[Objection]) -> list[dict[str, object]]:
    """Sentences before they are translated, and what is filled into them."""
    return [{"code": each.code, **asdict(Written.of(each))} for each in problems]


def check_submission(submission: Submission, *, by: Actor) -> Submission:
    """Read the records again as they stand, say of each what is wrong, and make the files; their
    exact bytes are kept. Where nothing can be sent, what was read is kept nevertheless."""
    checked = _checked(submission, by)

    refuse_if(objection_to_checked(checked))

    return checked


@transaction.atomic
def _checked(submission: Submission, by: Actor) -> Submission:
    submission = Submission.objects.locked(submission.pk)

    refuse_if(objection_to_checking(submission))

    what = declared(submission.kind)
    scope = Scope(submission.year, submission.activity_id)
    lines = {line.source_key: line for line in what.collect(scope)}
    rows = list(SubmissionRow.objects.of(submission).standing().select_for_update(of=("self",)))
    _read_again(rows, lines, what)
    ready = [row for row in rows if row.state == RowState.READY]

    if submission.is_validated:
        submission.move(SubmissionState.DRAFT)
    if not ready:
        record(by, "submission.held", submission, details={"ready": 0, "held": len(rows)})
        return submission
    submission.move(SubmissionState.VALIDATED, validated_at=now())
    hashes = _make_files(submission, ready, what.writers, by)
    details = {"ready": len(ready), "held": len(rows) - len(ready), "sha256": hashes}
    record(by, "submission.validated", submission, details=details)
    return submission


def _read_again(rows: Sequence[SubmissionRow], lines: Mapping[str, Line], what: Declared) -> None:
    """What records say now; one that is taken back says what it said."""
    changed: list[SubmissionRow] = []
    moving: dict[str, list[SubmissionRow]] = defaultdict(list)
    for row in rows:
        line = lines.get(row.source_key)
        if _is_taken_back(row):
            continue
        if line is None or not _holds(line):
            moving[RowState.LEFT_OUT].append(row)
            continue
        if _says_anew(row, line, what):
            changed.append(row)
        state = RowState.HELD if row.problems else RowState.READY
        if row.state != state:
            moving[state].append(row)
    SubmissionRow.objects.bulk_update(changed, ["facts", "label", "problems"], batch_size=1000)
    for to, each in moving.items():
        move_each(each, to)


def _says_anew(row: SubmissionRow, line: Line, what: Declared) -> bool:
    """Let a record say what holds now; whether that is anything else than before."""
    before = (row.facts, row.label, row.problems)
    row.facts, row.label = line.facts, line.label[:300]
    row.problems = _as_written(what.check(line.facts))
    return before != (row.facts, row.label, row.problems)


def _make_files(
    submission: Submission, rows: Sequence[SubmissionRow], endings: Collection[str], by: Actor
) -> dict[str, str]:
    sheet = sheet_of(submission, rows, made_at=submission.validated_at or now())
    writers = declared(submission.kind).writers
    return {
        ending: keep_file(
            submission, FilePurpose.FINAL, ending, writers[ending](sheet), by=by
        ).sha256
        for ending in endings
    }


@transaction.atomic
def discard_submission(submission: Submission, *, by: Actor) -> Submission:
    """Let go of a file that was not sent; its records can be told of by another."""
    submission = Submission.objects.locked(submission.pk)

    refuse_if(objection_to_checking(submission))

    move_each(list(SubmissionRow.objects.of(submission).standing()), RowState.LEFT_OUT)
    submission.move(SubmissionState.DISCARDED)
    record(by, "submission.discarded", submission)
    return submission
