"""The Open Badge of a certificate as an answer: JSON, a token, or a picture that carries it."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation
from symposia.credits.badges import JWT, KINDS, as_kind, badge_of, token_of
from symposia.credits.models import Certificate
from symposia.credits.queries import signing_now, token_key


def badge_file(certificate: Certificate, organisation: Organisation, kind: str) -> HttpResponse:
    """To be kept under the number of the certificate."""
    signing, key = signing_now(), token_key() if kind == JWT else None
    if kind not in KINDS:
        raise Http404
    if signing is None or (kind == JWT and key is None):
        raise Http404(_("This organisation has no key yet that signs badges."))
    if key:
        content = token_of(certificate, organisation, key, signing.seed).encode()
    else:
        content = as_kind(badge_of(certificate, organisation, signing.key, signing.seed), kind)
    response = HttpResponse(content, content_type=KINDS[kind])
    name = f"{certificate.number}-v{certificate.version}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
