import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class ActivityCreated:
    """An activity was begun as a draft."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class ActivityChanged:
    """Some facts of the plan are now others; `fields` names them."""

    activity_id: uuid.UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class SessionRemoving:
    """A session is about to leave the agenda; whoever holds something that keeps it says so."""

    session_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class ActivitySubmitted:
    """A plan asks for its approvals."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class ActivityReturned:
    """Its approvers ask for changes."""

    activity_id: uuid.UUID
    reason: str


@dataclass(frozen=True)
class ActivityApproved:
    """Everybody who had to has signed."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class ActivityConfirmed:
    """Its approvers have signed again what changed after their approval."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class ActivityOpened:
    """People may be invited and may register."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class ActivityRescheduled:
    """It takes place at another time; calendars of people must follow."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class ActivityPostponed:
    """It will take place later; nobody knows yet when."""

    activity_id: uuid.UUID
    reason: str


@dataclass(frozen=True)
class ActivityCancelled:
    """It will not take place; whoever was asked must be told."""

    activity_id: uuid.UUID
    reason: str


@dataclass(frozen=True)
class ActivityStarted:
    """It runs: the doors are open."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class ActivityHeld:
    """It took place; attendance can be reconciled."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class ActivityClosed:
    """Its books are closed, and nothing of it changes any more."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class DisclosureGiven:
    """A person declared anew; what was decided of other relationships has to be looked at."""

    contributor_id: uuid.UUID
    number: int


@dataclass(frozen=True)
class ContentReviewed:
    """A reviewer judged one file of an activity's content."""

    activity_id: uuid.UUID
    item_id: uuid.UUID
    verdict: str


@dataclass(frozen=True)
class FacultyAnswered:
    """Somebody who was asked to teach said yes or no."""

    activity_id: uuid.UUID
    contributor_id: uuid.UUID
    accepted: bool


@dataclass(frozen=True)
class SeriesChanged:
    """A series has other days, words or sessions than before."""

    series_id: uuid.UUID


@dataclass(frozen=True)
class ApplicationAnswered:
    """A reviewer accepted, returned or refused what somebody applied for."""

    application_id: uuid.UUID
    state: str


@dataclass(frozen=True)
class AgencyEnded:
    """An agency and whoever it sent do not work for us any more."""

    agency_id: uuid.UUID


@dataclass(frozen=True)
class ArrangementChanged:
    """Something arranged for an activity is new, other, or no longer wanted; its cost with it."""

    activity_id: uuid.UUID
    arrangement_id: uuid.UUID


@dataclass(frozen=True)
class AgreementChanged:
    """What a person is engaged for, or paid, is another: the estimate follows."""

    activity_id: uuid.UUID
    agreement_id: uuid.UUID
