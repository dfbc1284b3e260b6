"""What a gateway says of a text message afterwards: the signed address is the proof."""

import json
import uuid
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from symposia.notifications.actions.texts import take_text_receipt
from symposia.notifications.text_queries import text_of_id
from symposia.notifications.texting import RECEIPT
from symposia.shared.refusals import Refused
from symposia.web.links import personal_link

LARGEST = 10_000
_SAYS = {"delivered": True, "failed": False}


@csrf_exempt  # gateways post here by themselves; the signed link is the proof
@require_POST
@personal_link(RECEIPT)
def text_receipt(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:  # of the link
    """JSON with `status`, `delivered` or `failed`, and perhaps `error`."""
    text = text_of_id(pk)
    if text is None:
        raise Http404
    said = _said(request.body[:LARGEST])
    if said is None:
        return HttpResponseBadRequest("Send JSON with a status: delivered or failed.")
    delivered, error = said
    try:
        take_text_receipt(text, delivered=delivered, error=error, by=request.actor)
    except Refused as refused:
        return HttpResponse(str(refused), status=409, content_type="text/plain")
    return HttpResponse(status=204)


def _said(body: bytes) -> tuple[bool, str] | None:
    try:
        given: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    status = given.get("status") if isinstance(given, dict) else None
    if not isinstance(status, str) or status not in _SAYS:
        return None
    return _SAYS[status], str(given.get("error", ""))[:500]
