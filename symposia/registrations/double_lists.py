"""People with places at two activities at one time, who will stay away from one of them."""

from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import UPCOMING, State
from symposia.activities.types import enduring_types
from symposia.registrations.lists import PEOPLE_COLUMNS, TONES
from symposia.registrations.models import Registration
from symposia.registrations.models import State as PlaceState
from symposia.shared.lists import Choice, Column, ListOf, Search

_TAKE_PLACE = UPCOMING - {State.POSTPONED}


def _places(access: Any) -> Any:
    """Places somebody may see, at what takes place on a day: a recording is there all year."""
    rows = Registration.objects.visible_to(access).current()
    coming = rows.filter(activity__state__in=_TAKE_PLACE)
    return coming.exclude(activity__type__in=enduring_types())


def _rows(access: Any, **_kwargs: Any) -> Any:
    at_that_time = (
        _places(access)
        .filter(
            clinician=OuterRef("clinician"),
            activity__starts_at__lt=OuterRef("activity__ends_at"),
            activity__ends_at__gt=OuterRef("activity__starts_at"),
        )
        .exclude(activity=OuterRef("activity"))
        .order_by("activity__starts_at", "pk")
    )
    rows = _places(access).with_people().filter(activity__ends_at__gt=now())
    return rows.filter(Exists(at_that_time)).annotate(
        other_number=Subquery(at_that_time.values("activity__number")[:1]),
        other_title=Subquery(at_that_time.values("activity__title")[:1]),
        other_id=Subquery(at_that_time.values("activity")[:1]),
    )


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


DOUBLE_PLACES = ListOf(
    name="double_places",
    title=_("Places at one time"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_rows,
    columns=(
        *PEOPLE_COLUMNS,
        Column(
            "activity",
            _("Has a place at"),
            "activity__title",
            sort="activity__title",
            url=lambda r: ("activity_people", [r.activity_id]),
        ),
        Column(
            "starts_at", _("Begins"), "activity__starts_at", "activity__starts_at", kind="moment"
        ),
        Column(
            "state", _("State"), "state", sort="state", kind="state", tone=lambda r: TONES[r.state]
        ),
        Column(
            "other",
            _("And at that time at"),
            "other_title",
            url=lambda r: ("activity_people", [r.other_id]),
        ),
        Column("number", _("Number"), "activity__number", in_page=False),
        Column("other_number", _("Number of the other"), "other_number", in_page=False),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or ticket code"), _search),
        Choice("state", _("State"), "state", PlaceState.choices),
    ),
    sort="activity__starts_at",
    empty=_("Nobody has a place at two activities at one time."),
)
