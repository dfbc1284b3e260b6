"""Who belongs to a segment: the audience of whoever works with it."""

from typing import Any
from urllib.parse import parse_qs, urlencode

from symposia.accounts.permissions import Access, Permission
from symposia.directory.lists import CLINICIANS
from symposia.directory.models import Clinician, Segment, SegmentMember
from symposia.directory.models.people import ClinicianQuerySet


def members_of(
    segment: Segment, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
) -> ClinicianQuerySet:
    """The clinicians of a segment that this person may see, as they are today."""
    people: ClinicianQuerySet = narrowed(Clinician.objects.within(access, permission), segment)
    return people


def narrowed(people: Any, segment: Segment) -> Any:
    """Those of some clinicians who belong to a segment."""
    if segment.is_list:
        return people.filter(
            pk__in=SegmentMember.objects.filter(segment=segment).values("clinician")
        )
    given = parse_qs(segment.query)
    for one in CLINICIANS.filters:
        if values := given.get(one.name):
            people = one.apply(people, values)
    return people


def as_query(text: str) -> str:
    """A filter as it is kept: what the list knows, without the page somebody was on."""
    given = parse_qs(text.removeprefix("?"))
    known = {one.name: given[one.name] for one in CLINICIANS.filters if one.name in given}
    return urlencode(known, doseq=True)[:1000]


def filter_in_words(query: str) -> list[tuple[str, str]]:
    """What a saved filter asks for, as people read it."""
    given = parse_qs(query)
    said = []
    for one in CLINICIANS.filters:
        values = given.get(one.name, [])
        labels = {str(value): str(label) for value, label in one.options()}
        if values:
            said.append((str(one.label), ", ".join(labels.get(v, v) for v in values)))
    return said
