"""Wishes for a place, the counts that hold them, and how a waitlist moves."""

from symposia.registrations.models.places import Places, PlacesQuerySet
from symposia.registrations.models.registrations import (
    CURRENT,
    Registration,
    RegistrationQuerySet,
    Source,
    State,
)
from symposia.registrations.models.waiting import Party, WaitlistTerms

__all__ = [
    "CURRENT",
    "Party",
    "Places",
    "PlacesQuerySet",
    "Registration",
    "RegistrationQuerySet",
    "Source",
    "State",
    "WaitlistTerms",
]
