"""Who of one's own doctors is expected at an activity, and who of them is inside."""

from dataclasses import dataclass

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.attendance.models import PresenceEvidence, Standing
from symposia.attendance.queries import people_at_doors
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration, RegistrationQuerySet

# A phone shows so many; whoever is not among them is found by name.
MOST = 100


@dataclass(frozen=True)
class Expected:
    """A clinician with a place or the wish for one, and whether they are inside."""

    registration: Registration
    is_inside: bool
    # Whether whoever looks checked them in, and so may take it back.
    is_own: bool = False


@dataclass(frozen=True)
class Arrivals:
    """Whom a representative may check in, and whom of the own doctors the search found besides."""

    expected: list[Expected]
    others: list[Clinician]

    @property
    def inside(self) -> int:
        return sum(each.is_inside for each in self.expected)


def arrivals_of(activity: Activity, access: Access, text: str = "") -> Arrivals:
    """Those of one's own doctors who have or want a place; with a name, those without one too."""
    wanted = text.replace("\0", "").strip()[:80]
    rows = Registration.objects.visible_to(access, Permission.CHECK_IN).of(activity).current()
    rows = rows.search(wanted) if wanted else rows
    found = list(rows.with_people().order_by("clinician__search_text", "pk")[:MOST])
    standing = Standing.objects.filter(registration__in=[row.pk for row in found], is_inside=True)
    inside = dict(standing.values_list("registration_id", "event_uuid"))
    read = PresenceEvidence.objects.filter(event_uuid__in=inside.values(), by_id=access.user_id)
    own = set(read.values_list("registration_id", flat=True)) if inside else set()
    expected = [Expected(row, row.pk in inside, row.pk in own) for row in found]
    return Arrivals(expected, _others(access, wanted, found) if wanted else [])


def _others(access: Access, text: str, found: list[Registration]) -> list[Clinician]:
    people = people_at_doors(access).active().search(text)
    people = people.exclude(pk__in=[row.clinician_id for row in found])
    return list(people.select_related("institution").order_by("search_text", "pk")[:20])


def places_at(activity: Activity, access: Access) -> RegistrationQuerySet:
    """The places that somebody may check in at the door of the activity."""
    return Registration.objects.visible_to(access, Permission.CHECK_IN).of(activity)
