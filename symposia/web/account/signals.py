"""Everything that happens to a session or a factor stands in the installation's journal."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.dispatch import receiver

from symposia.accounts.actions import record_sign_in
from symposia.accounts.models import User
from symposia.shared.actors import Actor

NOBODY = Actor("system", None, "Nobody signed in")


def _record(what: str, user: Any, **details: Any) -> None:
    known = user if isinstance(user, User) else None
    record_sign_in(known.actor() if known else NOBODY, what, known, **details)


@receiver(auth.user_logged_in)
def signed_in(user: User, request: Any, **_: Any) -> None:
    steps = request.session.get("account_authentication_methods", []) if request else []
    _record("session.started", user, methods=[step.get("method", "") for step in steps])


@receiver(auth.user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        _record("session.ended", user)


@receiver(auth.user_login_failed)
def refused(**_: Any) -> None:
    # Not whom they tried to be: what is typed there may be a password.
    _record("session.refused", None)


@receiver(account.login_code_rejected)
def code_refused(user: User, **_: Any) -> None:
    _record("session.code_refused", user)


@receiver(account.password_set)
@receiver(account.password_changed)
@receiver(account.password_reset)
def password_written(user: User, **_: Any) -> None:
    _record("password.written", user)


@receiver(mfa.authenticator_added)
def factor_added(user: User, authenticator: Any, **_: Any) -> None:
    _record("factor.added", user, type=authenticator.type)


@receiver(mfa.authenticator_removed)
def factor_removed(user: User, authenticator: Any, **_: Any) -> None:
    _record("factor.removed", user, type=authenticator.type)


@receiver(mfa.authenticator_reset)
def factor_reset(user: User, authenticator: Any, **_: Any) -> None:
    _record("factor.reset", user, type=authenticator.type)


@receiver(mfa.authenticator_used)
def factor_used(user: User, authenticator: Any, **facts: Any) -> None:
    again = bool(facts.get("reauthenticated"))
    _record("factor.used", user, type=authenticator.type, reauthenticated=again)


@receiver(mfa.authentication_failed)
def factor_refused(user: User, authenticator: Any, **_: Any) -> None:
    _record("factor.refused", user, type=authenticator.type if authenticator else "")
