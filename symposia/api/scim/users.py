"""Users of a directory: the members of the organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from symposia.accounts.actions.synced import (
    DirectoryFacts,
    change_member,
    keep_member,
    suspend_member,
)
from symposia.accounts.models import DirectoryGroup, Membership
from symposia.accounts.synced import MEMBER_TERMS, groups_of, synced_members
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
from symposia.api.scim.patches import (
    ENTERPRISE,
    NOT_KEPT,
    Step,
    address,
    attributes_of,
    steps_of,
    text,
    truth,
)
from symposia.shared.counting import counted_together

router = Router()
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
NOTHING = DirectoryFacts("", "", "")


@router.get("")
@synced
def users(request: Any) -> HttpResponse:
    """Members, all or those that a filter names, page by page."""
    found = synced_members(request.access, terms_of(request.GET.get("filter", ""), MEMBER_TERMS))
    start, count = page_asked(request)
    page = list(found[start - 1 : start - 1 + count])
    resources = resources_of(page)
    return as_list(request, resources, start, counted_together([found.order_by()])[0])


@router.get("/{pk}")
@synced
def user(request: Any, pk: str) -> HttpResponse:
    """One member."""
    return as_json(request, _answer(200, _member(request, pk)))


@router.post("")
@synced
@written("User")
def create(request: Any) -> Answer:
    """Somebody works here from now on."""
    facts = _read(request, NOTHING, attributes_of(body_of(request)))
    return _answer(201, keep_member(facts, by=sync_actor(request)), facts)


@router.put("/{pk}")
@synced
@written("User")
def put(request: Any, pk: str) -> Answer:
    """What the directory says of somebody, anew; what it does not speak of stays."""
    member = _unchanged(request, pk)
    first = replace(_facts(member), user_name="")
    facts = _read(request, first, attributes_of(body_of(request)))
    return _answer(200, change_member(member, facts, by=sync_actor(request)), facts)


@router.patch("/{pk}")
@synced
@written("User")
def patch(request: Any, pk: str) -> Answer:
    """Some of what the directory says of somebody."""
    member = _unchanged(request, pk)
    facts = _read(request, _facts(member), steps_of(body_of(request)))
    return _answer(200, change_member(member, facts, by=sync_actor(request)), facts)


@router.delete("/{pk}")
@synced
@written("User")
def delete(request: Any, pk: str) -> Answer:
    """Somebody has left the directory for good: their roles rest, what they leave is reviewed."""
    member = _unchanged(request, pk)
    name = member.user_name
    suspend_member(member, by=sync_actor(request), removed=True)
    return Answer(204, about=name)


def resources_of(members: Sequence[Membership]) -> list[dict[str, Any]]:
    """Members as the standard describes users."""
    groups = groups_of(members)
    return [_resource(each, groups[each.pk]) for each in members]


def _resource(member: Membership, groups: Sequence[DirectoryGroup]) -> dict[str, Any]:
    person, where = member.user, address_of("User", member.pk)
    found: dict[str, Any] = {
        "schemas": [USER, ENTERPRISE],
        "id": str(member.pk),
        "externalId": member.external_id,
        "userName": member.user_name,
        "name": {"formatted": str(person)},
        "displayName": str(person),
        "emails": [{"value": person.email, "type": "work", "primary": True}],
        "active": member.in_directory,
        "title": member.title,
        "groups": [
            {"value": str(each.pk), "display": each.display_name, "type": "direct"}
            for each in groups
        ],
        "meta": {"resourceType": "User", "created": member.joined_at, "location": where},
    }
    if member.manager:
        manager = member.manager
        found[ENTERPRISE] = {
            "manager": {
                "value": str(manager.pk),
                "displayName": str(manager),
                "$ref": address_of("User", manager.pk),
            }
        }
    found = {name: value for name, value in found.items() if value not in ("", [])}
    found["meta"]["version"] = version_of(found)
    return found


def _answer(status: int, member: Membership, asked: DirectoryFacts | None = None) -> Answer:
    notes = []
    if asked and asked.email.lower() != member.user.email.lower():
        notes.append(_("The address stays: it is the person's own to sign in with."))
    if asked and asked.full_name != str(member.user):
        notes.append(_("The name stays: the person changes it on the own profile."))
    return Answer(status, resources_of([member])[0], member.user_name, notes)


def _facts(member: Membership) -> DirectoryFacts:
    return DirectoryFacts(
        user_name=member.user_name,
        email=member.user.email,
        full_name=str(member.user),
        external_id=member.external_id,
        title=member.title,
        manager=member.manager,
        is_active=member.in_directory,
    )


def _read(request: Any, facts: DirectoryFacts, steps: Iterable[Step]) -> DirectoryFacts:
    """What the directory says, from what is known and what is sent."""
    parts: dict[str, str] = {}
    for step in steps:
        if step.path in {"name.givenname", "name.familyname"}:
            parts[step.path] = text(step.value, step.path)
        else:
            facts = _with(request, facts, step)
    given = " ".join(filter(None, (parts.get(f"name.{each}name") for each in ("given", "family"))))
    if given and not facts.full_name:
        facts = replace(facts, full_name=given)
    if not facts.email:
        facts = replace(facts, email=facts.user_name)
    return facts


_TEXTS = {
    "username": ("user_name", 254),
    "externalid": ("external_id", 200),
    "displayname": ("full_name", 200),
    "name.formatted": ("full_name", 200),
    "title": ("title", 120),
}


def _with(request: Any, facts: DirectoryFacts, step: Step) -> DirectoryFacts:
    removed = step.operation == "remove"
    if step.path in _TEXTS:
        name, longest = _TEXTS[step.path]
        value = "" if removed else text(step.value, step.path)[:longest]
        changed: dict[str, Any] = {name: value, "said": facts.said | {name}}
        return replace(facts, **changed)
    if step.path == "active":
        return replace(facts, is_active=not removed and truth(step.value))
    if step.path == "emails":
        return facts if removed else replace(facts, email=address(step.value))
    if step.path.partition(".")[0] == "manager":
        manager = None if removed else _manager(request, step.value)
        return replace(facts, manager=manager, said=facts.said | {"manager"})
    if step.path.partition(".")[0].partition("[")[0] not in NOT_KEPT and ":" not in step.path:
        unknown = _("“%(path)s” is no attribute of a user.") % {"path": step.path[:80]}
        raise invalid(unknown, "invalidPath")
    return facts


def _manager(request: Any, value: Any) -> Membership | None:
    named = text(value, "manager")
    if not named:
        return None
    found = synced_members(request.access, [("id", named)]).first()
    if found is None:
        raise invalid(_("The manager “%(id)s” is nobody who works here.") % {"id": named})
    return found


def _unchanged(request: Any, pk: str) -> Membership:
    """The member, as whoever asks knows them."""
    member = _member(request, pk)
    refuse_if_changed(request, resources_of([member])[0])
    return member


def _member(request: Any, pk: str) -> Membership:
    return found_or_absent("User", partial(synced_members, request.access), pk)
