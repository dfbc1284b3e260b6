"""What a calendar can be filtered by: as it stands in an address, and what there is to choose."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from symposia.accounts.models import User
from symposia.accounts.permissions import Access
from symposia.activities.models import Activity, ActivityQuerySet, Session, Venue
from symposia.curriculum.models import Plan
from symposia.directory.models import Territory

Pair = tuple[str, str]
FILTERS = ("mode", "type", "owner", "venue", "territory", "area")


@dataclass(frozen=True)
class Wanted:
    """Which activities a calendar shows; nothing said of a filter means all."""

    mode: str = ""
    type: str = ""
    owner: uuid.UUID | None = None
    venue: uuid.UUID | None = None
    territory: uuid.UUID | None = None
    area: str = ""

    def apply(self, rows: ActivityQuerySet) -> QuerySet[Activity]:
        said: dict[str, Any] = {
            "mode": self.mode.replace("\0", ""),
            "type": self.type.replace("\0", ""),
            "owner": self.owner,
            "plan__therapy_area": self.area.replace("\0", ""),
        }
        found = rows.filter(**{name: value for name, value in said.items() if value})
        if self.territory:
            reach = ("territory", "territory__parent", "territory__parent__parent")
            found = found.filter(Q(*[(way, self.territory) for way in reach], _connector=Q.OR))
        if self.venue:
            kept = Session.objects.filter(place__venue=self.venue).values("activity")
            written = Venue.objects.filter(pk=self.venue).values("name")
            found = found.filter(Q(pk__in=kept) | Q(venue_name__in=written))
        return found


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """The filters of an address; what is no id counts as not said."""
    ids = {name: _id(given.get(name, "")) for name in ("owner", "venue", "territory")}
    return Wanted(
        mode=given.get("mode", ""), type=given.get("type", ""), area=given.get("area", ""), **ids
    )


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@dataclass
class Choices:
    """Values and words of each filter that has any."""

    owner: list[Pair] = field(default_factory=list)
    venue: list[Pair] = field(default_factory=list)
    territory: list[Pair] = field(default_factory=list)
    area: list[Pair] = field(default_factory=list)


def choices_for(access: Access) -> Choices:
    """Owners and therapy areas of what this person may see, venues and territories."""
    seen = Activity.objects.visible_to(access).order_by()
    plans = Plan.objects.exclude(therapy_area="").filter(pk__in=seen.values("plan"))
    rows = _as("owner", User.objects.filter(pk__in=seen.values("owner")), "pk", "full_name").union(
        _as("venue", Venue.objects.visible_to(access).filter(retired_at=None), "pk", "name"),
        _as("territory", Territory.objects.all(), "pk", "name"),
        _as("area", plans, "therapy_area", "therapy_area"),
    )
    found = Choices()
    for kind, value, words in rows:
        getattr(found, kind).append((value, words))
    for kind in Choices.__dataclass_fields__:
        getattr(found, kind).sort(key=lambda pair: pair[1].casefold())
    return found


def _as(kind: str, rows: QuerySet[Any], value: str, words: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            choice_kind=Value(kind, output_field=CharField()),
            choice_value=Cast(F(value), TextField()),
            choice_words=Cast(F(words), TextField()),
        )
        .values_list("choice_kind", "choice_value", "choice_words")
    )
    return found
