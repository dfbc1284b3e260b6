"""The public check: what became of the certificate behind a code."""

from dataclasses import dataclass

from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.accounts.queries import organisation_by_code
from symposia.credits.codes import read_code
from symposia.credits.models import Certificate, Revocation
from symposia.credits.queries import current_certificate, signing_now
from symposia.credits.status_lists import Place, place_of
from symposia.shared.tenancy import acting_in
from symposia.shared.times import day_at


@dataclass(frozen=True)
class Checked:
    """What the public check says of a code: the certificate, and what became of it."""

    organisation: Organisation
    certificate: Certificate
    revocation: Revocation | None
    successor: Certificate | None
    is_expired: bool = False

    @property
    def is_void(self) -> bool:
        """Whether the paper proves nothing any more."""
        return bool(self.revocation or self.successor or self.is_expired)


def status_place(found: Checked) -> Place | None:
    """Where verifiers elsewhere read what became of a certificate; nothing without a key yet."""
    with acting_in(found.organisation.pk):
        signing = signing_now()
    return place_of(signing.seed, found.certificate) if signing else None


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
            certificate.is_expired(day_at(now(), organisation.zone)),
        )
