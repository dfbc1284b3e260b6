from typing import Any

from django.db.models import OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import (
    Occasion,
    Refresh,
    Repeats,
    Series,
    SeriesTeamMember,
    TeamRole,
    Type,
)
from symposia.activities.repeating import said_rule
from symposia.shared.counting import CountOf
from symposia.shared.lists import Choice, Column, ListOf, Search, either


def _rows(access: Access) -> Any:
    made = Occasion.objects.filter(series=OuterRef("pk"))
    unseen = Refresh.objects.filter(series=OuterRef("pk"), looked_at=None)
    rows = Series.objects.visible_to(access).select_related("owner", "plan")
    return rows.annotate(sessions=CountOf(made), to_refresh=CountOf(unseen))


def _how_often(series: Series) -> str:
    """As a sentence begins: “Every week”, “Every 2 months on the same day”."""
    return capfirst(said_rule(series.repeats, series.interval))


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


SERIES = ListOf(
    name="series_list",
    title=_("Series"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column("title", _("Series"), "title", sort="title", url=lambda s: ("series", [s.pk])),
        Column("how_often", _("Takes place"), _how_often, sort="repeats"),
        Column("first", _("First day"), "first_on", sort="first_on", kind="day"),
        Column("until", _("Last day"), "until_on", sort="until_on", kind="day"),
        Column("sessions", _("Sessions made"), "sessions", kind="n"),
        Column("refresh", _("To refresh"), "to_refresh", kind="n"),
        Column("plan", _("Plan"), "plan__number", kind="id"),
        Column("owner", _("Owner"), either("owner__full_name", "owner__email")),
        Column("repeats", _("Kind of repetition"), "repeats", in_page=False),
        Column("interval", _("Every"), "interval", in_page=False),
        Column("type", _("Type"), "type", in_page=False),
        Column("mode", _("Mode"), "mode", in_page=False),
        Column("minutes", _("Minutes"), "minutes", in_page=False),
        Column("zone", _("Zone"), "zone", in_page=False),
        Column("summary", _("What it is about"), "summary", in_page=False),
        Column("venue", _("Venue"), "venue_name", in_page=False),
        Column("city", _("City"), "city", in_page=False),
        Column("country", _("Country"), "country", in_page=False),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("repeats", _("Takes place"), "repeats", Repeats.choices),
        Choice("type", _("Type"), "type", Type.choices),
    ),
    sort="-first_on",
    empty=_("A series is planned once and takes place again and again, such as grand rounds."),
)


def _team_rows(access: Access) -> Any:
    return SeriesTeamMember.objects.visible_to(access).select_related("series", "contributor")


def _search_team(rows: Any, text: str) -> Any:
    return rows.filter(
        Q(contributor__name__icontains=text)
        | Q(series__title__icontains=text)
        | Q(series__number__iexact=text.strip())
    )


SERIES_TEAM = ListOf(
    name="series_team",
    title=_("Teams of series"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_team_rows,
    columns=(
        Column(
            "name",
            _("Person"),
            "contributor__name",
            sort="contributor__name",
            url=lambda m: ("contributor", [m.contributor_id]),
        ),
        Column("role", _("Content role"), lambda m: m.get_role_display(), sort="role"),
        Column("number", _("Number"), "series__number", kind="id"),
        Column(
            "series",
            _("Series"),
            "series__title",
            sort="series__title",
            url=lambda m: ("series", [m.series_id]),
        ),
        Column("added_at", _("Added"), "added_at", sort="added_at", kind="moment"),
    ),
    filters=(
        Search("q", _("Person or series"), _search_team),
        Choice("role", _("Content role"), "role", TeamRole.choices),
    ),
    sort="series__title",
    empty=_("No series has a team of its own yet. It is named on the page of a series."),
)
