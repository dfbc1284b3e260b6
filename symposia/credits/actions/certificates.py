import hashlib
import uuid
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.assessment.queries.sending import sends_by_itself, silent_among
from symposia.audit.actions import record, record_each
from symposia.credits.actions.issuer_keys import provide_token_key
from symposia.credits.actions.paper_keys import provide_paper_key
from symposia.credits.explaining import explain_all
from symposia.credits.letters import certificate_values, finishing_values
from symposia.credits.models import Certificate, CertificateFile, PaperKey
from symposia.credits.paper_signing import signed_paper
from symposia.credits.policies import objection_to_taking
from symposia.credits.printing import print_certificates
from symposia.credits.queries import FINISH, certificates_by_id, pictures_by_design, places_asked
from symposia.credits.together import papers_of
from symposia.notifications.actions import queue_message
from symposia.registrations.models import Registration
from symposia.registrations.queries import was_told
from symposia.shared.actors import Actor
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import current_organisation_id


@transaction.atomic
def make_files(certificate_ids: Sequence[uuid.UUID], *, by: Actor) -> list[CertificateFile]:
    """Set the PDFs of certificates that have none, and keep each with the hash of its bytes. What
    signs their tokens is made here too: it takes a while, and nobody waits."""
    certificates = list(
        Certificate.objects.filter(pk__in=certificate_ids).without_file().order_by("pk")
    )
    pictures = pictures_by_design({c.printed.get("design", 0) for c in certificates})
    pdfs = print_certificates(
        [(c.printed | pictures[c.printed.get("design", 0)], c.issued_at) for c in certificates]
    )
    if certificates:
        provide_token_key(this_organisation(), by=by)
    key = _signs(by)
    files = CertificateFile.objects.bulk_create(
        _kept(certificate, _signed(pdf, certificate, key))
        for certificate, pdf in zip(certificates, pdfs, strict=True)
    )
    record_each(by, "certificate.made", files)
    return files


@transaction.atomic
def send_certificates(certificate_ids: Sequence[uuid.UUID], *, by: Actor) -> None:
    """Write to the holders of some certificates, all of them or none; not where the activity sends
    nothing by itself."""
    certificates = certificates_by_id(certificate_ids)
    silent = silent_among(each.registration.activity_id for each in certificates)
    for certificate in certificates:
        if certificate.registration.activity_id not in silent:
            send_certificate(certificate, by=by)


@transaction.atomic
def send_certificate(certificate: Certificate, *, by: Actor) -> None:
    """Write to the holder that the certificate is there; without an address nothing is sent."""
    _write("credits.certificate", certificate, certificate_values(certificate), by=by)


@transaction.atomic
def take_papers(activity: Activity, *, by: Actor) -> list[tuple[str, str]]:
    """Have the papers of everybody at an activity taken home together, and remember who did."""
    papers = papers_of(activity)

    refuse_if(objection_to_taking(len(papers)))

    record(by, "certificates.taken", activity, details={"papers": len(papers)})
    return papers


@transaction.atomic
def ask_to_finish(activity: Activity, *, by: Actor) -> int:
    """Have everybody who was there and has no certificate yet written to, once; nobody where the
    activity sends nothing by itself."""
    activity = Activity.objects.locked(activity.pk)
    if not sends_by_itself(activity):
        return 0
    asked = places_asked(activity.pk)
    waiting = [e for e in explain_all(activity) if e.was_there and e.certificate is None]
    fresh = [each for each in waiting if each.registration.pk not in asked]
    for each in fresh:
        defer_named("credits.ask_learner", registration_id=str(each.registration.pk))
    if fresh:
        record(by, "learners.asked", activity, details={"learners": len(fresh)})
    return len(fresh)


@transaction.atomic
def ask_learner(registration: Registration, *, by: Actor) -> None:
    """Write to a learner which steps are left to the certificate, with a personal link; once."""
    if was_told(registration, FINISH):
        return
    _write(FINISH, registration, finishing_values(registration), by=by)


def _write(
    message: str, about: Certificate | Registration, values: dict[str, str], *, by: Actor
) -> None:
    clinician = about.clinician
    if clinician.email:
        queue_message(
            message,
            to_address=clinician.email,
            to_name=clinician.called,
            language=clinician.language,
            values=values,
            about=(about._meta.label, about.pk),
            by=by,
        )


def _signs(by: Actor) -> PaperKey | None:
    """What papers are signed with; one that ran out since they were issued signs nothing."""
    if PaperKey.objects.present() is None:
        return None
    return provide_paper_key(this_organisation(), by=by)


def _signed(pdf: bytes, certificate: Certificate, key: PaperKey | None) -> bytes:
    """With the organisation's signature; papers of before there was a key stay without."""
    return signed_paper(pdf, key, certificate.printed["provider"]) if key else pdf


def _kept(certificate: Certificate, pdf: bytes) -> CertificateFile:
    folder = f"{current_organisation_id()}/certificates/{certificate.pk.hex[-2:]}"
    return CertificateFile(
        certificate=certificate,
        name=default_storage.save(f"{folder}/{uuid.uuid4().hex}", ContentFile(pdf)),
        size=len(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
