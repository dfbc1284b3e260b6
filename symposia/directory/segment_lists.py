"""Segments as a list, the people of a list, and whom one may put on it."""

from dataclasses import replace
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.lists import CLINICIANS
from symposia.directory.models import Clinician, OwnOf, Segment, SegmentKind, SegmentMember
from symposia.directory.own_listing import own_more
from symposia.shared.lists import Choice, Column, ListOf, More, Rows, Search, either

_own_of_people = own_more(OwnOf.CLINICIAN)
WHOSE = [("team", _("The team")), ("private", _("Only the owner"))]
_WHOSE = Case(
    When(is_shared=True, then=Value("team")),
    default=Value("private"),
    output_field=CharField(choices=WHOSE),
)


def _named(rows: Any, text: str) -> Rows:
    found: Rows = rows.filter(Q(name__icontains=text) | Q(description__icontains=text))
    return found


SEGMENTS = ListOf(
    name="segments",
    title=_("Segments"),
    permission=Permission.VIEW_DIRECTORY,
    rows=lambda access: Segment.objects.visible_to(access).standing(),
    columns=(
        Column(
            "name", _("Name"), "name", sort="name", url=lambda row: ("segment_members", [row.pk])
        ),
        Column("description", _("What it is for"), "description"),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("whose", _("Who sees it"), _WHOSE),
        Column("owner", _("Owner"), "owner_name", sort="owner_name"),
        Column("made_at", _("Made"), "made_at", kind="moment", sort="made_at"),
        Column("query", _("Filter"), "query", in_page=False),
    ),
    filters=(
        Search("q", _("Name or what it is for"), _named),
        Choice("kind", _("Kind"), "kind", SegmentKind.choices),
    ),
    sort="name",
    empty=_("Filter the list of people and save the filter, or begin a list."),
)


def _members(access: Any, **kwargs: Any) -> Rows:
    """Of one list, or (through the API) of all."""
    rows: Rows = SegmentMember.objects.visible_to(access).for_list()
    segment = kwargs.get("segment_pk")
    return rows.filter(segment=segment) if segment else rows


def _of_person(rows: Rows, text: str) -> Rows:
    return rows.filter(clinician__in=Clinician.objects.search(text))


SEGMENT_MEMBERS = ListOf(
    name="segment_members",
    title=_("People of the list"),
    permission=Permission.VIEW_DIRECTORY,
    rows=_members,
    columns=(
        Column(
            "person",
            _("Name"),
            either("clinician__display_name", "clinician__full_name"),
            sort="clinician__search_text",
            url=lambda row: ("clinician", [row.clinician_id]),
        ),
        Column("specialty", _("Specialty"), "clinician__specialty"),
        Column("institution", _("Institution"), "clinician__institution__name"),
        Column("city", _("City"), "clinician__city"),
        Column("email", _("E-mail"), "clinician__email", in_page=False),
        Column("added_by", _("Added by"), "added_by_name"),
        Column("added_at", _("Added"), "added_at", kind="moment", sort="added_at"),
        Column("segment", _("List"), "segment__name", in_page=False),
        Column("person_id", _("Key of the person"), "clinician_id", in_page=False),
    ),
    filters=(Search("q", _("Name, number or e-mail"), _of_person),),
    sort="clinician__search_text",
    empty=_("Nobody is on this list yet."),
)


def _candidates(access: Any, **kwargs: Any) -> Rows:
    """The directory, each person with whether they are on the list."""
    on_list = SegmentMember.objects.filter(segment=kwargs.get("pk"), clinician=OuterRef("pk"))
    people = Clinician.objects.visible_to(access).active().select_related("institution")
    listed: Rows = people.annotate(
        on_list=ExpressionWrapper(Exists(on_list), output_field=BooleanField())
    )
    return listed


def _own_filters(access: Access) -> More:
    """One chooses by fields of one's own, but is shown the same columns of everybody."""
    return replace(_own_of_people(access), columns=())


SEGMENT_CANDIDATES = ListOf(
    name="segment_candidates",
    title=_("Choose people"),
    permission=Permission.VIEW_DIRECTORY,
    rows=_candidates,
    columns=(
        Column("name", _("Name"), either("display_name", "full_name"), sort="search_text"),
        Column(
            "listed", _("On the list"), lambda row: _("yes") if row.on_list else "", kind="state"
        ),
        Column("specialty", _("Specialty"), "specialty"),
        Column("institution", _("Institution"), "institution__name"),
        Column("city", _("City"), "city"),
    ),
    filters=CLINICIANS.filters,
    sort="search_text",
    empty=_("The directory is empty. Import clinicians first."),
    more=_own_filters,
)
