"""Second factors: which one was used a moment ago, and the page that asks for one."""

import time
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


def factor_page(request: Any, back_to: str) -> str:
    """The address that asks for the person's factor and comes back; set-up if they have none."""
    held = set(
        Authenticator.objects.filter(user=request.user, type__in=STRONG).values_list(
            "type", flat=True
        )
    )
    if not held:
        return reverse("mfa_index")
    by_key = Authenticator.Type.WEBAUTHN in held
    page = "mfa_reauthenticate_webauthn" if by_key else "mfa_reauthenticate"
    return f"{reverse(page)}?{urlencode({'next': back_to})}"
