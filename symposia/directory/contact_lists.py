"""How people can be reached, beyond what their record says, as a list."""

from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.affiliating import as_day
from symposia.directory.models import Clinician, ContactKind, ContactPoint
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

USES = [("used", _("Used")), ("beside", _("Beside it"))]
_IN_RECORD = Q(kind="email", value=F("clinician__email")) | Q(
    kind="phone", value=F("clinician__phone")
)
_USE = Case(
    When(_IN_RECORD, then=Value("used")),
    When(kind="address", preferred_at__isnull=False, then=Value("used")),
    default=Value("beside"),
    output_field=CharField(choices=USES),
)


def _rows(access: Any) -> Rows:
    rows: Rows = ContactPoint.objects.for_list().prefetch_related("clinician__identifiers")
    if access.everywhere(Permission.VIEW_DIRECTORY):
        return rows
    return rows.filter(clinician__in=Clinician.objects.visible_to(access))


def _of_person(rows: Rows, text: str) -> Rows:
    return rows.filter(clinician__in=Clinician.objects.search(text))


def _on(rows: Any, text: str) -> Rows:
    found: Rows = rows.on(as_day(text) or local_day())
    return found


CONTACTS = ListOf(
    name="contacts",
    title=_("Ways to reach people"),
    permission=Permission.VIEW_DIRECTORY,
    rows=_rows,
    columns=(
        Column(
            *("person", _("Name"), either("clinician__display_name", "clinician__full_name")),
            sort="clinician__search_text",
            url=lambda row: ("clinician_contacts", [row.clinician_id]),
        ),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("value", _("What"), lambda row: row.one_line),
        Column("label", _("Called"), "label", sort="label"),
        Column("use", _("Which is used"), _USE),
        Column("from_on", _("From"), "from_on", kind="day", sort="from_on"),
        Column("until_on", _("Until"), "until_on", kind="day", sort="until_on"),
        Column("verified_at", _("Tried"), "verified_at", kind="moment", sort="verified_at"),
        Column("verified_how", _("How one knows"), "verified_how", in_page=False),
        Column("source", _("Who says so"), "source", in_page=False),
        Column("added_by", _("Added by"), "added_by_name", in_page=False),
        Column("added_at", _("Added"), "added_at", kind="moment", in_page=False),
        Column("number", _("Number"), lambda row: row.clinician.number, kind="id", in_page=False),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
        Column("person_id", _("Key of the person"), "clinician_id", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_person),
        Choice("kind", _("Kind"), "kind", ContactKind.choices),
        Search("on", _("On the day"), _on, kind="date"),
    ),
    sort="clinician__search_text",
    empty=_("Beyond what each record says nothing is noted. Open a person to note more."),
)
