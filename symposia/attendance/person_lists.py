"""Where one person was, and for how many minutes, as a tab of their page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.attendance.lists import ATTENDANCE
from symposia.shared.lists import Column, ListOf, Rows

_PLACES = frozenset({"minutes", "creditable", "note"})


def _presence(access: Any, **kwargs: Any) -> Rows:
    found: Rows = ATTENDANCE.rows(access).select_related("activity")
    return found.filter(clinician=kwargs.get("pk"))


PRESENCE_OF_PERSON = ListOf(
    name="clinician_presence",
    title=_("Presence"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_presence,
    columns=(
        Column(
            "title",
            _("Activity"),
            "activity__title",
            sort="activity__title",
            url=lambda row: ("registration", [row.pk]),
        ),
        Column(
            "starts_at", _("Begins"), "activity__starts_at", "activity__starts_at", kind="moment"
        ),
        *(column for column in ATTENDANCE.columns if column.name in _PLACES),
    ),
    sort="-activity__starts_at",
    empty=_("This person has had no place at anything yet."),
)
