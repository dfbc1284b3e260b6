"""What an organisation offers to everybody: activities that are open, with credit and places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from symposia.activities.models import Activity, Mode, State
from symposia.activities.numbers import numbers_of, with_numbers
from symposia.activities.types import enduring_types
from symposia.credits.models import CreditOffer
from symposia.registrations.models import Admission, AdmissionKind
from symposia.registrations.queries import SEATS, Seats, seats_from

# More than anybody reads; whoever offers more narrows it down.
MOST = 500


@dataclass(frozen=True)
class Listed:
    """One activity as the catalogue shows it."""

    activity: Activity
    seats: Seats
    offers: tuple[CreditOffer, ...]
    # Enduring material that may be begun at once, for as long as it is offered.
    is_any_time: bool = False

    @property
    def month(self) -> date:
        first: date = self.activity.wall_starts.date().replace(day=1)
        return first

    @property
    def months(self) -> set[str]:
        return set() if self.is_any_time else {f"{self.month:%Y-%m}"}

    @property
    def systems(self) -> set[str]:
        return {offer.system.code for offer in self.offers}

    def fits(self, wanted: Mapping[str, str]) -> bool:
        """Whether it is among what somebody looks for; what is not asked does not matter."""
        credit, form = wanted.get("credit"), wanted.get("form")
        return (
            (not credit or credit in self.systems)
            and (not form or form in self.forms)
            and wanted.get("city") in {None, "", self.activity.city}
            and wanted.get("month") in {None, "", *self.months}
        )

    @property
    def forms(self) -> set[str]:
        """Whoever wants to come in person, or online, finds what is both."""
        delivery = self.activity.delivery
        return {"in_person", "online"} if delivery == "hybrid" else {delivery}


def open_to_everybody(text: str, *, at: datetime) -> list[Listed]:
    """The activities that anybody may ask for a place at, the soonest first; what may be begun at
    any time stands after them.

    What promotes a product is not shown to the public; whoever is invited has its address.
    """
    invited = Admission.objects.filter(kind=AdmissionKind.INVITED).values("activity")
    rows = Activity.objects.filter(state=State.OPEN, ends_at__gt=at)
    rows = rows.exclude(mode=Mode.PROMOTIONAL).exclude(pk__in=invited)
    for word in text.split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    found = list(with_numbers(rows).order_by("starts_at", "pk")[:MOST])
    offers = _offers(found)
    lasting = frozenset(enduring_types())
    listed = [
        Listed(
            each,
            seats_from(each, numbers_of(each, *SEATS)),
            tuple(offers.get(each.pk, ())),
            is_any_time=each.type in lasting and each.starts_at <= at,
        )
        for each in found
    ]
    return sorted(listed, key=lambda each: each.is_any_time)


def _offers(activities: Iterable[Activity]) -> dict[object, list[CreditOffer]]:
    """The credit that is designated, of accredited education alone."""
    accredited = [each.pk for each in activities if each.is_independent]
    designated = CreditOffer.objects.filter(activity__in=accredited, designated_at__isnull=False)
    found: dict[object, list[CreditOffer]] = {}
    for offer in designated.select_related("system").order_by("system__name"):
        found.setdefault(offer.activity_id, []).append(offer)
    return found
