"""Where people work and worked, and the institutions, as lists."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.affiliating import as_day
from symposia.directory.models import (
    Affiliation,
    Clinician,
    Institution,
    InstitutionKind,
    OwnOf,
)
from symposia.directory.own_listing import own_more
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

_SEES = Permission.VIEW_DIRECTORY
RANKS = [("primary", _("Primary")), ("beside", _("Beside it"))]
_RANK = Case(
    When(is_primary=True, then=Value("primary")),
    default=Value("beside"),
    output_field=CharField(choices=RANKS),
)


@dataclass(frozen=True)
class Rank(Choice):
    """A filter by whether it is the primary place."""

    def apply(self, rows: Any, values: list[str]) -> Rows:
        wanted = {value == "primary" for value in values if value in {"primary", "beside"}}
        found: Rows = rows.filter(is_primary__in=wanted) if wanted else rows
        return found


def _of_person(rows: Rows, text: str) -> Rows:
    return rows.filter(clinician__in=Clinician.objects.search(text))


def _at(rows: Rows, text: str) -> Rows:
    named = Q(institution__name__icontains=text) | Q(institution__city__iexact=text)
    return rows.filter(named)


def _on(rows: Any, text: str) -> Rows:
    found: Rows = rows.on(as_day(text) or local_day())
    return found


def _rows(access: Any, **kwargs: Any) -> Rows:
    """Of one person, of one institution, or everybody's."""
    rows: Rows = Affiliation.objects.visible_to(access).for_list()
    if pk := kwargs.get("institution_pk"):
        return rows.filter(institution=pk)
    return rows


_WHO = Column(
    *("person", _("Name"), either("clinician__display_name", "clinician__full_name")),
    sort="clinician__search_text",
    url=lambda row: ("clinician_places", [row.clinician_id]),
)
_WHERE = Column(
    *("institution", _("Institution"), "institution__name"),
    sort="institution__name",
    url=lambda row: ("institution", [row.institution_id]),
)
_WHAT = (
    Column("city", _("City"), "institution__city"),
    Column("role", _("Role"), "role", sort="role"),
    Column("department", _("Department"), "department", sort="department"),
    Column("from_on", _("From"), "from_on", kind="day", sort="from_on"),
    Column("until_on", _("Until"), "until_on", kind="day", sort="until_on"),
    Column("rank", _("Which place"), _RANK),
    Column("source", _("Who says so"), "source", in_page=False),
    Column("number", _("Number"), lambda row: row.clinician.number, kind="id", in_page=False),
    Column("email", _("E-mail"), "clinician__email", in_page=False),
    Column("person_id", _("Key of the person"), "clinician_id", in_page=False),
    Column("added_by", _("Added by"), "added_by_name", in_page=False),
    Column("added_at", _("Added"), "added_at", kind="moment", in_page=False),
)
_FILTERS = (
    Search("on", _("On the day"), _on, kind="date"),
    Rank("rank", _("Which place"), "is_primary", RANKS),
)
AFFILIATIONS = ListOf(
    name="affiliations",
    title=_("Where people work"),
    permission=_SEES,
    rows=lambda access, **kwargs: _rows(access, **kwargs).prefetch_related(
        "clinician__identifiers"
    ),
    columns=(_WHO, _WHERE, *_WHAT),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_person),
        Search("at", _("Institution or city"), _at),
        *_FILTERS,
    ),
    sort="clinician__search_text",
    empty=_("Nobody is known to work anywhere yet. Import a file, or open a person."),
)
# Those of one institution; the API has them in the list of all.
INSTITUTION = ListOf(
    name="institution",
    title=_("Who works here"),
    permission=_SEES,
    rows=AFFILIATIONS.rows,
    columns=(_WHO, *_WHAT),
    filters=(Search("q", _("Name, number or e-mail"), _of_person), *_FILTERS),
    sort="clinician__search_text",
    empty=_("Nobody is known to work here on that day."),
)


def _institutions(access: Any, **_kwargs: Any) -> Rows:
    rows: Rows = Institution.objects.visible_to(access)
    return rows


def _named(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(name__icontains=text) | Q(city__icontains=text))


INSTITUTIONS = ListOf(
    name="institutions",
    title=_("Institutions"),
    permission=_SEES,
    rows=_institutions,
    columns=(
        Column(
            *("name", _("Name"), "name"), sort="name", url=lambda row: ("institution", [row.pk])
        ),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("city", _("City"), "city", sort="city"),
        Column("region", _("State or region"), "region", sort="region"),
        Column("country", _("Country"), "country", sort="country"),
        Column("id", _("Key"), "id", in_page=False),
    ),
    filters=(
        Search("q", _("Name or city"), _named),
        Choice("kind", _("Kind"), "kind", InstitutionKind.choices),
    ),
    sort="name",
    empty=_("No institution yet. They come with a file of people, or with a person's place."),
    more=own_more(OwnOf.INSTITUTION),
)
