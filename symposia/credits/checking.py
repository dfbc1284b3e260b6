"""The public check: what became of the certificate behind a code."""

from dataclasses import dataclass

from symposia.accounts.models import Organisation
from symposia.accounts.queries import organisation_by_code
from symposia.credits.codes import read_code
from symposia.credits.models import Certificate, Revocation
from symposia.credits.queries import current_certificate
from symposia.shared.tenancy import acting_in


@dataclass(frozen=True)
class Checked:
    """What the public check says of a code: the certificate, and what became of it."""

    organisation: Organisation
    certificate: Certificate
    revocation: Revocation | None
    successor: Certificate | None


def check_certificate(text: str) -> Checked | None:
    """The certificate behind a code; nothing, in the same way, for any text that is none."""
    code = read_code(text)
    organisation = organisation_by_code(code.organisation_code if code else "")
    if code is None or organisation is None:
        return None
    with acting_in(organisation.pk):
        certificate = Certificate.objects.by_code(code.text)
        if certificate is None:
            return None
        latest = current_certificate(certificate.registration)
        return Checked(
            organisation,
            certificate,
            Revocation.objects.filter(certificate__registration=certificate.registration)
            .order_by("-revoked_at")
            .first(),
            latest if latest and latest.version > certificate.version else None,
        )
