"""The authenticators of those who decide; the demonstration's page shows their codes."""

from collections.abc import Mapping

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from symposia.accounts.models import User
from symposia.audit.actions import record

DECIDERS = ("compliance_officer", "deputy", "finance_officer", "publisher", "administrator")


def give_authenticators(team: Mapping[str, User]) -> None:
    """So that they can sign with a second factor, as the routes ask of them."""
    for user in (team[role] for role in DECIDERS if role in team):
        if not Authenticator.objects.filter(user=user).exists():
            TOTP.activate(user, generate_totp_secret())
            record(user.actor(), "factor.added", details={"type": str(Authenticator.Type.TOTP)})
