"""The way in of activity providers: the statement store by xAPI 1.0.3 and 2.0."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from symposia.api.xapi import reading, resources, sending
from symposia.api.xapi.answers import PREFLIGHT, error_answer, not_allowed, nothing, spoken
from symposia.api.xapi.asked import SPOKEN, Answered, Asked, asked, unknown
from symposia.api.xapi.documents import ACTIVITY_PROFILE, AGENT_PROFILE, STATE, Handler
from symposia.shared.refusals import Refused
from symposia.statements.actions.keys import note_provider_key_used
from symposia.statements.checking import Wrong
from symposia.statements.entering import entered_as_provider

RESOURCES: dict[str, dict[str, Handler]] = {
    "statements": {"GET": reading.get, "PUT": sending.put, "POST": sending.post},
    "activities": {"GET": resources.activity},
    "activities/state": STATE.handlers(),
    "activities/profile": ACTIVITY_PROFILE.handlers(),
    "agents": {"GET": resources.person},
    "agents/profile": AGENT_PROFILE.handlers(),
}
_LOOKS = {"GET", "HEAD"}


@csrf_exempt
@login_not_required
def xapi(request: HttpRequest, resource: str, major: int = max(SPOKEN)) -> HttpResponse:
    """Answer one request of the standard; errors are sentences, never pages. `major` is the version
    in which somebody is answered who names none."""
    try:
        meant = asked(request, resource.rstrip("/"))
        if meant.method == "OPTIONS":
            answer = nothing()
            for name, value in PREFLIGHT.items():
                answer[name] = value
        elif meant.resource == "about":
            answer = _about(meant)
        else:
            major = meant.major
            answer = _answered(meant)
    except (Answered, Refused, Wrong) as no:
        answer = error_answer(no)
    return spoken(answer, major)


def _about(meant: Asked) -> HttpResponse:
    return resources.about(meant) if meant.method in _LOOKS else not_allowed(("GET", "HEAD"))


def _answered(meant: Asked) -> HttpResponse:
    handlers = RESOURCES.get(meant.resource)
    if handlers is None:
        raise Answered(404, _("The standard has no such resource."))
    handler: Any = handlers.get("GET" if meant.method == "HEAD" else meant.method)
    if handler is None:
        return not_allowed((*handlers, "HEAD"))
    username, secret = meant.credentials()
    with entered_as_provider(username, secret, looks=meant.method in _LOOKS) as provider:
        if provider is None:
            raise unknown()
        note_provider_key_used(provider)
        answer: HttpResponse = handler(meant, provider)
        return answer


# Read by the list of routes: a key of its own kind opens it, whatever role somebody holds.
xapi.open_because = "activity providers sign in with a key of their own (HTTP Basic)"  # type: ignore[attr-defined]

addresses = [
    path("1.0.3/<path:resource>", xapi, {"major": 1}, name="xapi_earlier"),
    path("<path:resource>", xapi, name="xapi"),
]
