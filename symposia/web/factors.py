"""Second factors: which one was used a moment ago, and the page that asks for one."""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.urls import reverse

FRESH_SECONDS = 5 * 60
STRONG = (str(Authenticator.Type.WEBAUTHN), str(Authenticator.Type.TOTP))


def fresh_factor(request: Any) -> str:
    """The kind of second factor this session used within five minutes; nothing if none."""
    oldest = time.time() - FRESH_SECONDS
    used = [
        str(record.get("type"))
        for record in get_authentication_records(request, request.user)
        if record.get("method") == "mfa" and float(record.get("at", 0)) > oldest
    ]
    return next((kind for kind in STRONG if kind in used), "")


@dataclass(frozen=True)
class Way:
    """Where a second factor is asked for; where it is set up, if none is held."""

    href: str
    is_held: bool


def factor_way(request: Any, back_to: str) -> Way:
    """The page that asks for the person's factor and comes back; set-up if they have none."""
    held = Authenticator.objects.filter(user=request.user, type__in=STRONG)
    kinds = set(held.values_list("type", flat=True))
    by_key = Authenticator.Type.WEBAUTHN in kinds
    page = "mfa_reauthenticate_webauthn" if by_key else "mfa_reauthenticate"
    address = reverse(page if kinds else "factor_set_up")
    return Way(f"{address}?{urlencode({'next': back_to})}", bool(kinds))


def factor_page(request: Any, back_to: str) -> str:
    """The address alone, for whoever is sent there."""
    return factor_way(request, back_to).href
