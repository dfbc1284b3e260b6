"""What the provider of card payments tells us: believed by its signature, acted on once."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from symposia.accounts.queries import organisation_by_code
from symposia.finance.actions.checkouts import settle_checkout
from symposia.finance.cards import ProviderSilent, Told, provider
from symposia.shared.actors import job_actor
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all, own_transaction

LONGEST = 100_000
A_PROVIDER = job_actor("card provider")


@csrf_exempt
@require_POST
@open_to_all("the provider of card payments tells us here; only what it signed is believed")
@own_transaction
def told(request: Any) -> HttpResponse:
    """Take over what became of a payment; told twice, it changes nothing."""
    message = _message(request)
    organisation = organisation_by_code(message.organisation_code) if message else None
    if message is None or organisation is None:
        return HttpResponse(status=400)
    with acting_in(organisation.pk):
        settle_checkout(message.payment, message.state, by=A_PROVIDER)
    return HttpResponse(status=204)


def _message(request: Any) -> Told | None:
    cards, signature = provider(), request.headers.get("Signature", "")
    if cards is None:
        return None
    try:
        return cards.read_message(request.body[:LONGEST], signature, at=now().timestamp())
    except ProviderSilent:
        return None
