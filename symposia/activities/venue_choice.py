"""The venues of the directory for one activity: how many they seat, and what the rules say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity, DeliveryForm, Mode, Venue
from symposia.activities.queries import facts_known_of
from symposia.activities.venue_facts import known_of
from symposia.compliance.models import Result
from symposia.compliance.queries.partly import Said, said_about

MOST = 50
# The facts a venue decides.
NAMES = frozenset({"venue_kind", "venue_stars", "venue_is_luxury", "country"})
_UNKNOWN = dict.fromkeys(("venue_kind", "venue_stars", "venue_is_luxury"))


@dataclass(frozen=True)
class Candidate:
    """A venue that may be chosen, with what speaks for and against it."""

    venue: Venue
    # Of the largest room; nothing where no room says.
    seats: int | None
    is_too_small: bool
    said: Sequence[Said]

    @property
    def result(self) -> Result:
        """The gravest thing a rule says of it."""
        return self.said[0].result if self.said else Result.PASS

    @property
    def open_points(self) -> list[Said]:
        return [each for each in self.said if each.result != Result.PASS]


def candidates_for(activity: Activity) -> list[Candidate]:
    """The venues that are still chosen, those of the city first, each judged for this activity."""
    venues = list(Venue.objects.offered().prefetch_related("rooms")[:MOST])
    venues.sort(key=lambda v: (v.city.casefold() != activity.city.casefold(), v.name))
    facts = facts_known_of(activity)
    said = said_about(
        NAMES,
        [facts | _UNKNOWN | known_of(each) | {"country": each.country} for each in venues],
        activity.wall_starts.date(),
    )
    return [
        _candidate(venue, found, activity.expected_attendance)
        for venue, found in zip(venues, said, strict=True)
    ]


def said_of_venue(venue: Venue, on: date) -> list[Said]:
    """What the rules of a day say of a venue by itself, for a meeting in person there."""
    here = this_organisation()
    facts: dict[str, Any] = {
        "mode": Mode.SCIENTIFIC.value if here.is_company else Mode.INDEPENDENT.value,
        "delivery": DeliveryForm.IN_PERSON.value,
        "organisation_kind": here.kind,
        "organisation_country": here.country,
        "country": venue.country,
        # What happens there is another question.
        "entertainment": False,
    }
    return said_about(NAMES, [facts | known_of(venue)], on)[0]


def _candidate(venue: Venue, said: list[Said], expected: int) -> Candidate:
    seats = max((room.seats for room in venue.rooms.all() if room.seats), default=None)
    return Candidate(venue, seats, seats is not None and seats < expected, said)
