"""The demonstration's sign-in: one press per person. Exists in demo mode alone."""

import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.memberships import Persona, persona_of, personas
from symposia.accounts.models import User
from symposia.web.gates import open_to_all

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Button:
    """A person to play, and the code their authenticator shows now."""

    persona: Persona
    code: str


@never_cache
@require_GET
@open_to_all("the demonstration's people; does not exist outside demo mode")
def choose(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    groups = [
        (organisation, [Button(persona, current_code(persona.user)) for persona in of_it])
        for organisation, of_it in groupby(personas(), key=lambda persona: persona.organisation)
    ]
    return render(request, "account/demo.html", {"groups": groups})


@never_cache
@require_POST
@open_to_all("signs in as a person of a demonstration; does not exist outside demo mode")
def enter(request: Any) -> HttpResponse:
    _only_in_demo()
    persona = persona_of(_id(request.POST.get("user")), _id(request.POST.get("organisation")))
    if persona is None:
        raise Http404
    login(request, persona.user, backend=BACKEND)
    user_logged_in.send(sender=User, request=request, user=persona.user)  # the list of sessions
    request.session["organisation"] = str(persona.organisation.pk)
    return redirect("start")


def current_code(user: User) -> str:
    """What this person's authenticator app shows now; empty without one."""
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if factor is None:
        return ""
    counters = list(yield_hotp_counters_from_time())
    now = counters[len(counters) // 2]
    return str(format_hotp_value(hotp_value(decrypt(factor.data["secret"]), now)))


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _id(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text or "")
    except ValueError as problem:
        raise Http404 from problem
