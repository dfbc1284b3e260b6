"""Wishes for a place, the counts that hold them, and how a waitlist moves."""

from symposia.registrations.models.keys import TicketKey
from symposia.registrations.models.places import (
    Attending,
    Counts,
    Places,
    PlacesQuerySet,
    Share,
    ShareKind,
)
from symposia.registrations.models.questions import (
    LONGEST_ANSWER,
    LONGEST_CHOICE,
    NO,
    YES,
    Need,
    QuestionKind,
    RegistrationAnswer,
    RegistrationQuestion,
    said,
)
from symposia.registrations.models.registrations import (
    CURRENT,
    Registration,
    RegistrationQuerySet,
    Source,
    State,
)
from symposia.registrations.models.sessions import (
    ChoiceState,
    SessionChoice,
    SessionPlaces,
)
from symposia.registrations.models.waiting import Admission, AdmissionKind, Party, WaitlistTerms

__all__ = [
    "CURRENT",
    "LONGEST_ANSWER",
    "LONGEST_CHOICE",
    "NO",
    "YES",
    "Admission",
    "AdmissionKind",
    "Attending",
    "ChoiceState",
    "Counts",
    "Need",
    "Party",
    "Places",
    "PlacesQuerySet",
    "QuestionKind",
    "Registration",
    "RegistrationAnswer",
    "RegistrationQuerySet",
    "RegistrationQuestion",
    "SessionChoice",
    "SessionPlaces",
    "Share",
    "ShareKind",
    "Source",
    "State",
    "TicketKey",
    "WaitlistTerms",
    "said",
]
