"""Rules of transfers of value: who had a cost, what may be disputed, what is declared. Pure."""

from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import OVER, Activity
from symposia.reporting.models import (
    DisputeState,
    Kind,
    Submission,
    TransferDispute,
    TransferOfValue,
    YearlyDue,
    YearlyDueState,
)
from symposia.reporting.transfers.schemes import SchemeRule
from symposia.shared.refusals import Objection

NOT_OVER_YET = Objection(
    "attribution_not_over", _("Who had what is said once the activity has taken place.")
)
NOBODY_SAID = Objection(
    "cost_nobody_said", _("Choose who had it, or say how many people of the house.")
)
PASSED_WITHOUT_GRANT = Objection(
    "cost_passed_without_grant",
    _("What is passed on comes out of a grant: choose the organisation that received it."),
)
PASSED_MORE = Objection("cost_passed_more", _("More would be passed on than the grant was."))
NOTHING_TO_DISPUTE = Objection(
    "dispute_nothing", _("Nothing is left of this entry, so there is nothing to dispute.")
)
DISPUTED_ALREADY = Objection(
    "disputed_already", _("You have said that this is not right; the answer is not there yet.")
)
DISPUTE_WORDS = Objection("dispute_words", _("Say what is not right about it."))
DISPUTE_ANSWERED = Objection("dispute_answered", _("This objection was answered already."))
DISPUTE_ANSWER = Objection(
    "dispute_answer", _("Write the answer; the person who objected reads it.")
)
NOT_CORRECTED = Objection(
    "dispute_not_corrected",
    _(
        "Nothing of the entry has changed since. Say who had the cost, or take the entry back in"
        " the books; then it is corrected."
    ),
)
YEAR_NOT_OPEN = Objection("year_not_open", _("This was handed in or set aside already."))
YEAR_WHY = Objection("year_why", _("Say why this year is not reported."))
YEAR_NOT_WAIVED = Objection("year_not_waived", _("This year was not set aside."))
NOT_THE_HEAD = Objection(
    "declared_by_head",
    _("The executive head declares the year: somebody whose role here is “%(role)s”."),
)
NOT_DECLARABLE = Objection(
    "not_declarable", _("Check the annual form and make its file; then it is declared.")
)
DECLARED_ALREADY = Objection("declared_already", _("This file was declared already."))
POSITION_NEEDED = Objection("position_needed", _("Write your position in the company."))
NOT_DECLARED = Objection(
    "not_declared", _("The executive head has not declared this file yet. Then it can be sent.")
)
HOSPITAL_NUMBER = Objection(
    "hospital_number", _("The number of a teaching hospital has six digits.")
)
NOT_THERE = Objection(
    "sharer_not_there", _("A cost is shared by people who came to the activity or taught there.")
)
NO_SUCH_ORGANISATION = Objection(
    "sharer_no_organisation", _("The directory has no organisation of this name.")
)
NOBODY_KNOWN = Objection(
    "recipient_not_known", _("The directory does not know whoever had it; add them first.")
)
HEAD = "executive"


class HadIt(Protocol):
    """People, how many of the house, or an organisation that had a cost."""

    @property
    def people(self) -> object: ...
    @property
    def staff(self) -> int: ...
    @property
    def organisation(self) -> object: ...
    @property
    def passed_on(self) -> object: ...


def objection_to_attributing(activity: Activity) -> Objection | None:
    """Who was there is known afterwards."""
    return None if activity.state in OVER else NOT_OVER_YET


def objection_to_sharers(sharers: HadIt, passed_on: int, whole: int) -> Objection | None:
    """A cost is somebody's, and no more is passed on than there is."""
    if not (sharers.people or sharers.staff or sharers.organisation):
        return PASSED_WITHOUT_GRANT if sharers.passed_on else NOBODY_SAID
    if sharers.passed_on and not sharers.organisation:
        return PASSED_WITHOUT_GRANT
    return PASSED_MORE if passed_on > whole else None


def objection_to_disputing(
    transfer: TransferOfValue, is_open: bool, words: str
) -> Objection | None:
    """What still stands is disputed once, in words."""
    if transfer.amount_minor == 0:
        return NOTHING_TO_DISPUTE
    if is_open:
        return DISPUTED_ALREADY
    return None if words.strip() else DISPUTE_WORDS


def objection_to_answering(
    dispute: TransferDispute, state: str, answer: str, edition: int
) -> Objection | None:
    """An objection is answered once, in words; one that is corrected shows what changed."""
    if dispute.state != DisputeState.OPEN:
        return DISPUTE_ANSWERED
    if not answer.strip():
        return DISPUTE_ANSWER
    corrected = state == DisputeState.CORRECTED
    return NOT_CORRECTED if corrected and edition <= dispute.edition else None


def objection_to_waiving_year(due: YearlyDue, reason: str) -> Objection | None:
    """A year that is set aside says why."""
    if due.state != YearlyDueState.OPEN:
        return YEAR_NOT_OPEN
    return None if reason.strip() else YEAR_WHY


def objection_to_owing_year_again(due: YearlyDue) -> Objection | None:
    """Only what was set aside is owed again."""
    return None if due.state == YearlyDueState.WAIVED else YEAR_NOT_WAIVED


def objection_to_declaring(
    submission: Submission, *, is_head: bool, is_declared: bool, position: str
) -> Objection | None:
    """The executive head declares a file that was made, once."""
    if submission.kind != Kind.UCPMP_ANNUAL or not submission.is_validated:
        return NOT_DECLARABLE
    if not is_head:
        return NOT_THE_HEAD.about(role="Executive")
    if is_declared:
        return DECLARED_ALREADY
    return None if position.strip() else POSITION_NEEDED


def objection_to_undeclared(submission: Submission, is_declared: bool) -> Objection | None:
    """An annual form goes out once its head has declared it."""
    needs = submission.kind == Kind.UCPMP_ANNUAL and not is_declared
    return NOT_DECLARED if needs else None


def objection_to_hospital_number(number: str) -> Objection | None:
    """The number of a teaching hospital, as the list of CMS has it."""
    right = not number or (len(number) == 6 and number.isascii() and number.isalnum())
    return None if right else HOSPITAL_NUMBER


def answer_by(rule: SchemeRule | None, today: date) -> date:
    """By when an objection is answered: within the days that the scheme gives to correct."""
    days = rule.dispute_days + rule.correction_days if rule else 45
    return today + timedelta(days=days)
