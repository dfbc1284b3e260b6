"""What people said of being reached, as a list."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Value, When
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.models import Channel, Clinician, ConsentSource, ConsentStatement, Purpose
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

SAID = [("given", _("Given")), ("withdrawn", _("Withdrawn"))]
_SAID = Case(
    When(given=True, then=Value("given")),
    default=Value("withdrawn"),
    output_field=CharField(choices=SAID),
)


@dataclass(frozen=True)
class Said(Choice):
    """A filter by yes or no."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        wanted = {value for value in values if value in dict(SAID)}
        return rows.filter(given="given" in wanted) if len(wanted) == 1 else rows


@dataclass(frozen=True)
class Last(Choice):
    """A filter for what stands now."""

    def apply(self, rows: Any, values: list[str]) -> Rows:
        standing: Rows = rows.standing()
        return standing if "now" in values else rows


def _of_person(rows: Rows, text: str) -> Rows:
    people = Clinician.objects.search(text)
    return rows.filter(clinician__in=people)


CONSENTS = ListOf(
    name="consents",
    title=_("Consents"),
    permission=Permission.VIEW_DIRECTORY,
    rows=lambda access: ConsentStatement.objects.visible_to(access).for_list(),
    columns=(
        Column(
            "person",
            _("Name"),
            either("clinician__display_name", "clinician__full_name"),
            url=lambda row: ("clinician_consent", [row.clinician_id]),
        ),
        Column("purpose", _("Purpose"), "purpose"),
        Column("channel", _("Channel"), "channel"),
        Column(
            "said",
            _("Said"),
            _SAID,
            kind="state",
            tone=lambda row: "ok" if row.given else "stop",
        ),
        Column("said_at", _("When"), "said_at", kind="moment", sort="said_at"),
        Column("source", _("How one knows"), "source"),
        Column("proof", _("Proof"), "proof"),
        Column("recorded_by", _("Recorded by"), "recorded_by_name"),
        Column("recorded_at", _("Recorded on"), "recorded_at", kind="moment", in_page=False),
        Column("wording", _("Words the person was shown"), "wording", in_page=False),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
        Column("person_id", _("Key of the person"), "clinician_id", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_person),
        Choice("purpose", _("Purpose"), "purpose", Purpose.choices),
        Choice("channel", _("Channel"), "channel", Channel.choices),
        Said("said", _("Said"), "given", SAID),
        Last("standing", _("Which"), "pk", [("now", _("What stands now"))]),
        Choice("source", _("How one knows"), "source", ConsentSource.choices),
    ),
    sort="-said_at",
    empty=_("Nobody has said yet how they want to be reached."),
)
