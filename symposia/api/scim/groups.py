"""Groups of a directory; an administrator says which role each gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from symposia.accounts.actions.synced_groups import (
    GroupChange,
    Kept,
    change_group,
    drop_group,
    keep_group,
)
from symposia.accounts.models import DirectoryGroup, Membership
from symposia.accounts.synced import GROUP_TERMS, people_of, synced_groups, synced_members
from symposia.api.scim.answers import (
    Answer,
    address_of,
    as_json,
    as_list,
    body_of,
    invalid,
    page_asked,
    refuse_if_changed,
    version_of,
)
from symposia.api.scim.filters import terms_of
from symposia.api.scim.gates import found_or_absent, sync_actor, synced, written
from symposia.api.scim.patches import Step, attributes_of, ids, member_named, steps_of, text
from symposia.shared.counting import counted_together

router = Router()
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"


@dataclass(frozen=True)
class _Wanted:
    """A group as it shall be: its name, its key, the numbers of its people."""

    display_name: str = ""
    external_id: str = ""
    members: frozenset[str] = frozenset()


@router.get("")
@synced
def groups(request: Any) -> HttpResponse:
    """Groups, all or those that a filter names, page by page."""
    found = synced_groups(request.access, terms_of(request.GET.get("filter", ""), GROUP_TERMS))
    start, count = page_asked(request)
    page = list(found[start - 1 : start - 1 + count])
    return as_list(request, _resources(page), start, counted_together([found.order_by()])[0])


@router.get("/{pk}")
@synced
def group(request: Any, pk: str) -> HttpResponse:
    """One group."""
    return as_json(request, _answer(200, Kept(_group(request, pk), [])))


@router.post("")
@synced
@written("Group")
def create(request: Any) -> Answer:
    """A group of the directory is known from now on."""
    wanted = _read(_Wanted(), attributes_of(body_of(request)))
    added = _people(request, wanted.members)
    change = GroupChange(wanted.display_name, wanted.external_id, added)
    return _answer(201, keep_group(change, by=sync_actor(request)))


@router.put("/{pk}")
@synced
@written("Group")
def put(request: Any, pk: str) -> Answer:
    """The whole group anew."""
    found = _unchanged(request, pk)
    return _change(request, found, _read(_Wanted(), attributes_of(body_of(request))))


@router.patch("/{pk}")
@synced
@written("Group")
def patch(request: Any, pk: str) -> Answer:
    """Another name, people who come in or go out."""
    found = _unchanged(request, pk)
    return _change(request, found, _read(_known(found), steps_of(body_of(request))))


@router.delete("/{pk}")
@synced
@written("Group")
def delete(request: Any, pk: str) -> Answer:
    """The directory has the group no more."""
    found = _unchanged(request, pk)
    return Answer(204, None, found.display_name, drop_group(found, by=sync_actor(request)))


def _change(request: Any, found: DirectoryGroup, wanted: _Wanted) -> Answer:
    inside = {str(each.pk): each for each in people_of([found])[found.pk]}
    added = _people(request, wanted.members - set(inside))
    removed = tuple(inside[each] for each in sorted(set(inside) - wanted.members))
    change = GroupChange(wanted.display_name, wanted.external_id, added, removed)
    return _answer(200, change_group(found, change, by=sync_actor(request)))


def _read(wanted: _Wanted, steps: Iterable[Step]) -> _Wanted:
    for step in steps:
        wanted = _with(wanted, step)
    return wanted


def _with(wanted: _Wanted, step: Step) -> _Wanted:
    if step.path == "displayname":
        return replace(wanted, display_name=text(step.value, "displayName")[:200])
    if step.path == "externalid":
        return replace(wanted, external_id=text(step.value, "externalId")[:200])
    if named := member_named(step.path):
        others = wanted.members - {named}
        kept = others if step.operation == "remove" else wanted.members | {named}
        return replace(wanted, members=kept)
    if step.path == "members":
        return replace(wanted, members=_members(wanted, step))
    if step.path in {"id", "schemas", "meta"}:
        return wanted
    raise invalid(_("“%(path)s” is no attribute of a group.") % {"path": step.path}, "invalidPath")


def _members(wanted: _Wanted, step: Step) -> frozenset[str]:
    """Some come in, some go out, or these and no others are in it."""
    named = frozenset(ids(step.value)) if step.value is not None else None
    if step.operation == "add":
        return wanted.members | (named or frozenset())
    if step.operation == "remove":
        return frozenset() if named is None else wanted.members - named
    return named or frozenset()


def _people(request: Any, named: Iterable[str]) -> tuple[Membership, ...]:
    """Those who are named, each somebody who works here."""
    found = []
    for each in sorted(named):
        member = synced_members(request.access, [("id", each)]).first()
        if member is None:
            raise invalid(_("The member “%(id)s” is nobody who works here.") % {"id": each[:80]})
        found.append(member)
    return tuple(found)


def _resources(several: Sequence[DirectoryGroup]) -> list[dict[str, Any]]:
    people = people_of(several)
    return [_resource(each, people[each.pk]) for each in several]


def _resource(found: DirectoryGroup, people: Sequence[Membership]) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "schemas": [GROUP],
        "id": str(found.pk),
        "displayName": found.display_name,
        "members": [
            {
                "value": str(each.pk),
                "display": str(each),
                "type": "User",
                "$ref": address_of("User", each.pk),
            }
            for each in people
        ],
        "meta": {
            "resourceType": "Group",
            "created": found.made_at,
            "location": address_of("Group", found.pk),
        },
    }
    if found.external_id:
        resource["externalId"] = found.external_id
    resource["meta"]["version"] = version_of(resource)
    return resource


def _answer(status: int, kept: Kept) -> Answer:
    return Answer(status, _resources([kept.group])[0], kept.group.display_name, kept.notes)


def _known(found: DirectoryGroup) -> _Wanted:
    inside = frozenset(str(each.pk) for each in people_of([found])[found.pk])
    return _Wanted(found.display_name, found.external_id, inside)


def _unchanged(request: Any, pk: str) -> DirectoryGroup:
    found = _group(request, pk)
    refuse_if_changed(request, _resources([found])[0])
    return found


def _group(request: Any, pk: str) -> DirectoryGroup:
    return found_or_absent("Group", partial(synced_groups, request.access), pk)
