"""A letter as one of its recipients would get it, on the content origin, before it is sent."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from symposia.accounts.queries import this_organisation
from symposia.directory.models import Clinician
from symposia.outreach.models import Campaign
from symposia.outreach.queries import campaign_and_person
from symposia.outreach.sending import example_letter
from symposia.shared.tenancy import acting_in
from symposia.web.content.letters import SECONDS, as_looked_at
from symposia.web.gates import open_to_all

_signer = TimestampSigner(salt="symposia.example")


def example_url(campaign: Campaign, clinician: Clinician) -> str:
    """Where the letter of a campaign can be looked at for five minutes."""
    text = f"{campaign.organisation_id}.{campaign.pk}.{clinician.pk}"
    path = reverse("example", args=[_signer.sign(text)], urlconf="config.urls_content")
    return f"{settings.CONTENT_ORIGIN}{path}"


@require_GET
@open_to_all("needs a signed ticket of the product, good for five minutes")
def example(request: HttpRequest, ticket: str) -> HttpResponse:
    try:
        organisation, campaign_id, clinician_id = _signer.unsign(ticket, max_age=SECONDS).split(".")
    except BadSignature:
        return HttpResponseNotFound("This address is too old. Open the campaign again.")
    with acting_in(uuid.UUID(organisation)):
        found = campaign_and_person(uuid.UUID(campaign_id), uuid.UUID(clinician_id))
        if found is None:
            return HttpResponseNotFound("This campaign is not there.")
        letter = example_letter(*found, this_organisation(), at=now())
    return as_looked_at(letter.html)
