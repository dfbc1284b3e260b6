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
from symposia.registrations.models.registrations import (
    CURRENT,
    Registration,
    RegistrationQuerySet,
    Source,
    State,
)
from symposia.registrations.models.waiting import Admission, AdmissionKind, Party, WaitlistTerms

__all__ = [
    "CURRENT",
    "Admission",
    "AdmissionKind",
    "Attending",
    "Counts",
    "Party",
    "Places",
    "PlacesQuerySet",
    "Registration",
    "RegistrationQuerySet",
    "Share",
    "ShareKind",
    "Source",
    "State",
    "TicketKey",
    "WaitlistTerms",
]
