import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.letters import write_sign_in_link
from symposia.accounts.models import PersonalToken, SignInLink, User
from symposia.accounts.permissions import Access, Permission
from symposia.accounts.policies import objection_to_token, objection_to_using_link
from symposia.accounts.queries import this_organisation, token_hash, user_by_email
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import INSTALLATION, acting_in

VISITOR = Actor("link", None, "Sign-in page")


def change_profile(user: User, *, full_name: str, language: str, zone: str, by: Actor) -> None:
    """A person's own name, language and clock."""
    with acting_in(INSTALLATION):
        user.full_name, user.language, user.zone = full_name.strip(), language, zone
        user.save(update_fields=["full_name", "language", "zone"])
        record(by, "profile.changed", user)


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
