"""The files of a submission as its records stand: what is written, by whom, for whom."""

from collections.abc import Iterable
from datetime import datetime

from symposia.accounts.queries import this_organisation
from symposia.reporting.bodies import declared
from symposia.reporting.bodies.parts import Record, Sheet
from symposia.reporting.models import RowState, Submission, SubmissionRow
from symposia.reporting.queries import account_with

CONTENT_TYPES = {
    "xml": "application/xml",
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain",
}


def records_of(rows: Iterable[SubmissionRow]) -> list[Record]:
    """What can be sent of these rows."""
    ready = (row for row in rows if row.state in {RowState.READY, RowState.SENT})
    return [Record(row.record_id, row.action, row.facts) for row in ready]


def sheet_of(
    submission: Submission,
    rows: Iterable[SubmissionRow],
    *,
    made_at: datetime,
    is_trial: bool = False,
) -> Sheet:
    """A file of a submission to be written."""
    account = account_with(submission.body)
    return Sheet(
        number=submission.number,
        kind=submission.kind,
        provider=this_organisation().name,
        provider_number=account.provider_number if account else "",
        made_at=made_at,
        year=submission.year,
        records=records_of(rows),
        is_trial=is_trial,
    )


def trial_of(submission: Submission, rows: Iterable[SubmissionRow], ending: str) -> bytes:
    """The file as it would be now; nothing is kept, nothing is sent."""
    sheet = sheet_of(submission, rows, made_at=submission.made_at, is_trial=True)
    return declared(submission.kind).writers[ending](sheet)


def file_name(submission: Submission, ending: str) -> str:
    return f"{submission.number}.{ending}"
