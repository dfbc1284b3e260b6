"""What the demonstration has reported to bodies: a year's activities, learners of whom two were
rejected, and a return to a council that lacks its observer."""

from datetime import date, datetime, timedelta

import time_machine

from symposia.activities.models import Activity
from symposia.credits.models import CreditEntry
from symposia.demonstration.thread import Cast
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import Clinician, ConsentSource, Purpose
from symposia.reporting.actions.dues import reckon_all_reports, waive_report
from symposia.reporting.actions.facts import (
    AccountFacts,
    FactsOfActivity,
    keep_activity_facts,
    keep_body_account,
    keep_identity,
)
from symposia.reporting.actions.sending import send_submission, take_in_answer
from symposia.reporting.actions.submissions import begin_submission, check_submission
from symposia.reporting.models import Body, Channel, DueReport, Kind, Submission, SubmissionRow
from symposia.shared.actors import Actor

HEAD = "record,status,code,message,body number"
# What the body rejects of the learners: by their place in the file.
REJECTED = {
    2: ("L04", "The licence and the name do not belong together."),
    5: ("L11", "The date of birth is another."),
}
BORN = date(1962, 5, 17)


def tell_reported(cast: Cast, held: Activity, today: datetime) -> None:
    """The office reports what was held, and takes in what the body answered."""
    by = cast.actor("coordinator")
    with time_machine.travel(cast.at_work(today, 3), tick=True):
        if cast.organisation.is_company:
            _company(held, by)
        else:
            _provider(held, by)


def _provider(held: Activity, by: Actor) -> None:
    keep_body_account(Body.PARS, AccountFacts("0004567"), by=by)
    keep_body_account(Body.CPE_MONITOR, AccountFacts("0987"), by=by)
    facts = FactsOfActivity(
        region="MA", has_support=False, designed_for=["competence"], measured=["competence"]
    )
    keep_activity_facts(held, facts, by=by)
    _learners(held, by)
    reckon_all_reports(by=by)
    year = held.wall_ends.year
    activities = _sent(Kind.PARS_ACTIVITIES, year, held, by)
    numbers = [f"{row.record_id},accepted,,,001{row.position:06d}" for row in _rows(activities)]
    take_in_answer(activities, _answer(numbers), by=by)
    learners = _sent(Kind.PARS_LEARNERS, year, held, by)
    take_in_answer(learners, _answer(_of_learners(learners)), by=by)


def _learners(held: Activity, by: Actor) -> None:
    """Whoever earned credit agreed on the form of the evaluation; one did not."""
    earned = CreditEntry.objects.of(held).values("clinician")
    people = list(Clinician.objects.filter(pk__in=earned).order_by("search_text", "pk"))
    for number, person in enumerate(people):
        names = person.full_name.split()
        born = BORN + timedelta(days=411 * number)
        keep_identity(person, names[0], names[-1], born.isoformat(), by=by)
        if number:
            said = ConsentFacts(
                Purpose.REPORTING, "", given=True, source=ConsentSource.FORM, proof="Evaluation"
            )
            state_consent(person, said, by=by)


def _sent(kind: str, year: int, held: Activity, by: Actor) -> Submission:
    made = begin_submission(kind, year, activity=held, by=by)
    return send_submission(check_submission(made, by=by), channel=Channel.UPLOAD, by=by)


def _rows(submission: Submission) -> list[SubmissionRow]:
    return [row for row in SubmissionRow.objects.of(submission) if row.state == "sent"]


def _of_learners(submission: Submission) -> list[str]:
    lines = []
    for place, row in enumerate(_rows(submission), start=1):
        code, words = REJECTED.get(place, ("", ""))
        lines.append(f"{row.record_id},{'rejected' if code else 'accepted'},{code},{words},")
    return lines


def _answer(lines: list[str]) -> bytes:
    return "\n".join([HEAD, *lines, ""]).encode()


def _company(held: Activity, by: Actor) -> None:
    """A council reads who was there; whom it sent to watch nobody has entered yet."""
    reckon_all_reports(by=by)
    begin_submission(Kind.COUNCIL_RETURN, held.wall_ends.year, activity=held, by=by)
    rows = DueReport.objects.filter(kind=Kind.COUNCIL_APPLICATION).open()
    if due := rows.order_by("due_on", "pk").first():
        waive_report(due, reason="The council was asked by letter before the day.", by=by)
