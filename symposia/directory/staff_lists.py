"""Groups of staff as a list of the office, and who was put on the list of one."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    CharField,
    Count,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.models import Clinician, GroupManager, StaffGroup, StaffMember
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

_KEEPS = Permission.MANAGE_REGISTRATIONS
STANDINGS = [("now", _("In the group")), ("later", _("Later")), ("over", _("Over"))]


def _groups(access: Any, **_kwargs: Any) -> Rows:
    """Each with who looks after it today."""
    today = local_day()
    managers = GroupManager.objects.on(today).filter(group=OuterRef("pk")).order_by()
    names = managers.values("group").annotate(
        names=StringAgg("membership__user__full_name", Value(", "))
    )
    listed = StaffMember.objects.on(today).filter(group=OuterRef("pk")).order_by()
    counted = listed.values("group").annotate(n=Count("pk"))
    rows = StaffGroup.objects.visible_to(access).standing().select_related("institution")
    found: Rows = rows.annotate(
        managers=Coalesce(Subquery(names.values("names")[:1]), Value(""), output_field=TextField()),
        listed=Coalesce(Subquery(counted.values("n")[:1]), 0, output_field=IntegerField()),
    )
    return found


def _named(rows: Rows, text: str) -> Rows:
    named = Q(name__icontains=text) | Q(department__icontains=text)
    return rows.filter(named | Q(institution__name__icontains=text))


STAFF_GROUPS = ListOf(
    name="staff_groups",
    title=_("Groups of staff"),
    permission=_KEEPS,
    of_all=True,
    rows=_groups,
    columns=(
        Column(
            *("name", _("Name"), "name"), sort="name", url=lambda row: ("staff_group", [row.pk])
        ),
        Column("institution", _("Institution"), "institution__name", sort="institution__name"),
        Column("department", _("Department"), "department", sort="department"),
        Column("managers", _("Looked after by"), "managers"),
        Column("listed", _("On the list"), "listed", kind="n"),
        Column("made_at", _("Made"), "made_at", kind="moment", in_page=False),
    ),
    filters=(Search("q", _("Name, department or institution"), _named),),
    sort="name",
    empty=_("A group is a department's people and who looks after their education."),
)


def _standing() -> Case:
    today = local_day()
    return Case(
        When(until_on__lt=today, then=Value("over")),
        When(from_on__gt=today, then=Value("later")),
        default=Value("now"),
        output_field=CharField(choices=STANDINGS),
    )


def _members(access: Any, **kwargs: Any) -> Rows:
    """Of one group, or (through the API) of all."""
    rows: Rows = StaffMember.objects.visible_to(access).for_list().annotate(standing=_standing())
    group = kwargs.get("group_pk")
    return rows.filter(group=group) if group else rows


def _of_person(rows: Rows, text: str) -> Rows:
    return rows.filter(clinician__in=Clinician.objects.search(text))


_TONES = {"now": "ok", "later": "info", "over": ""}
_SHOWN = Case(
    *(When(standing=code, then=Value(code)) for code, _label in STANDINGS),
    output_field=CharField(choices=STANDINGS),
)
STAFF_LISTED = ListOf(
    name="staff_group",
    title=_("People on the list"),
    permission=_KEEPS,
    of_all=True,
    rows=_members,
    columns=(
        Column(
            "person",
            _("Name"),
            either("clinician__display_name", "clinician__full_name"),
            sort="clinician__search_text",
            url=lambda row: ("staff_listing_end", [row.pk]),
        ),
        Column("specialty", _("Specialty"), "clinician__specialty"),
        Column("institution", _("Institution"), "clinician__institution__name"),
        Column("from_on", _("From"), "from_on", kind="day", sort="from_on"),
        Column("until_on", _("Until"), "until_on", kind="day", sort="until_on"),
        Column("standing", _("State"), _SHOWN, kind="state", tone=lambda r: _TONES[r.standing]),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
        Column("group", _("Group"), "group__name", in_page=False),
        Column("person_id", _("Key of the person"), "clinician_id", in_page=False),
        Column("added_by", _("Added by"), "added_by_name", in_page=False),
        Column("added_at", _("Added"), "added_at", kind="moment", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_person),
        Choice("standing", _("State"), "standing", STANDINGS),
    ),
    sort="clinician__search_text",
    empty=_("Nobody is on the list. Whoever works there belongs to the group anyway."),
)
