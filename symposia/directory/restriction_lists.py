"""Who is not asked, and why, as a list."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.models import Clinician, Effect, PersonRestriction
from symposia.directory.queries import kinds_of_restriction
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either


@dataclass(frozen=True)
class Holds(Choice):
    """A filter for what holds today."""

    def apply(self, rows: Any, values: list[str]) -> Rows:
        standing: Rows = rows.standing(local_day())
        return standing if "now" in values else rows


def _of_person(rows: Rows, text: str) -> Rows:
    return rows.filter(clinician__in=Clinician.objects.search(text))


RESTRICTED_PEOPLE = ListOf(
    name="restricted_people",
    title=_("Restricted people"),
    permission=Permission.VIEW_DIRECTORY,
    rows=lambda access: PersonRestriction.objects.visible_to(access).for_list(),
    columns=(
        Column(
            "person",
            _("Name"),
            either("clinician__display_name", "clinician__full_name"),
            sort="clinician__search_text",
            url=lambda row: ("clinician_consent", [row.clinician_id]),
        ),
        Column("kind", _("Why"), "kind_name", sort="kind_name"),
        Column("effect", _("What it does"), "effect"),
        Column("from", _("From"), "from_on", kind="day", sort="from_on"),
        Column("until", _("Until"), "until_on", kind="day", sort="until_on"),
        Column("source", _("Who says so"), "source"),
        Column("paper", _("Letter that allows it"), "paper"),
        Column("paper_until", _("Letter holds until"), "paper_until", kind="day", in_page=False),
        Column("reason", _("Reason"), "reason", in_page=False),
        Column("added_by", _("Added by"), "added_by_name", in_page=False),
        Column("ended", _("Ended"), "ended_at", kind="moment", sort="ended_at"),
        Column("ended_reason", _("Why it ended"), "ended_reason", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_person),
        Choice(
            "kind",
            _("Why"),
            "kind",
            lambda: [(kind.code, kind.name) for kind in kinds_of_restriction().values()],
        ),
        Choice("effect", _("What it does"), "effect", Effect.choices),
        Holds("holds", _("Which"), "pk", [("now", _("What holds today"))]),
    ),
    sort="-added_at",
    empty=_("Everybody may be asked."),
)
