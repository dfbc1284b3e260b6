"""Everybody of the directory who speaks or has spoken as one list, and what one of them taught."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity, ContentRole, SessionFaculty, Unit
from symposia.activities.speaking import DisclosureStanding, sees_disclosures, speakers_seen
from symposia.directory.models import Clinician, Territory
from symposia.shared.lists import Amount, Choice, Column, ListOf, More, Rows, Search, Words, either

# The years that the list can be asked for.
YEARS = 6
TONES: dict[str, str] = {
    DisclosureStanding.MISSING: "stop",
    DisclosureStanding.EXPIRED: "warn",
    DisclosureStanding.CURRENT: "ok",
}


def _more(access: Access) -> More:
    """What only some readers are shown: disclosures, and money."""
    told, paid = sees_disclosures(access), access.holds(Permission.VIEW_MONEY)
    columns = [*(DISCLOSED if told else ()), *(PAID if paid else ())]
    standing = Choice(
        "disclosure", _("Disclosure"), "disclosure_standing", DisclosureStanding.choices
    )
    return More(columns, [standing] if told else [])


DISCLOSED = (
    Column(
        "disclosure",
        _("Disclosure"),
        lambda c: DisclosureStanding(c.disclosure_standing).label,
        sort="disclosure_standing",
        kind="state",
        tone=lambda c: TONES[c.disclosure_standing],
    ),
    Column("disclosed", _("Disclosed"), "disclosed_at", kind="moment", in_page=False),
    Column("until", _("Counts until"), "disclosure_until", sort="disclosure_until", kind="day"),
    Column(
        "unmitigated", _("To be mitigated"), "open_mitigations", sort="open_mitigations", kind="n"
    ),
    Column("cv", _("Biography"), "curriculum_vitae", in_page=False),
)
PAID = (
    Column("agreements", _("Agreements"), "agreements_signed", sort="agreements_signed", kind="n"),
    Column(
        "rate",
        _("Last rate agreed"),
        Amount("rate_minor", "rate_currency"),
        kind="money",
        in_page=False,
    ),
    Column("currency", _("Currency"), "rate_currency", in_page=False),
    Column(
        "unit",
        _("Unit"),
        lambda c: Unit(c.rate_unit).label if c.rate_unit else "",
        in_page=False,
    ),
)


def _territories() -> Sequence[tuple[str, Words]]:
    return [(str(pk), name) for pk, name in Territory.objects.for_choice()]


def _years() -> Sequence[tuple[str, Words]]:
    """This year, the next, where somebody may be planned already, and those before."""
    latest = local_day().year + 1
    return [(str(year), str(year)) for year in range(latest, latest - YEARS, -1)]


class ActiveIn(Choice):
    """A filter for the years, on the clock of the venue, in which somebody speaks."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        known = [int(year) for year, _label in self.options() if year in values]
        return rows.filter(years_active__overlap=known) if known else rows


def _search(rows: Any, text: str) -> Rows:
    found: Rows = rows.search(text)
    return found


SPEAKERS = ListOf(
    name="speakers",
    title=_("Speakers"),
    permission=Permission.VIEW_DIRECTORY,
    rows=speakers_seen,
    columns=(
        Column(
            "name",
            _("Name"),
            either("display_name", "full_name"),
            sort="search_text",
            url=lambda c: ("clinician_teaching", [c.pk]),
        ),
        Column("full_name", _("Name as on the licence"), "full_name", in_page=False),
        Column("specialty", _("Specialty"), "specialty", sort="specialty"),
        Column("institution", _("Institution"), "institution__name", in_page=False),
        Column("city", _("City"), "city", in_page=False),
        Column("territory", _("Territory"), "territory__name", in_page=False),
        Column(
            "roles",
            _("As"),
            lambda c: ", ".join(str(ContentRole(role).label) for role in c.roles_held),
        ),
        Column(
            "sessions",
            _("Sessions in a year"),
            "sessions_of_year",
            sort="sessions_of_year",
            kind="n",
        ),
        Column("last", _("Last spoke"), "last_spoke_at", kind="moment", in_page=False),
        Column("next", _("Speaks next"), "next_speaks_at", sort="next_speaks_at", kind="moment"),
        Column("next_activity", _("At"), "next_activity", in_page=False),
        Column("next_number", _("Number of the activity"), "next_number", in_page=False),
        Column("id", _("Key"), "id", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _search),
        Search(
            "specialty", _("Specialty"), lambda rows, said: rows.filter(specialty__icontains=said)
        ),
        Choice("territory", _("Territory"), "territory_id", _territories),
        ActiveIn("year", _("Active in"), "years_active", _years),
    ),
    sort="search_text",
    empty=_("Nobody of the directory stands on an agenda yet."),
    more=_more,
)


def _of_person(access: Access, **kwargs: Any) -> Rows:
    people = Clinician.objects.of_person(kwargs.get("pk"))
    seen = SessionFaculty.objects.filter(session__activity__in=Activity.objects.visible_to(access))
    rows: Rows = seen.filter(clinician__in=people).select_related("session__activity")
    return rows


TEACHING_OF_PERSON = ListOf(
    name="clinician_teaching",
    title=_("Teaching"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_of_person,
    columns=(
        Column(
            "activity",
            _("Activity"),
            "session__activity__title",
            sort="session__activity__title",
            url=lambda row: ("activity", [row.session.activity_id]),
        ),
        Column("number", _("Number"), "session__activity__number", kind="id"),
        Column("session", _("Session"), "session__title"),
        Column("role", _("As"), "role"),
        Column(
            "starts_at",
            _("Begins"),
            "session__starts_at",
            sort="session__starts_at",
            kind="moment",
        ),
        Column("minutes", _("Minutes"), "session__minutes", kind="n"),
        Column("state", _("State of the activity"), "session__activity__state"),
    ),
    filters=(Choice("role", _("As"), "role", ContentRole.choices),),
    sort="-session__starts_at",
    empty=_("This person stands on no agenda that you may see."),
)
