"""Rules of reports to bodies: pure, over loaded values."""

import re

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, State
from symposia.reporting.models import (
    DueReport,
    DueState,
    Providership,
    Submission,
    SubmissionState,
)
from symposia.shared.refusals import Objection

BIRTHDAY = re.compile(r"^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")

REPORT_NOT_OPEN = Objection(
    "report_not_open", _("This report is not open any more: it was sent, or set aside.")
)
WHY_NOT_REPORTED = Objection(
    "report_waived_why", _("Say why this is not reported; whoever inspects the record asks.")
)
REPORT_NOT_WAIVED = Objection("report_not_waived", _("This report was not set aside."))
REPORT_OF_CANCELLED = Objection(
    "report_of_cancelled", _("The activity was cancelled: nothing is reported of it any more.")
)
NOTHING_TO_REPORT = Objection(
    "nothing_to_report",
    _("There is nothing new to report of this kind for %(year)s."),
)
ONE_AT_A_TIME = Objection(
    "report_one_at_a_time",
    _("This body reads of one activity at a time: enter the number of the activity."),
)
NO_ACCOUNT = Objection(
    "no_body_account",
    _("Enter first as what %(body)s knows your organisation: its number of the provider."),
)
NOT_A_DRAFT = Objection(
    "submission_no_draft", _("This file is not a draft any more: it was sent or discarded.")
)
NOTHING_READY = Objection(
    "submission_nothing_ready",
    _("No record of this file can be sent as it is. Each says below what is missing."),
)
NOT_CHECKED = Objection(
    "submission_not_checked", _("Check the records and make the file before it is sent.")
)
NO_SERVICE = Objection(
    "no_body_service",
    _("%(body)s gave you no web service yet. Download the file and hand it in there."),
)
NOT_SENT = Objection("submission_not_sent", _("This file was not sent, so it has no answer."))
ANSWER_UNREADABLE = Objection(
    "answer_unreadable",
    _(
        "This answer cannot be read: %(why)s. It is a CSV file with the columns record, status,"
        " code and message, or XML with the same."
    ),
)
ANSWER_OF_OTHERS = Objection(
    "answer_of_others", _("None of the %(count)s records in this answer is in this file.")
)
NOTHING_REJECTED = Objection(
    "nothing_rejected", _("No record of this kind was rejected, so there is nothing to send again.")
)
BAD_BIRTHDAY = Objection(
    "bad_birthday", _("Write the day of birth as 1970-03-31, or the month and day as 03-31.")
)
NAMES_IN_PARTS = Objection(
    "names_in_parts", _("Enter the given name and the family name as the body knows them.")
)
NO_JOINT_PROVIDER = Objection(
    "report_no_joint_provider", _("Name the organisation that provides this activity with you.")
)
NO_SUPPORT_SAID = Objection("no_support_said", _("Enter an amount, or what was given in kind."))
SERVICE_HTTPS = Objection(
    "body_service_https", _("The web service of a body begins with https://.")
)
PROVIDER_NUMBER = Objection(
    "body_provider_number", _("Enter the number of the provider as %(body)s gave it.")
)


def objection_to_waiving(due: DueReport, *, reason: str) -> Objection | None:
    """Why a report is not set aside."""
    if due.state != DueState.OPEN:
        return REPORT_NOT_OPEN
    return None if reason.strip() else WHY_NOT_REPORTED


def objection_to_reopening_report(due: DueReport, activity: Activity) -> Objection | None:
    """Why a report is not owed again."""
    if activity.state == State.CANCELLED:
        return REPORT_OF_CANCELLED
    return None if due.state == DueState.WAIVED else REPORT_NOT_WAIVED


def objection_to_checking(submission: Submission) -> Objection | None:
    """Why the records of a file are not read and checked anew."""
    fresh = submission.state in {SubmissionState.DRAFT, SubmissionState.VALIDATED}
    return None if fresh else NOT_A_DRAFT


def objection_to_checked(submission: Submission) -> Objection | None:
    """Why no file was made of what was checked."""
    return NOTHING_READY if submission.is_draft else None


def objection_to_sending(submission: Submission) -> Objection | None:
    """Why a file does not go to its body."""
    return None if submission.is_validated else NOT_CHECKED


def objection_to_answer(submission: Submission) -> Objection | None:
    """Why no answer of a body is taken in."""
    return None if submission.was_sent else NOT_SENT


def objection_to_identity(given: str, family: str, born: str) -> Objection | None:
    """Why a body would not know a learner by these."""
    if not (given.strip() and family.strip()):
        return NAMES_IN_PARTS
    return BAD_BIRTHDAY if born and not BIRTHDAY.match(born) else None


def objection_to_activity_facts(providership: str, joint_with: str) -> Objection | None:
    """Why these facts of an activity do not go together."""
    joint = providership == Providership.JOINT
    return NO_JOINT_PROVIDER if joint and not joint_with.strip() else None


def objection_to_support(amount_minor: int, in_kind: str) -> Objection | None:
    """Why support is not noted."""
    return None if amount_minor > 0 or in_kind.strip() else NO_SUPPORT_SAID


def objection_to_account(provider_number: str, address: str, body: str) -> Objection | None:
    """Why a body would not know the organisation by these."""
    if not provider_number.strip():
        return PROVIDER_NUMBER.about(body=body)
    return SERVICE_HTTPS if address and not address.startswith("https://") else None
