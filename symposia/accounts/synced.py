"""What a directory of the organisation asks about: members by its own names of them, and groups."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from django.db.models import Q

from symposia.accounts.models import Belonging, DirectoryGroup, Grant, Membership, Role, SyncStep
from symposia.accounts.models.members import MembershipQuerySet
from symposia.accounts.models.synced import DirectoryGroupQuerySet
from symposia.accounts.permissions import Access

# How long what the directory asked for is looked back at, and how much of it at most: a full sync
# of a large house asks for some thousands.
KEPT_FOR = timedelta(days=90)
MOST_KEPT = 20_000
# Attribute and value of one condition; all of them hold.
Term = tuple[str, str]


def synced_members(access: Access, terms: Iterable[Term] = ()) -> MembershipQuerySet:
    """The members of whom a directory may know, in the order in which it pages through them."""
    found = Membership.objects.synced_by(access).select_related("user", "manager__user")
    for name, value in terms:
        found = found.filter(_MEMBER[name](value))
    return found.order_by("joined_at", "pk")


def synced_groups(access: Access, terms: Iterable[Term] = ()) -> DirectoryGroupQuerySet:
    """The groups of a directory, in the order in which they came."""
    found = DirectoryGroup.objects.seen_by_sync(access)
    for name, value in terms:
        found = found.filter(_GROUP[name](value))
    return found.order_by("made_at", "pk")


def people_of(groups: Sequence[DirectoryGroup]) -> dict[uuid.UUID, list[Membership]]:
    """Who is in each of these groups, without those whom the directory has removed."""
    found: dict[uuid.UUID, list[Membership]] = defaultdict(list)
    rows = Belonging.objects.filter(group__in=groups, membership__removed_at=None)
    for each in rows.select_related("membership__user").order_by("membership__joined_at", "pk"):
        found[each.group_id].append(each.membership)
    return found


def groups_of(members: Sequence[Membership]) -> dict[uuid.UUID, list[DirectoryGroup]]:
    """In which groups each of these members is."""
    found: dict[uuid.UUID, list[DirectoryGroup]] = defaultdict(list)
    rows = Belonging.objects.filter(membership__in=members).select_related("group")
    for each in rows.order_by("group__display_name", "pk"):
        found[each.membership_id].append(each.group)
    return found


def leavers_to_review() -> list[Membership]:
    """Who left the directory and still has to be let go here, the first one first."""
    found = Membership.objects.gone().with_user()
    return list(found.order_by("left_directory_at", "pk"))


def latest_steps(access: Access, most: int = 20) -> list[SyncStep]:
    """What the directory asked for last."""
    return list(SyncStep.objects.visible_to(access).latest_first()[:most])


def held_by_group(membership: Membership, role: Role) -> Grant | None:
    """A role of the whole organisation as somebody holds it, or waits to hold it."""
    return Grant.objects.filter(membership=membership, role=role, scope_kind="organisation").first()


def _by_id(value: str, field: str = "pk") -> Q:
    try:
        return Q(**{field: uuid.UUID(value)})
    except ValueError:
        return Q(pk=None)


_MEMBER: Mapping[str, Callable[[str], Q]] = {
    "id": _by_id,
    "userName": lambda value: (
        Q(directory_name__iexact=value) | Q(directory_name="", user__email__iexact=value)
    ),
    "externalId": lambda value: Q(external_id=value),
    "emails": lambda value: Q(user__email__iexact=value),
    "displayName": lambda value: Q(user__full_name__iexact=value),
    "active": lambda value: Q(left_directory_at__isnull=value.lower() == "true"),
    "manager": lambda value: _by_id(value, "manager"),
}
_GROUP: Mapping[str, Callable[[str], Q]] = {
    "id": _by_id,
    "displayName": lambda value: Q(display_name__iexact=value),
    "externalId": lambda value: Q(external_id=value),
    "members": lambda value: _by_id(value, "belongings__membership"),
}
MEMBER_TERMS, GROUP_TERMS = tuple(_MEMBER), tuple(_GROUP)
