"""Groups of the organisation's own directory, and the roles that people hold by them. What a person
could not give by hand a group does not give either: four eyes look at roles that decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.actions.members import give_role, remove_grant
from symposia.accounts.models import (
    Belonging,
    DirectoryGroup,
    Grant,
    Membership,
    Organisation,
    Role,
)
from symposia.accounts.queries import person_behind
from symposia.accounts.synced import held_by_group
from symposia.accounts.synced_rules import (
    objection_to_giving,
    objection_to_group_name,
    objection_to_same_name,
)
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, Refused, refuse_if
from symposia.shared.tenancy import current_organisation_id

BelongingRows = QuerySet[Belonging]


@dataclass(frozen=True)
class GroupChange:
    """What shall be otherwise: another name or key, who comes in, who goes out."""

    display_name: str
    external_id: str = ""
    added: tuple[Membership, ...] = ()
    removed: tuple[Membership, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A group as it is now, and in sentences what was left as it was."""

    group: DirectoryGroup
    notes: list[str]


@transaction.atomic
def keep_group(change: GroupChange, *, by: Actor) -> Kept:
    """The directory has a group; it gives nothing until an administrator says which role."""
    Organisation.objects.select_for_update(no_key=True).get(pk=current_organisation_id())

    refuse_if(objection_to_group_name(change.display_name))
    refuse_if(_objection_to_name(change.display_name))

    group = DirectoryGroup.objects.create(
        display_name=change.display_name.strip(), external_id=change.external_id
    )
    record(by, "directory_group.kept", group)
    return Kept(group, _move(group, change, by))


@transaction.atomic
def change_group(group: DirectoryGroup, change: GroupChange, *, by: Actor) -> Kept:
    """Another name, or other people: those who come in get the role of the group, those who go out
    lose it, unless they hold it otherwise."""
    group = _locked(group)

    refuse_if(objection_to_group_name(change.display_name))
    refuse_if(_objection_to_name(change.display_name, group))

    before = group.display_name, group.external_id
    group.display_name, group.external_id = change.display_name.strip(), change.external_id
    if before != (group.display_name, group.external_id):
        group.save(update_fields=["display_name", "external_id"])
        changed = {"display_name": [before[0], group.display_name]}
        record(by, "directory_group.changed", group, details={"changed": changed})
    return Kept(group, _move(group, change, by))


@transaction.atomic
def drop_group(group: DirectoryGroup, *, by: Actor) -> list[str]:
    """The directory has the group no more; what people held by it is taken away."""
    group = _locked(group)
    notes = _out(Belonging.objects.filter(group=group), by)
    record(by, "directory_group.dropped", group, details={"name": group.display_name})
    group.delete()
    return notes


@transaction.atomic
def map_group(group: DirectoryGroup, role: Role | None, *, by: Actor) -> Kept:
    """Say which role a group gives, or that it gives none; its people get it, or lose the one
    before, at once."""
    group = _locked(group)
    before = group.role
    people = list(_belongings(group))
    notes = [] if before == role else [note for each in people if (note := _take(each, by))]
    group.role, group.mapped_by_id, group.mapped_by_name = role, person_behind(by), by.name
    group.mapped_at = now()
    group.save()
    details = {"role": [before.code if before else None, role.code if role else None]}
    record(by, "directory_group.mapped", group, details=details)
    notes += [note for each in _belongings(group) if (note := _give(each, by))]
    return Kept(group, notes)


def _move(group: DirectoryGroup, change: GroupChange, by: Actor) -> list[str]:
    leaving = Belonging.objects.filter(group=group, membership__in=change.removed)
    return [*_out(leaving, by), *_in(group, change.added, by)]


def _in(group: DirectoryGroup, people: Iterable[Membership], by: Actor) -> list[str]:
    """Put people into a group, those who are not in it."""
    inside = set(_belongings(group).values_list("membership_id", flat=True))
    notes = []
    for membership in people:
        if membership.pk not in inside:
            inside.add(membership.pk)
            made = Belonging.objects.create(group=group, membership=membership)
            record(by, "directory_group.joined", made, details={"group": group.display_name})
            notes.append(_give(made, by))
    return list(filter(None, notes))


def _out(belongings: BelongingRows, by: Actor) -> list[str]:
    """Take people out of their group."""
    notes = []
    for each in belongings.select_related("group__role", "membership__user").order_by("pk"):
        notes.append(_take(each, by))
        record(by, "directory_group.left", each, details={"group": each.group.display_name})
        each.delete()
    return list(filter(None, notes))


def _give(belonging: Belonging, by: Actor) -> str:
    """The role of the group, unless it is held already; a sentence where it is not given."""
    group, membership = belonging.group, belonging.membership
    if group.role is None or held_by_group(membership, group.role):
        return ""
    objection = objection_to_giving(
        membership.user_id,
        str(membership.user),
        mapped_by=group.mapped_by_id,
        by_id=person_behind(by),
    )
    if objection:
        return str(objection)
    grant = give_role(membership.user, group.role, given_by=group.mapped_by_id, by=by)
    belonging.grant_id = grant.pk
    belonging.save(update_fields=["grant_id"])
    record(by, "directory_group.gave", belonging, details={"role": group.role.code})
    return ""


def _take(belonging: Belonging, by: Actor) -> str:
    """The role that somebody held by the group alone; a sentence where it is kept."""
    grant = Grant.objects.with_person().filter(pk__in=[belonging.grant_id]).first()
    if grant is None:
        return ""
    other = _another_reason(belonging, grant)
    if other:
        other.grant_id = grant.pk
        other.save(update_fields=["grant_id"])
        record(by, "directory_group.gave", other, details={"role": grant.role.code})
    else:
        try:
            remove_grant(grant, by=by, reason=f"{belonging.group.display_name} (directory)")
        except Refused as refused:
            return f"{belonging.membership}: {refused}"
        if Grant.objects.filter(pk=grant.pk).exists():
            return _("%(person)s holds the role until a second administrator agrees.") % {
                "person": belonging.membership
            }
    belonging.grant_id = None
    belonging.save(update_fields=["grant_id"])
    record(by, "directory_group.took", belonging, details={"role": grant.role.code})
    return ""


def _another_reason(belonging: Belonging, grant: Grant) -> Belonging | None:
    """Another group of the same person that gives the same role."""
    others = Belonging.objects.filter(
        membership=belonging.membership_id, group__role=grant.role_id
    ).exclude(pk=belonging.pk)
    return others.select_for_update(of=["self"]).order_by("pk").first()


def _belongings(group: DirectoryGroup) -> BelongingRows:
    rows = Belonging.objects.filter(group=group, membership__ended_at=None)
    return rows.select_related("group__role", "membership__user").order_by("pk")


def _objection_to_name(name: str, group: DirectoryGroup | None = None) -> Objection | None:
    same = DirectoryGroup.objects.filter(display_name__iexact=name.strip())
    others = same.exclude(pk__in=[group.pk] if group else [])
    return objection_to_same_name(others.exists(), name)


def _locked(group: DirectoryGroup) -> DirectoryGroup:
    return DirectoryGroup.objects.select_related("role").locked(group.pk)
