"""Text messages that people send: the code of a session, from a number that is known."""

import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from symposia.accounts.models import Organisation
from symposia.attendance.actions.self_check_in import claim_session
from symposia.attendance.models import SessionCode
from symposia.attendance.rooms import places_of_number, session_code_of
from symposia.attendance.self_check_in import CLAIM_UNKNOWN, TOO_OFTEN
from symposia.notifications.text_rules import number_of
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.links import make_link
from symposia.shared.refusals import Objection, Refused, needed, refuse_if
from symposia.shared.texts import kept_text
from symposia.web.links import personal_link

INCOMING = "incoming"
LARGEST = 10_000
# "CODE 7K2M 9QXT" and the code alone.
_CODE = re.compile(r"\s*(?:code\b)?[\s:]*(.*)", re.IGNORECASE | re.DOTALL)
NUMBER_UNKNOWN = Objection(
    "number_unknown",
    gettext_lazy(
        "Nobody with this number has a place here. Claim the code with your ticket, or ask the"
        " organiser."
    ),
)
NUMBER_SHARED = Objection(
    "number_shared",
    gettext_lazy("Several people here have this number. Claim the code with your ticket."),
)


@dataclass(frozen=True)
class Incoming:
    """Who wrote, and what."""

    number: str
    text: str


def incoming_address(organisation: Organisation) -> str:
    """Where a gateway hands on what people send to the number of an organisation."""
    token = make_link(INCOMING, organisation.pk, organisation.code)
    return f"{settings.ORIGIN}/s/{token}/incoming/"


@csrf_exempt  # gateways post here by themselves; the signed link is the proof
@require_POST
@personal_link(INCOMING)
def incoming_text(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:  # of the link
    """JSON with `from` and `text`; the answer has the `reply` that the gateway sends back."""
    said = _said(request.body[:LARGEST])
    if said is None:
        return HttpResponseBadRequest("Send JSON with from (a number with its country) and text.")
    with translation.override(request.organisation.language):
        try:
            reply, is_counted = _claimed(request, said), True
        except Refused as refused:
            reply, is_counted = str(refused), False
    return JsonResponse({"reply": reply, "counted": is_counted})


def _claimed(request: Any, said: Incoming) -> str:
    if not ratelimit.consume(request, action="own_code", key=said.number):
        raise Refused(TOO_OFTEN)
    typed = _CODE.fullmatch(said.text)
    code = needed(session_code_of(typed[1] if typed else said.text), CLAIM_UNKNOWN)
    place = _place(said.number, code)
    with translation.override(place.clinician.language or request.organisation.language):
        try:
            claim_session(code, place, by=Actor("link", place.pk, place.clinician.called))
        except Refused as refused:
            # The words of the person who reads them.
            raise Refused(Objection(refused.objection.code, str(refused))) from refused
        return _("%(name)s, you were counted in: %(session)s.") % {
            "name": place.clinician.called,
            "session": code.session.title,
        }


def _place(number: str, code: SessionCode) -> Registration:
    found = places_of_number(number, code.activity)
    refuse_if(NUMBER_SHARED if len({each.clinician_id for each in found}) > 1 else None)
    return needed(found[0] if found else None, NUMBER_UNKNOWN)


def _said(body: bytes) -> Incoming | None:
    try:
        given: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict):
        return None
    number = number_of(kept_text(str(given.get("from", "")))[:40])
    text = given.get("text")
    if not number or not isinstance(text, str):
        return None
    return Incoming(number, kept_text(text)[:200])
