"""What whoever looks after a group of staff sees of it: people, progress, licences."""

import uuid
from typing import Any

from django.db.models import Case, CharField, DateField, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.credits.licence_lists import LICENCES, worked_out
from symposia.credits.models import Licence
from symposia.credits.staff_progress import (
    OWED,
    STANDING_TONES,
    STANDINGS,
    owed_words,
    progress_rows,
    staff_led,
)
from symposia.directory.models import Clinician, Profession, StaffGroup, StaffMember
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

# Whoever looks after a group is a learner too; which group it is says who sees whom (ADR 0036).
_OWN = Permission.OWN_LEARNING
WAYS = [("list", _("By the list")), ("work", _("Works there"))]


def _group(kwargs: dict[str, Any]) -> uuid.UUID | None:
    found: uuid.UUID | None = kwargs.get("group_pk")
    return found


def _people(access: Any, **kwargs: Any) -> Rows:
    """Those of one group, or (through the API) of all that one looks after."""
    listed = StaffMember.objects.on(local_day()).filter(clinician=OuterRef("pk"))
    if group := _group(kwargs):
        listed = listed.filter(group=group)
    rows = staff_led(access, _group(kwargs)).select_related("institution")
    found: Rows = rows.annotate(is_listed=Exists(listed))
    return found


def _named(rows: Any, text: str) -> Rows:
    found: Rows = rows.search(text)
    return found


STAFF = ListOf(
    name="my_staff",
    title=_("People of the group"),
    permission=_OWN,
    is_entrusted=True,
    rows=_people,
    columns=(
        Column("name", _("Name"), either("display_name", "full_name"), sort="search_text"),
        Column("profession", _("Profession"), "profession", sort="profession"),
        Column("specialty", _("Specialty"), "specialty", sort="specialty"),
        Column("institution", _("Institution"), "institution__name"),
        Column(
            "way",
            _("In the group"),
            Case(
                When(is_listed=True, then=Value("list")),
                default=Value("work"),
                output_field=CharField(choices=WAYS),
            ),
        ),
        Column("email", _("E-mail"), "email", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _named),
        Choice("profession", _("Profession"), "profession", Profession.choices),
    ),
    sort="search_text",
    empty=_("Nobody is in this group today. The office says who belongs to it."),
)


def _progress(access: Any, **kwargs: Any) -> Rows:
    return progress_rows(staff_led(access, _group(kwargs)), access, now())


def _of_person(rows: Any, text: str) -> Rows:
    found: Rows = rows.filter(clinician__in=Clinician.objects.search(text))
    return found


def _of_activity(rows: Any, text: str) -> Rows:
    found: Rows = rows.filter(activity__title__icontains=text)
    return found


class _Owed(Choice):
    """By what is still owed."""

    def apply(self, rows: Any, values: list[str]) -> Any:
        owed = Q()
        for code, _label in OWED:
            if code in values:
                owed |= Q(**{f"owes_{code}": True})
        return rows.filter(owed)


_SHOWN = Case(
    *(When(standing=code, then=Value(code)) for code, _label in STANDINGS),
    output_field=CharField(choices=list(STANDINGS)),
)
STAFF_PROGRESS = ListOf(
    name="my_staff_progress",
    title=_("Progress of the group"),
    permission=_OWN,
    is_entrusted=True,
    rows=_progress,
    columns=(
        Column(
            "name",
            _("Name"),
            either("clinician__display_name", "clinician__full_name"),
            sort="clinician__search_text",
        ),
        Column("activity", _("Activity"), "activity__title", sort="activity__title"),
        Column("number", _("Number"), "activity__number", kind="id", in_page=False),
        Column(
            "starts",
            _("Begins"),
            Cast("activity__wall_starts", DateField()),
            sort="activity__starts_at",
            kind="day",
        ),
        Column("place", _("Place"), "state", in_page=False),
        Column(
            "standing",
            _("State"),
            _SHOWN,
            sort="standing",
            kind="state",
            tone=lambda row: STANDING_TONES[row.standing],
        ),
        Column("owed", _("Still owed"), owed_words),
        Column("credit", _("Credit"), "credit", kind="n"),
        Column("source", _("Came by"), "source", in_page=False),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_person),
        Search("activity", _("Activity"), _of_activity),
        Choice("standing", _("State"), "standing", STANDINGS),
        _Owed("owes", _("Still owed"), "standing", OWED),
    ),
    sort="-activity__starts_at",
    empty=_("Nobody of the group has a place. Enrol somebody, or let them register themselves."),
)


def _licences(access: Any, **kwargs: Any) -> Rows:
    """Only of groups whose manager the office lets read licences."""
    day = local_day()
    groups = StaffGroup.objects.with_licences(access.user_id, day)
    if group := _group(kwargs):
        groups = groups.filter(pk=group)
    people = groups.people_on(day)
    return worked_out(Licence.objects.held().filter(clinician__in=people.values("pk")))


_LEFT_OUT = {"name", "number"}
STAFF_LICENCES = ListOf(
    name="my_staff_licences",
    title=_("Licences of the group"),
    permission=_OWN,
    is_entrusted=True,
    rows=_licences,
    columns=(
        Column("name", _("Name"), "clinician__full_name", sort="clinician__search_text"),
        *(each for each in LICENCES.columns if each.name not in _LEFT_OUT),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_person),
        LICENCES.filters[-1],
    ),
    sort="cycle_ends_on",
    empty=_("Nobody of the group tracks a licence. Each enters theirs under Requirements."),
)
