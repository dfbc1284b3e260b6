from typing import Any

from django.db.models import DateField, Q, Value
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import ExternalMember
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search


class _Works(Choice):
    """Those who work for their activity, or those who do not any more."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        known = {value for value, _label in self.options() if value in values}
        return rows.filter(ended_at__isnull="yes" in known) if len(known) == 1 else rows


def _rows(access: Any, **_kwargs: Any) -> Rows:
    rows = ExternalMember.objects.visible_to(access).select_related("activity")
    return rows.annotate(today=Value(local_day(), DateField()))


def _find(rows: Rows, text: str) -> Rows:
    who = Q(name__icontains=text) | Q(agency__icontains=text) | Q(email__iexact=text.strip())
    return rows.filter(who | Q(activity__number__iexact=text.strip()))


EXTERNALS = ListOf(
    name="externals",
    title=_("People from outside"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_rows,
    columns=(
        Column("name", _("Name"), "name", sort="name"),
        Column("agency", _("Agency"), "agency", sort="agency"),
        Column("task", _("What they do"), "task"),
        Column("email", _("E-mail"), "email"),
        Column(
            "activity",
            _("Activity"),
            "activity__number",
            kind="id",
            url=lambda e: ("activity_externals", [e.activity_id]),
        ),
        Column("access_until", _("May sign in until"), "access_until", kind="day"),
        Column(
            "signs_in",
            _("Signs in"),
            lambda e: _("yes") if e.may_sign_in(e.today) else _("no"),
        ),
        Column("added_at", _("Added"), "added_at", sort="added_at", kind="moment"),
        Column("ended_at", _("Ended"), "ended_at", kind="moment"),
    ),
    filters=(
        Search("q", _("Name, agency or activity"), _find),
        _Works("works", _("Works"), "ended_at", (("yes", _("now")), ("no", _("no longer")))),
    ),
    sort="-added_at",
    empty=_("Nobody from outside works for an activity yet."),
)
