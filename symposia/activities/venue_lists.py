from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import (
    Equipment,
    EquipmentQuerySet,
    Venue,
    VenueKind,
    VenueQuerySet,
)
from symposia.shared.lists import Choice, Column, ListOf, Search


def _venues(access: Access) -> VenueQuerySet:
    return Venue.objects.visible_to(access).prefetch_related("rooms")


def _equipment(access: Access) -> EquipmentQuerySet:
    return Equipment.objects.visible_to(access).select_related("venue")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def _named(rows: Any, text: str) -> Any:
    return rows.filter(name__icontains=text)


VENUES = ListOf(
    name="venues",
    title=_("Venues"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_venues,
    columns=(
        Column("name", _("Venue"), "name", sort="name", url=lambda v: ("venue", [v.pk])),
        Column("city", _("City"), "city", sort="city"),
        Column("country", _("Country"), "country", sort="country"),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("stars", _("Stars"), "stars", sort="stars", kind="n"),
        Column("rooms", _("Rooms"), lambda v: ", ".join(sorted(r.name for r in v.rooms.all()))),
        Column("address", _("Address"), "address", in_page=False),
        Column("retired", _("No longer chosen"), "retired_because"),
    ),
    filters=(
        Search("q", _("Name or place"), _search),
        Choice("kind", _("Kind"), "kind", VenueKind.choices),
    ),
    sort="name",
    empty=_("A venue has rooms; a room is kept by one session at a time."),
)
EQUIPMENT = ListOf(
    name="equipment",
    title=_("Equipment"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_equipment,
    columns=(
        Column("name", _("Thing"), "name", sort="name", url=lambda e: ("equipment_item", [e.pk])),
        Column("venue", _("Stays at"), lambda e: str(e.venue or "")),
        Column(
            "retired",
            _("No longer offered since"),
            lambda e: e.retired_at.date() if e.retired_at else "",
        ),
    ),
    filters=(Search("q", _("Name"), _named),),
    sort="name",
    empty=_("Things that can be in one place at a time: simulators, cameras, translation sets."),
)
