"""Who belongs to a segment: the audience of whoever works with it."""

from typing import Any
from urllib.parse import parse_qs, urlencode

from symposia.accounts.permissions import Access, Permission
from symposia.directory.lists import CLINICIANS
from symposia.directory.models import Clinician, Segment, SegmentMember, seen_permissions
from symposia.directory.models.people import ClinicianQuerySet
from symposia.directory.own_listing import filters_named


def members_of(
    segment: Segment, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
) -> ClinicianQuerySet:
    """The clinicians of a segment that this person may see, as they are today."""
    everybody = Clinician.objects.within(access, permission)
    people: ClinicianQuerySet = narrowed(everybody, segment, access)
    return people


def narrowed(people: Any, segment: Segment, access: Access | None = None) -> Any:
    """Those of some clinicians who belong to a segment. Nobody does, for whoever does not see a
    field of one's own that it asks about, and where that field is gone; without a reader it is the
    product that asks."""
    if segment.is_list:
        return people.filter(
            pk__in=SegmentMember.objects.filter(segment=segment).values("clinician")
        )
    given = parse_qs(segment.query)
    for one in CLINICIANS.filters:
        if values := given.get(one.name):
            people = one.apply(people, values)
    own, seen = filters_named(list(given)), seen_permissions(access) if access else None
    for name in given:
        if not name.startswith("own_"):
            continue
        field, asked = own.get(name, (None, None))
        if field is None or asked is None or (seen is not None and field.permission not in seen):
            return people.none()
        people = asked.apply(people, given[name])
    return people


def as_query(text: str, access: Access | None = None) -> str:
    """A filter as it is kept: what the list knows, without the page somebody was on. Of fields of
    one's own those that whoever keeps it sees."""
    given = parse_qs(text.removeprefix("?"))
    known = {one.name: given[one.name] for one in CLINICIANS.filters if one.name in given}
    seen = seen_permissions(access) if access else []
    for name, (field, _asked) in filters_named(list(given)).items():
        if field.permission in seen:
            known[name] = given[name]
    return urlencode(known, doseq=True)


def filter_in_words(query: str, access: Access | None = None) -> list[tuple[str, str]]:
    """What a saved filter asks for, as people read it."""
    given = parse_qs(query)
    said = []
    seen = seen_permissions(access) if access else []
    own = [
        asked for field, asked in filters_named(list(given)).values() if field.permission in seen
    ]
    for one in (*CLINICIANS.filters, *own):
        values = given.get(one.name, [])
        labels = {str(value): str(label) for value, label in one.options()}
        if values:
            said.append((str(one.label), ", ".join(labels.get(v, v) for v in values)))
    return said
