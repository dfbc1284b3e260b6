"""Who works in the house and what each holds, read once for all rows of a file."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from symposia.accounts.models import Grant, Membership, Role, ScopeKind
from symposia.accounts.queries import administrators, local_day
from symposia.directory.colleagues.rows import RoleWish
from symposia.directory.models import Assignment, Territory
from symposia.shared.tenancy import current_organisation_id
from symposia.shared.times import day_ends


@dataclass(frozen=True)
class House:
    """Who works here in which roles, read once for all rows of a file."""

    members: Mapping[str, Membership]
    grants: Mapping[uuid.UUID, Sequence[Grant]]
    roles: Mapping[str, Role]
    territories: Mapping[str, Territory]
    # Who holds a territory in a role today.
    holders: Mapping[tuple[uuid.UUID, str], uuid.UUID]
    seconds: Collection[uuid.UUID]
    # Who brings the file in, and the clock by which a day ends.
    person: uuid.UUID
    zone: str
    at: datetime

    def standing(self, email: str) -> Membership | None:
        found = self.members.get(email)
        return found if found and found.ended_at is None else None

    def held(self, membership: Membership, wish: RoleWish) -> Grant | None:
        """The grant a wish is about, if the role is held or waits."""
        return next((g for g in self.grants.get(membership.pk, ()) if self._fits(g, wish)), None)

    def _fits(self, grant: Grant, wish: RoleWish) -> bool:
        territory = self.territories.get(wish.territory)
        reach = territory.pk if territory else None
        return grant.role.code == wish.code and grant.scope_id == reach and not grant.has_run_out

    def ends(self, wish: RoleWish) -> datetime | None:
        return day_ends(wish.until, self.zone) if wish.until else None

    def terms(self, wish: RoleWish) -> dict[str, Any]:
        """How far the role reaches and until when, as it is given."""
        if not wish.territory:
            return {"valid_until": self.ends(wish)}
        reach = self.territories[wish.territory]
        scope = {"scope_kind": ScopeKind.TERRITORY, "scope_id": reach.pk}
        return {"valid_until": self.ends(wish), **scope}

    def assigns(self, wish: RoleWish) -> bool:
        """Whether one person at a time holds it; a role that decides waits under Access instead."""
        return bool(wish.territory) and not self.roles[wish.code].decides

    def is_held_by_another(self, wish: RoleWish, member: Membership | None) -> bool:
        key = (self.territories[wish.territory].pk, wish.code)
        holder = self.holders.get(key)
        return holder is not None and holder != (member.pk if member else None)

    def spoken(self, grant: Grant) -> str:
        codes = {each.pk: code for code, each in self.territories.items()}
        reach = codes.get(grant.scope_id) if grant.scope_id else None
        return f"{grant.role.code}@{reach}" if reach else grant.role.code

    def waits(self, role: Role, membership: Membership | None) -> bool:
        """Whether somebody else than who brings it in, and than the person, has to agree."""
        besides = {self.person, membership.user_id if membership else None}
        return role.decides and any(second not in besides for second in self.seconds)


def house_of(person: uuid.UUID, *, zone: str, at: datetime) -> House:
    """The house as it is now: a handful of statements, whatever the length of the file."""
    here = Membership.objects.filter(organisation_id=current_organisation_id())
    members = here.select_related("user", "manager__user")
    grants: dict[uuid.UUID, list[Grant]] = {}
    for grant in Grant.objects.select_related("role").order_by("role__code", "pk"):
        grants.setdefault(grant.membership_id, []).append(grant)
    return House(
        members={each.user.email.lower(): each for each in members},
        grants=grants,
        roles={role.code: role for role in Role.objects.all()},
        territories={each.code.lower(): each for each in Territory.objects.all()},
        holders=dict(_holders(at)),
        seconds=[user.pk for user in administrators(at)],
        person=person,
        zone=zone,
        at=at,
    )


def _holders(at: datetime) -> Iterator[tuple[tuple[uuid.UUID, str], uuid.UUID]]:
    held = Assignment.objects.on(local_day(at)).values_list(
        "territory_id", "role__code", "membership_id"
    )
    for territory, code, holder in held:
        yield (territory, code), holder
