"""When a recording may be offered, for how long, and by when it is reviewed. Pure."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, EnduringTerm
from symposia.activities.policies import NOT_NOW
from symposia.activities.repeating import said_day
from symposia.activities.standards.enduring import review_period_on
from symposia.activities.types import enduring_types
from symposia.shared.refusals import Objection

ONLY_EDUCATION = Objection(
    "recording_of_education", _("Only independent education becomes enduring material here.")
)
NO_ENDURING_TYPE = Objection("no_enduring_type", _("Choose a type of enduring material."))
ENDS_BEFORE_RELEASE = Objection(
    "ends_before_release", _("It is offered for a while: the last day is after the first.")
)
REVIEW_TOO_LATE = Objection(
    "review_too_late",
    _(
        "It is reviewed by %(latest)s at the latest: within %(months)s months of its release or"
        " last review."
    ),
)
REVIEW_OUTSIDE = Objection(
    "review_before_release", _("The review is after the first day on which it is offered.")
)
NO_TERM = Objection(
    "no_enduring_term", _("The days of release, review and termination are missing.")
)
REVIEW_DUE = Objection("review_due", _("Its review was due on %(day)s."))
OUTCOME_MISSING = Objection("outcome_missing", _("Say what the review found."))


@dataclass(frozen=True)
class Term:
    """From when to when it is offered, and by when it is reviewed."""

    released_on: date
    review_on: date
    ends_on: date


def is_enduring(activity: Activity) -> bool:
    return activity.type in enduring_types()


def objection_to_recording(source: Activity) -> Objection | None:
    """Only what took place has a recording, and only education becomes enduring material."""
    if not source.is_over:
        return NOT_NOW.about(state=source.get_state_display())
    return None if source.is_independent else ONLY_EDUCATION


def objection_to_enduring_type(code: str) -> Objection | None:
    """Only material that lasts has a term."""
    return None if code in enduring_types() else NO_ENDURING_TYPE


def objection_to_term(term: Term) -> Objection | None:
    """A term ends after it begins, and lasts no longer than is allowed."""
    if term.ends_on <= term.released_on:
        return ENDS_BEFORE_RELEASE
    return objection_to_review_day(term.released_on, term.review_on)


def objection_to_review_day(since: date, review_on: date) -> Objection | None:
    """The next review follows the release or the last review within the accreditor's period."""
    if review_on <= since:
        return REVIEW_OUTSIDE
    months = review_period_on(since).review_within_months
    latest = since + relativedelta(months=months)
    if review_on > latest:
        return REVIEW_TOO_LATE.about(latest=said_day(latest), months=months)
    return None


def objection_to_reviewing(term: EnduringTerm, *, outcome: str) -> Objection | None:
    """What is offered, or will be, is reviewed, with an outcome."""
    if term.activity.state in {"cancelled", "closed"}:
        return NOT_NOW.about(state=term.activity.get_state_display())
    return None if outcome.strip() else OUTCOME_MISSING
