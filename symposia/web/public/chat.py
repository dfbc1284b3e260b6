"""What the provider of chat messages tells us: believed by its signature, acted on once."""

import hmac
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from symposia.accounts.queries import organisation_by_code
from symposia.notifications.actions.texts import take_text_receipt
from symposia.notifications.chatting import Receipt, is_signed, receipts_in
from symposia.notifications.models import TextState
from symposia.notifications.text_queries import text_of_id
from symposia.notifications.texting import RECEIPT
from symposia.shared.actors import job_actor
from symposia.shared.links import read_link
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all, own_transaction

LONGEST = 100_000
A_PROVIDER = job_actor("chat provider")


@csrf_exempt
@require_http_methods(["GET", "POST"])
@open_to_all("the provider of chat messages tells us here; only what it signed is believed")
@own_transaction
def told(request: Any) -> HttpResponse:
    """Note what became of messages; a GET is the provider's question whether this is the place."""
    if request.method == "GET":
        return _here(request)
    body = request.body
    if len(body) > LONGEST or not is_signed(body, request.headers.get("X-Hub-Signature-256", "")):
        return HttpResponse(status=400)
    # It tells again what was not taken.
    early = [_is_early(each) for each in receipts_in(body)]
    return HttpResponse(status=503 if any(early) else 204)


def _here(request: Any) -> HttpResponse:
    known, given = settings.CHAT_VERIFY, request.GET.get("hub.verify_token", "")
    if not known or not hmac.compare_digest(known.encode(), given.encode()):
        return HttpResponse(status=403)
    return HttpResponse(request.GET.get("hub.challenge", ""), content_type="text/plain")


def _is_early(receipt: Receipt) -> bool:
    """Note a receipt; whether it came before we knew ourselves that the message had left."""
    link = read_link(RECEIPT, receipt.token)
    organisation = organisation_by_code(link.organisation_code) if link else None
    if link is None or organisation is None:
        return False
    with acting_in(organisation.pk):
        text = text_of_id(link.id)
        if text and text.state == TextState.SENT:
            take_text_receipt(text, delivered=receipt.delivered, error=receipt.error, by=A_PROVIDER)
        return text is not None and text.state == TextState.SENDING
