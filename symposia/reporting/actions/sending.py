"""A file goes to its body, and the body answers."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record, record_each
from symposia.reporting.actions.keeping import keep_file
from symposia.reporting.answers import Answered, Unreadable, by_record, read_answer
from symposia.reporting.bodies.collecting import facts_by_activity
from symposia.reporting.declared import declared_at
from symposia.reporting.events import SubmissionAnswered, SubmissionSent
from symposia.reporting.models import (
    ActivityFacts,
    Channel,
    DueReport,
    DueState,
    FilePurpose,
    Kind,
    RowState,
    Submission,
    SubmissionRow,
    SubmissionState,
    YearlyDue,
    YearlyDueState,
)
from symposia.reporting.policies import (
    ANSWER_OF_OTHERS,
    ANSWER_UNREADABLE,
    NO_SERVICE,
    objection_to_answer,
    objection_to_sending,
)
from symposia.reporting.queries import account_with, days_with
from symposia.reporting.transfer_rules import objection_to_undeclared
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import Refused, refuse_if
from symposia.shared.states import move_each


@transaction.atomic
def send_submission(submission: Submission, *, channel: str, by: Actor) -> Submission:
    """Say that a person handed the file in, or ask that it goes through the body's web service;
    what was held back stays behind and can be told of later."""
    submission = Submission.objects.locked(submission.pk)

    refuse_if(objection_to_sending(submission))
    refuse_if(objection_to_undeclared(submission, declared_at(submission) is not None))
    by_service = channel == Channel.SERVICE
    account = account_with(submission.body)
    reached = not by_service or (account is not None and account.has_service)
    refuse_if(None if reached else NO_SERVICE.about(body=str(submission.body.label)))

    rows = list(SubmissionRow.objects.of(submission).standing().select_for_update(of=("self",)))
    ready = [row for row in rows if row.state == RowState.READY]
    held = [row for row in rows if row.state == RowState.HELD]
    move_each(ready, RowState.SENT)
    if held:
        move_each(held, RowState.LEFT_OUT)
    at = now()
    submission.move(SubmissionState.SENT, sent_at=at, sent_by_name=by.name, channel=channel)
    _move_dues(submission, _activities(ready), DueState.SENT, by)
    _move_year(submission, YearlyDueState.SENT, "year.sent", by)
    if by_service:
        defer_named("reporting.hand_over", submission_id=str(submission.pk))

    details = {"channel": channel, "sent": len(ready), "held": len(held)}
    record(by, "submission.sent", submission, details=details)
    announce(SubmissionSent(submission.pk, submission.kind))
    return submission


def _activities(rows: Sequence[SubmissionRow]) -> set[uuid.UUID]:
    return {row.activity_id for row in rows if row.activity_id}


def _move_dues(submission: Submission, activity_ids: set[uuid.UUID], state: str, by: Actor) -> None:
    if submission.kind == Kind.PARS_ACTIVITIES:
        days = days_with(activity_ids, submission.year).values()
        activity_ids = {day for each in days for day in each}
    rows = DueReport.objects.filter(activity__in=activity_ids, kind=submission.kind)
    moving = [due for due in rows.select_for_update(of=("self",)) if due.can_move(state)]
    move_each(moving, state)
    record_each(by, f"report.{state}", moving)


def _move_year(submission: Submission, state: str, verb: str, by: Actor) -> None:
    """A file of a year's transfers settles what is owed of that year, a record of it that was
    rejected is owed; what was set aside stays so."""
    rows = YearlyDue.objects.filter(kind=submission.kind, year=submission.year)
    rows = rows.exclude(state=YearlyDueState.WAIVED)
    moving = [due for due in rows.select_for_update() if due.can_move(state)]
    move_each(moving, state)
    record_each(by, verb, moving)


@transaction.atomic
def take_in_answer(submission: Submission, content: bytes, *, by: Actor) -> int:
    """Take in what the body answered, record by record; how many it rejected."""
    submission = Submission.objects.locked(submission.pk)

    refuse_if(objection_to_answer(submission))
    answers = by_record(_read(content))
    rows = [
        row
        for row in SubmissionRow.objects.of(submission).select_for_update(of=("self",))
        if row.state == RowState.SENT
    ]
    found = [(row, said) for row in rows if (said := _said_of(row, answers))]
    refuse_if(None if found else ANSWER_OF_OTHERS.about(count=len(answers)))

    _answer(found)
    if submission.kind == Kind.PARS_ACTIVITIES:
        taken = ((row.activity_id, said.number) for row, said in found if said.is_taken)
        told = {pk: number for pk, number in taken if pk}
        _number({pk: number for pk, number in told.items() if number}, submission.year, by)
    ending = "xml" if content.lstrip()[:1] == b"<" else "csv"
    keep_file(submission, FilePurpose.ANSWER, ending, content, by=by)
    if len(found) == len(rows) and submission.state == SubmissionState.SENT:
        submission.move(SubmissionState.ANSWERED, answered_at=now(), problem="")
    _settle_dues(submission, by)
    rejected = sum(row.state == RowState.REJECTED for row, _said in found)
    if rejected:
        _move_year(submission, YearlyDueState.OPEN, "year.reopened", by)

    details = {"answered": len(found), "rejected": rejected}
    record(by, "submission.answered", submission, details=details)
    announce(SubmissionAnswered(submission.pk, submission.kind, rejected))
    return rejected


def _read(content: bytes) -> Sequence[Answered]:
    try:
        return read_answer(content)
    except Unreadable as error:
        raise Refused(ANSWER_UNREADABLE.about(why=str(error))) from error


def _said_of(row: SubmissionRow, answers: dict[str, Answered]) -> Answered | None:
    """By the record's own name, or by its place in the file."""
    return answers.get(row.record_id) or answers.get(str(row.position))


def _answer(found: Sequence[tuple[SubmissionRow, Answered]]) -> None:
    at = now()
    for row, said in found:
        row.answer_code, row.answer_words = said.code, said.words
    worded = [row for row, _said in found if row.answer_code or row.answer_words]
    SubmissionRow.objects.bulk_update(worded, ["answer_code", "answer_words"], batch_size=1000)
    move_each([row for row, said in found if said.is_taken], RowState.ACCEPTED, answered_at=at)
    move_each([row for row, said in found if not said.is_taken], RowState.REJECTED, answered_at=at)


def _number(numbers: Mapping[uuid.UUID, str], year: int, by: Actor) -> None:
    """Learners are told of by the number that the body gave their activity: a day of a series by
    that of the series, of which the first day alone stands in the record."""
    told = {day: numbers[pk] for pk, days in days_with(numbers, year).items() for day in days}
    known = list(facts_by_activity(told).values())
    others = told.keys() - {kept.activity_id for kept in known}
    made = [ActivityFacts(activity_id=pk) for pk in told if pk in others]
    for kept in (*known, *made):
        kept.body_number = told[kept.activity_id]
        kept.changed_at, kept.changed_by_name = now(), by.name
    ActivityFacts.objects.bulk_create(made, batch_size=1000)
    changed = ["body_number", "changed_at", "changed_by_name"]
    ActivityFacts.objects.bulk_update(known, changed, batch_size=1000)
    record_each(by, "report.facts_numbered", (*known, *made))


def _settle_dues(submission: Submission, by: Actor) -> None:
    """An activity is reported once every record of it was taken; one that was rejected is owed."""
    states: dict[uuid.UUID, set[str]] = defaultdict(set)
    rows = SubmissionRow.objects.of(submission).exclude(activity=None)
    for activity_id, state in rows.values_list("activity_id", "state"):
        states[activity_id].add(state)
    rejected = {pk for pk, said in states.items() if RowState.REJECTED in said}
    waiting = {pk for pk, said in states.items() if RowState.SENT in said}
    taken = {pk for pk, said in states.items() if RowState.ACCEPTED in said}
    _move_dues(submission, rejected, DueState.OPEN, by)
    _move_dues(submission, taken - rejected - waiting, DueState.DONE, by)


@transaction.atomic
def note_service_failed(submission: Submission, problem: str, *, by: Actor) -> None:
    """Keep what kept the web service from taking the file; it is tried again."""
    submission = Submission.objects.locked(submission.pk)
    submission.problem = problem[:300]
    submission.save(update_fields=["problem"])
    record(by, "submission.not_taken", submission, reason=problem[:300])
