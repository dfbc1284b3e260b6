"""The doctors of somebody who invites: how to reach each, and whether one may ask them now."""

from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models import Clinician, Profession
from symposia.directory.models.people import ClinicianQuerySet
from symposia.outreach.candidates import candidates_among
from symposia.shared.lists import Choice, Column, ListOf, Search, either


class DoctorQuerySet(ClinicianQuerySet):
    """Clinicians that bring along whether they may be asked, found out for all rows together."""

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._result_cache:
            _attach_candidates(self._result_cache)


def _attach_candidates(rows: list[Any]) -> None:
    people = [row for row in rows if isinstance(row, Clinician)]
    for row, candidate in zip(people, candidates_among(people, at=now()), strict=True):
        row.candidate = candidate  # type: ignore[attr-defined]


def _rows(access: Access, **_kwargs: Any) -> Any:
    people = DoctorQuerySet(Clinician).within(access, Permission.INVITE).active()
    return people.select_related("institution")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


DOCTORS = ListOf(
    name="field_doctors",
    title=_("My doctors"),
    permission="invite",
    rows=_rows,
    columns=(
        Column("name", _("Name"), either("display_name", "full_name"), "search_text"),
        Column("full_name", _("Name as on the licence"), "full_name", in_page=False),
        Column("credential", _("Credential"), "credential", "credential"),
        Column("specialty", _("Specialty"), "specialty", "specialty"),
        Column("institution", _("Institution"), "institution__name", "institution__name"),
        Column("city", _("City"), "city", "city"),
        Column("phone", _("Telephone"), "phone"),
        Column("email", _("E-mail"), "email", "email"),
        Column("asked", _("Asked within 30 days"), lambda c: c.candidate.asked, kind="n"),
        Column("left", _("May be asked again"), lambda c: c.candidate.left, kind="n"),
        Column("reason", _("Not asked because"), lambda c: str(c.candidate.objection or "")),
    ),
    filters=(
        Search("q", _("Name or number"), _search),
        Search(*("specialty", _("Specialty"), lambda rows, t: rows.filter(specialty__icontains=t))),
        Search("city", _("City"), lambda rows, text: rows.filter(city__icontains=text)),
        Choice("profession", _("Profession"), "profession", Profession.choices),
    ),
    sort="search_text",
    empty=_("No clinician of the directory belongs to your territories."),
)
