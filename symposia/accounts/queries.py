import hashlib
import uuid
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils.timezone import now

from symposia.accounts.models import (
    AccessChange,
    Grant,
    Membership,
    Organisation,
    PersonalToken,
    Role,
    User,
)
from symposia.accounts.permissions import CONTAINED, Access, Granted, Permission
from symposia.shared.actors import Actor
from symposia.shared.planned import planned
from symposia.shared.tenancy import INSTALLATION, current_organisation_id, entered_zone
from symposia.shared.times import day_at

KNOWN = {str(p) for p in Permission}


def known_permissions(names: Iterable[str]) -> frozenset[Permission]:
    """The permissions among these words; one that an older version knew is none."""
    named = {Permission(name) for name in names if name in KNOWN}
    return frozenset(named | {CONTAINED[each] for each in named if each in CONTAINED})


def token_hash(token: str) -> str:
    """What is kept of a secret that people carry."""
    return hashlib.sha256(token.encode()).hexdigest()


def role_names() -> dict[str, str]:
    """The roles of this organisation, shipped and own, as it calls them."""
    return dict(Role.objects.order_by("name", "code").values_list("code", "name"))


def this_organisation() -> Organisation:
    """The organisation whose transaction this is."""
    return Organisation.objects.get(pk=current_organisation_id())


def language_of_this_organisation() -> str:
    """What the organisation whose transaction this is writes in; English where there is none."""
    found = Organisation.objects.filter(pk=current_organisation_id()).first()
    return found.language if found else settings.LANGUAGE_CODE


def zone_here() -> str:
    """The time zone of the organisation whose transaction this is; whoever came in by a page or
    with a token brought it along."""
    return entered_zone() or this_organisation().zone


def local_day(at: datetime | None = None) -> date:
    """The day it is on the clock of the organisation, now unless told otherwise: deadlines and
    validity count in it, wherever the reader is, and in jobs that nobody reads."""
    return day_at(at or now(), zone_here())


def person_behind(by: Actor) -> uuid.UUID | None:
    """The person who answers for an action; a token acts for its owner."""
    if by.kind != "token" or by.id is None:
        return by.id
    return PersonalToken.objects.get(pk=by.id).user_id


def administrators(at: datetime) -> list[User]:
    """Who administers the whole organisation whose transaction this is, each once."""
    grants = Grant.objects.administering(at).with_person().order_by("pk")
    return list({grant.membership.user_id: grant.membership.user for grant in grants}.values())


def second_eyes(at: datetime, *, besides: Collection[uuid.UUID | None]) -> list[User]:
    """The administrators who may agree to something, besides those whose matter it is."""
    return [one for one in administrators(at) if one.pk not in besides]


def works_here(user_id: uuid.UUID | None) -> bool:
    """Whether somebody is a member whose membership has not ended."""
    here = Membership.objects.standing().filter(organisation_id=current_organisation_id())
    return user_id is not None and here.filter(user_id=user_id).exists()


def change_waiting_for(grant: Grant) -> AccessChange | None:
    """What a second administrator has not yet agreed to about a role."""
    return AccessChange.objects.waiting().of_grant(grant).first()


def change_of_member(membership: Membership) -> AccessChange | None:
    """The end of a membership, while a second administrator has not yet agreed to it."""
    waiting = AccessChange.objects.waiting().filter(membership=membership, grant_id=None)
    return waiting.first()


# What a person holds now, for statements that are planned once a connection: grant `g`, its role
# `r` and membership `m`. `GrantQuerySet.in_force` says the same to querysets.
_HELD = """
FROM accounts_membership m
JOIN accounts_grant g ON g.membership_id = m.id AND g.waits_since IS NULL
  AND (g.valid_until IS NULL OR g.valid_until > %(now)s::timestamptz)
JOIN accounts_role r ON r.id = g.role_id
WHERE m.organisation_id = %(organisation)s::uuid AND m.user_id = %(person)s::uuid
  AND m.ended_at IS NULL
"""
HELD_BY_PERSON = f"{_HELD}  AND m.suspended_at IS NULL\n"
_READ = "SELECT r.code, r.permissions, g.scope_kind, g.scope_id"
_GRANTS = f"{_READ} {HELD_BY_PERSON}"
_GRANTS_KEPT = f"{_READ} {_HELD}"


def access_of(user: User, organisation: Organisation, *, at: datetime) -> Access | None:
    """What the person may do in the organisation whose transaction this is; none if no member."""
    return _granted(_GRANTS, user.pk, organisation.pk, at)


def access_kept_of(user_id: uuid.UUID, at: datetime) -> Access | None:
    """What somebody would hold here, suspended or not: what is left of it is reviewed."""
    organisation = current_organisation_id()
    return _granted(_GRANTS_KEPT, user_id, organisation, at) if organisation else None


def _granted(
    text: str, user_id: uuid.UUID, organisation_id: uuid.UUID, at: datetime
) -> Access | None:
    values = {"person": user_id, "organisation": organisation_id, "now": at}
    granted = tuple(
        Granted(code, known_permissions(names), kind, scope)
        for code, names, kind, scope in planned(text, values)
    )
    return Access(user_id, organisation_id, granted) if granted else None


def organisation_by_code(code: str) -> Organisation | None:
    """The organisation whose short code stands in a link, a number or a token."""
    return None if "\0" in code else Organisation.objects.filter(code=code).first()


def all_journals() -> list[uuid.UUID]:
    """The journals of the installation: its own and one per organisation."""
    return [INSTALLATION, *Organisation.objects.values_list("pk", flat=True)]


def organisation_by_slug(slug: str) -> Organisation | None:
    """The organisation a command names."""
    return Organisation.objects.filter(slug=slug).first()


def access_of_ids(user_id: uuid.UUID, organisation_id: uuid.UUID, *, at: datetime) -> Access | None:
    """What a person may do, where only ids are known (the content origin)."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    return access_of(user, organisation, at=at) if user and organisation else None


def all_organisations() -> list[uuid.UUID]:
    """Every tenant, for regular work that visits each in turn."""
    return list(Organisation.objects.order_by("pk").values_list("pk", flat=True))


def user_by_email(email: str) -> User | None:
    """Who signs in with an address, whatever its capitals."""
    return User.objects.by_email(email)


def person_still_here(person: User) -> bool:
    """Whether somebody can sign in and works in the organisation whose transaction this is."""
    here = Membership.objects.standing().filter(organisation_id=current_organisation_id())
    return person.is_active and here.filter(user=person).exists()
