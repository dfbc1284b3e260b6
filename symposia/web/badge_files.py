"""The Open Badge of a certificate as an answer: its JSON, or a picture that carries it."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation
from symposia.credits.badges import KINDS, as_kind, badge_of
from symposia.credits.models import Certificate
from symposia.credits.queries import signing_now


def badge_file(certificate: Certificate, organisation: Organisation, kind: str) -> HttpResponse:
    """To be kept under the number of the certificate."""
    signing = signing_now()
    if kind not in KINDS:
        raise Http404
    if signing is None:
        raise Http404(_("This organisation has no key yet that signs badges."))
    said = badge_of(certificate, organisation, signing.key, signing.seed)
    response = HttpResponse(as_kind(said, kind), content_type=KINDS[kind])
    name = f"{certificate.number}-v{certificate.version}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
