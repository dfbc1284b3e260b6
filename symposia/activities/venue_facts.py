"""What rules are told of the venue of an activity, where the directory knows it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from symposia.activities.models import Activity, DeliveryForm, Venue, VenueKind
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.compliance.facts import knows_facts

# What these are known for needs nobody's word.
_RENOWNED = frozenset({VenueKind.RESORT, VenueKind.ENTERTAINMENT})


def venue_rows(activity_id: uuid.UUID) -> QuerySet[Venue]:
    """The venue of the directory in which an activity takes place: one row, or none."""
    here = Activity.objects.filter(
        pk=activity_id, venue_name__iexact=OuterRef("name"), city__iexact=OuterRef("city")
    ).exclude(delivery=DeliveryForm.ONLINE)
    return Venue.objects.filter(Exists(here)).order_by("pk")[:1]


@knows_facts("activity", "venue")
def facts_of_venue(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """Its kind, class and repute; nothing where the directory does not know it."""
    found = next(iter(rows_of(activity_id, venue_rows)), None)
    return known_of(found) if found else {}


def known_of(venue: Venue) -> dict[str, Any]:
    """What is known of a venue, by the names that rules read."""
    is_renowned = True if venue.kind in _RENOWNED else venue.is_renowned
    known = {
        "venue_kind": venue.kind or None,
        "venue_stars": venue.stars,
        "venue_is_luxury": is_renowned,
    }
    return {name: value for name, value in known.items() if value is not None}


read_together(Batch.RULES, venue_rows)
