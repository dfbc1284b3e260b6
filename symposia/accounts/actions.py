import secrets
import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import now

from symposia.accounts.events import OrganisationCreated
from symposia.accounts.letters import (
    tell_of_deciding_role,
    write_membership_offer,
    write_sign_in_link,
)
from symposia.accounts.models import (
    Grant,
    Membership,
    MembershipInvitation,
    Organisation,
    PersonalToken,
    Role,
    SignInLink,
    User,
)
from symposia.accounts.permissions import ROLE_TEMPLATES, Access, Permission
from symposia.accounts.policies import (
    objection_to_accepting,
    objection_to_confirming,
    objection_to_own_roles,
    objection_to_removing_grant,
    objection_to_token,
    objection_to_using_link,
)
from symposia.accounts.queries import (
    administrators,
    this_organisation,
    token_hash,
    user_by_email,
)
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.ids import readable
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import INSTALLATION, acting_in, current_organisation_id

VISITOR = Actor("link", None, "Sign-in page")
# Without 0, o, 1, i and l, which are read wrongly.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def create_organisation(*, by: Actor, **facts: Any) -> Organisation:
    """Open a new tenant with the roles every organisation starts with."""
    organisation = Organisation.objects.create(code=_new_code(), **facts)
    with acting_in(organisation.pk):
        Role.objects.bulk_create(
            Role(
                code=template.code,
                name=template.name,
                description=template.description,
                permissions=sorted(template.permissions),
            )
            for template in ROLE_TEMPLATES
        )
        record(by, "organisation.created", organisation)
        announce(OrganisationCreated(organisation.pk))
    return organisation


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(5))
        if not Organisation.objects.filter(code=code).exists():
            return code


@transaction.atomic
def add_member(user: User, role: Role, *, by: Actor, **scope: Any) -> Grant:
    """Give another person a role here, making them a member if they are not yet."""
    refuse_if(objection_to_own_roles(user.pk, by_id=by.id))

    return _give(user, role, given_by=by.id if by.kind == "person" else None, by=by, **scope)


def _give(user: User, role: Role, *, given_by: uuid.UUID | None, by: Actor, **scope: Any) -> Grant:
    at = now()
    membership, _ = Membership.objects.get_or_create(
        user=user, organisation_id=current_organisation_id(), defaults={"joined_at": at}
    )
    if membership.ended_at:
        membership.ended_at = None
        membership.save(update_fields=["ended_at"])
    others = [one for one in administrators(at) if one.pk not in {given_by, user.pk}]
    waits = bool(role.decides and given_by and others)
    grant, made = Grant.objects.get_or_create(
        membership=membership,
        role=role,
        scope_kind=scope.get("scope_kind", "organisation"),
        scope_id=scope.get("scope_id"),
        defaults={"granted_by_id": given_by, "waits_since": at if waits else None},
    )
    record(by, "access.granted", grant, details={"role": role.code, "user": user.pk})
    if made and role.decides and given_by:
        tell_of_deciding_role(grant, this_organisation(), others, by=by)
    return grant


@transaction.atomic
def confirm_grant(grant: Grant, *, by: Actor) -> Grant:
    """A second administrator agrees that somebody holds a role that decides."""
    grant = Grant.objects.select_for_update(of=["self"]).with_person().get(pk=grant.pk)

    refuse_if(objection_to_confirming(grant, by_id=by.id))

    grant.waits_since = None
    grant.confirmed_by_id = by.id
    grant.save(update_fields=["waits_since", "confirmed_by_id"])
    record(by, "access.confirmed", grant, details={"role": grant.role.code})
    return grant


@transaction.atomic
def remove_grant(grant: Grant, *, by: Actor, reason: str) -> None:
    """Take a role away, with a reason; the next request already runs without it."""
    leading = Grant.objects.select_for_update(of=["self"]).administering(now())

    refuse_if(objection_to_removing_grant(grant, [other.pk for other in leading], reason=reason))
    refuse_if(objection_to_own_roles(grant.membership.user_id, by_id=by.id))

    record(by, "access.revoked", grant, reason=reason)
    grant.delete()


@transaction.atomic
def invite_member(
    role: Role, *, email: str, full_name: str, by: Actor, **scope: Any
) -> MembershipInvitation:
    """Offer a person a role here for a week, by mail; nobody to oneself."""
    known = user_by_email(email.strip())

    refuse_if(objection_to_own_roles(known.pk if known else None, by_id=by.id))

    invitation = MembershipInvitation.objects.create(
        role=role,
        email=email.strip().lower(),
        full_name=full_name,
        expires_at=now() + timedelta(days=7),
        invited_by_id=by.id if by.kind == "person" else None,
        **scope,
    )
    record(by, "member.invited", invitation, details={"role": role.code})
    write_membership_offer(invitation, this_organisation(), by=by)
    return invitation


@transaction.atomic
def withdraw_offer(invitation: MembershipInvitation, *, by: Actor) -> None:
    """Take an offer of membership back; its link no longer works."""
    invitation = MembershipInvitation.objects.select_for_update().get(pk=invitation.pk)

    refuse_if(objection_to_accepting(invitation, at=now()))

    invitation.withdrawn_at = now()
    invitation.save(update_fields=["withdrawn_at"])
    record(by, "member.offer_withdrawn", invitation)


def change_profile(user: User, *, full_name: str, language: str, zone: str, by: Actor) -> None:
    """A person's own name, language and clock."""
    with acting_in(INSTALLATION):
        user.full_name, user.language, user.zone = full_name.strip(), language, zone
        user.save(update_fields=["full_name", "language", "zone"])
        record(by, "profile.changed", user)


@transaction.atomic
def accept_membership(invitation: MembershipInvitation, *, by: Actor) -> User:
    """Turn an offer into a membership, making the user if this is the first organisation."""
    invitation = MembershipInvitation.objects.select_for_update().get(pk=invitation.pk)
    at = now()

    refuse_if(objection_to_accepting(invitation, at=at))

    user = User.objects.by_email(invitation.email) or User.objects.create_user(
        invitation.email, full_name=invitation.full_name
    )
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    _give(user, invitation.role, given_by=invitation.invited_by_id, by=by, **invitation.scope)
    record(by, "member.joined", invitation)
    return user


def make_sign_in_link(user: User, *, by: Actor, minutes: int = 15) -> str:
    """A secret that signs this person in once, after a confirming POST."""
    token = secrets.token_urlsafe(32)
    with acting_in(INSTALLATION):
        link = SignInLink.objects.create(
            user=user, token_hash=token_hash(token), expires_at=now() + timedelta(minutes=minutes)
        )
        record(by, "sign_in_link.made", user, details={"link": link.pk, "minutes": minutes})
    return token


def send_sign_in_link(address: str, *, by: Actor = VISITOR) -> None:
    """Write a link to whoever signs in with an address; an unknown one gets nothing."""
    user = user_by_email(address)
    if user is not None and user.is_active:
        write_sign_in_link(user, make_sign_in_link(user, by=by), by=by)


def use_sign_in_link(token: str, *, by: Actor) -> User | None:
    """Spend a link; nothing for an unknown one. Raises Refused for a spent or old one."""
    with acting_in(INSTALLATION):
        link = (
            SignInLink.objects.select_for_update(of=["self"])
            .select_related("user")
            .filter(token_hash=token_hash(token), user__is_active=True)
            .first()
        )
        if link is None:
            return None
        at = now()

        refuse_if(objection_to_using_link(link, at=at))

        link.used_at = at
        link.save(update_fields=["used_at"])
        record(by, "sign_in_link.used", link.user, details={"link": link.pk})
        return link.user


def record_sign_in(by: Actor, what: str, user: User | None, **details: Any) -> None:
    """Journal what happened to a session or a factor, for the installation."""
    with acting_in(INSTALLATION):
        record(by, what, user, details=details)


@transaction.atomic
def make_personal_token(
    user: User,
    access: Access,
    *,
    name: str,
    permissions: Iterable[Permission],
    by: Actor,
    days: int = 90,
) -> tuple[PersonalToken, str]:
    """A key to the API; the secret is returned once and only its hash is kept."""
    wanted = frozenset(permissions)

    refuse_if(objection_to_token(access, wanted))

    organisation = this_organisation()
    secret = f"sym_{organisation.code}_{secrets.token_urlsafe(32).replace('_', '-')}"
    token = PersonalToken.objects.create(
        user=user,
        name=name,
        token_hash=token_hash(secret),
        permissions=sorted(wanted),
        expires_at=now() + timedelta(days=days),
    )
    record(by, "token.made", token, details={"permissions": sorted(wanted)})
    return token, secret


@transaction.atomic
def revoke_personal_token(token: PersonalToken, *, by: Actor) -> None:
    """End a token; the next request with it is refused."""
    token.revoked_at = token.revoked_at or now()
    token.save(update_fields=["revoked_at"])
    record(by, "token.revoked", token)


def next_numbers(kind: str, count: int = 1, *, year: int) -> list[str]:
    """The next readable numbers of a kind; a number taken in a rolled-back step is given again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_counter (id, organisation_id, kind, year, last)"
            " VALUES (gen_random_uuid(), %s, %s, %s, %s)"
            " ON CONFLICT (organisation_id, kind, year)"
            " DO UPDATE SET last = accounts_counter.last + EXCLUDED.last RETURNING last",
            [str(current_organisation_id()), kind, year, count],
        )
        last: int = cursor.fetchone()[0]
    return [readable(kind, year, n) for n in range(last - count + 1, last + 1)]


def change_organisation(organisation: Organisation, *, by: Actor, **facts: str) -> Organisation:
    """Change what is printed of an organisation, and its zone."""
    with acting_in(organisation.pk):
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        before = {name: getattr(organisation, name) for name in facts}
        for name, value in facts.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=list(facts))
        changed = {name: [before[name], value] for name, value in facts.items()}
        record(by, "organisation.changed", organisation, details={"changed": changed})
    return organisation
