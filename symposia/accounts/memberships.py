"""Who belongs to an organisation and how far their roles reach, as pages show it."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.db.models.functions import Lower

from symposia.accounts.models import (
    AccessChange,
    Grant,
    Membership,
    MembershipInvitation,
    Organisation,
    PersonalToken,
    Role,
    User,
)
from symposia.shared.tenancy import TenantModel, acting_in, current_organisation_id

_Row = TypeVar("_Row", bound=TenantModel)


@dataclass(frozen=True)
class Member:
    """A person of this organisation with the roles held here."""

    membership: Membership
    grants: list[Grant]
    # What a second administrator has not yet agreed to.
    changes: list[AccessChange]


def members() -> list[Member]:
    """Everybody who belongs to the organisation whose transaction this is, by name."""
    grants: dict[uuid.UUID, list[Grant]] = defaultdict(list)
    for grant in Grant.objects.select_related("role").order_by("role__name", "pk"):
        grants[grant.membership_id].append(grant)
    changes: dict[uuid.UUID, list[AccessChange]] = defaultdict(list)
    for change in AccessChange.objects.waiting().select_related("role").order_by("asked_at"):
        changes[change.membership_id].append(change)
    found = _here(Membership.objects.standing().with_user().select_related("manager__user"))
    return [
        Member(membership, grants[membership.pk], changes[membership.pk])
        for membership in found.order_by(Lower("user__full_name"), "pk")
    ]


def roles() -> list[Role]:
    return list(Role.objects.order_by("name"))


def role_of_id(pk: uuid.UUID) -> Role | None:
    return Role.objects.filter(pk=pk).first()


def role_of_code(code: str) -> Role | None:
    return Role.objects.filter(code=code).first()


def grant_of_id(pk: uuid.UUID) -> Grant | None:
    return Grant.objects.with_person().filter(pk=pk).first()


def grants_reaching_only(scope_id: uuid.UUID, at: datetime) -> list[Grant]:
    """The roles in force that reach one territory or activity alone, by person."""
    rows = Grant.objects.in_force(at).filter(scope_id=scope_id).with_person()
    return list(rows.order_by("membership__user__full_name", "role__name", "pk"))


def member_of_id(pk: uuid.UUID) -> Membership | None:
    found = Membership.objects.select_related("user").filter(pk=pk, ended_at=None)
    return _here(found).first()


def member_of_user(user: User) -> Membership | None:
    return _here(Membership.objects.standing().with_user().filter(user=user)).first()


def member_of_user_id(user_id: uuid.UUID) -> Membership | None:
    return _here(Membership.objects.standing().with_user().filter(user_id=user_id)).first()


def member_of_address(email: str) -> Membership | None:
    """Who works here under an address, with the manager."""
    found = Membership.objects.standing().select_related("user", "manager__user")
    return _here(found.filter(user__email__iexact=email)).first()


def open_offers(at: datetime) -> list[MembershipInvitation]:
    """Offers of membership that can still be accepted."""
    return list(MembershipInvitation.objects.open(at).select_related("role").order_by("email"))


def offer_of_id(pk: uuid.UUID) -> MembershipInvitation | None:
    return MembershipInvitation.objects.select_related("role").filter(pk=pk).first()


def tokens_of(user: User) -> list[PersonalToken]:
    """The person's own keys to the API of this organisation, newest first."""
    return list(_here(PersonalToken.objects.filter(user=user)).order_by("-made_at"))


def token_of_id(user: User, pk: uuid.UUID) -> PersonalToken | None:
    return _here(PersonalToken.objects.filter(user=user, pk=pk)).first()


def _here(rows: QuerySet[_Row]) -> QuerySet[_Row]:
    """Of this organisation alone: a person's own memberships and keys elsewhere are visible too."""
    return rows.filter(organisation_id=current_organisation_id())


@dataclass(frozen=True)
class Persona:
    """One person of a demonstration organisation whom anybody may play."""

    user: User
    organisation: Organisation
    roles: list[str]


def personas() -> list[Persona]:
    """The people of each demonstration organisation; of several with the same roles one."""
    found = []
    for organisation in Organisation.objects.filter(is_demonstration=True).order_by("name"):
        with acting_in(organisation.pk):
            seen: set[tuple[str, ...]] = set()
            for member in members():
                names = tuple(sorted({grant.role.name for grant in member.grants}))
                if names and names not in seen:
                    seen.add(names)
                    found.append(Persona(member.membership.user, organisation, list(names)))
    return found


def persona_of(user_id: uuid.UUID, organisation_id: uuid.UUID) -> Persona | None:
    """The persona, if this person really belongs to that demonstration organisation."""
    organisation = Organisation.objects.filter(pk=organisation_id, is_demonstration=True).first()
    if organisation is None:
        return None
    with acting_in(organisation.pk):
        membership = (
            Membership.objects.select_related("user")
            .filter(user_id=user_id, ended_at=None, user__is_active=True)
            .first()
        )
    return Persona(membership.user, organisation, []) if membership else None


def demonstration_organisations() -> list[Organisation]:
    return list(Organisation.objects.filter(is_demonstration=True).order_by("name"))


def grants_from_offer(offer: MembershipInvitation) -> list[Grant]:
    """What whoever accepted an offer holds of its role, where that reaches one thing alone."""
    if offer.accepted_by_id is None:
        return []
    found = Grant.objects.with_person().filter(role_id=offer.role_id, scope_id=offer.scope_id)
    return list(found.filter(membership__user_id=offer.accepted_by_id))
