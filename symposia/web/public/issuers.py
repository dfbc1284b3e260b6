"""What verifiers elsewhere read of an issuer: its keys, and what became of its badges."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from symposia.accounts.models import Organisation
from symposia.accounts.queries import organisation_by_code
from symposia.credits.badges import KINDS
from symposia.credits.issuer_keys import document_of
from symposia.credits.queries import issuer_keys, signing_now
from symposia.credits.status_lists import status_list, void_places
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all, own_transaction
from symposia.web.requests import OpenRequest


@require_GET
@open_to_all("verifiers read the public halves of an issuer's keys")
@own_transaction
def document(_request: OpenRequest, code: str) -> HttpResponse:
    """The DID document of an organisation."""
    with acting_in(_organisation(code).pk):
        keys = issuer_keys()
    if not keys:
        raise Http404
    return _published(document_of(code, keys), "application/did+json")


@require_GET
@open_to_all("verifiers read which badges hold no longer; the list names nobody")
@own_transaction
def status(_request: OpenRequest, code: str, name: str) -> HttpResponse:
    """A status list of an organisation, signed, as things are now."""
    with acting_in(_organisation(code).pk):
        signing = signing_now()
        places = void_places(signing.seed, name) if signing else None
    if signing is None or places is None:
        raise Http404
    return _published(status_list(code, name, signing.key, places, now()), KINDS["json"])


def _organisation(code: str) -> Organisation:
    organisation = organisation_by_code(code)
    if organisation is None:
        raise Http404
    return organisation


def _published(said: dict[str, Any], content_type: str) -> JsonResponse:
    """For programs of any origin: nothing in it is secret, and no session is asked for."""
    response = JsonResponse(said, content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-cache"
    return response
