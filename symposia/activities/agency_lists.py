from typing import Any

from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Agency, ExternalMember
from symposia.shared.counting import CountOf
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search


class _Works(Choice):
    """Agencies that work for us, or those whose work has ended."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        known = {value for value, _label in self.options() if value in values}
        return rows.filter(ended_at__isnull="yes" in known) if len(known) == 1 else rows


def _rows(access: Any, **_kwargs: Any) -> Rows:
    return Agency.objects.visible_to(access)


def _find(rows: Rows, text: str) -> Rows:
    return rows.filter(
        Q(name__icontains=text) | Q(contact__icontains=text) | Q(contact_email__iexact=text)
    )


AGENCIES = ListOf(
    name="agencies",
    title=_("Agencies"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_rows,
    columns=(
        Column("name", _("Agency"), "name", sort="name", url=lambda a: ("agency", [a.pk])),
        Column("contact", _("Contact"), "contact", sort="contact"),
        Column("contact_email", _("E-mail"), "contact_email"),
        Column("active_from", _("From"), "active_from", sort="active_from", kind="day"),
        Column("active_until", _("Until"), "active_until", sort="active_until", kind="day"),
        Column(
            "people",
            _("People at work"),
            CountOf(ExternalMember.objects.filter(partner=OuterRef("pk"), ended_at=None)),
            kind="n",
        ),
        Column("ended_at", _("Ended"), "ended_at", kind="moment"),
        Column("ended_because", _("Reason"), "ended_because", in_page=False),
    ),
    filters=(
        Search("q", _("Name or contact"), _find),
        _Works("works", _("Works"), "ended_at", (("yes", _("now")), ("no", _("no longer")))),
    ),
    sort="name",
    empty=_("No agency works for us yet."),
)
