from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.credits.actions.issuer_keys import provide_issuer_key
from symposia.credits.actions.paper_keys import provide_paper_key
from symposia.credits.designs import design_in
from symposia.credits.events import (
    CertificateIssued,
    CertificateReplaced,
    CertificateRevoked,
    CreditAwarded,
)
from symposia.credits.explaining import Explanation, explain_all, explain_credit
from symposia.credits.models import Certificate, CertificateDesign, CreditEntry, Reason, Revocation
from symposia.credits.papers import Terms, as_version, certificate_of, entry_of
from symposia.credits.policies import (
    objection_to_amount,
    objection_to_changing,
    objection_to_claim,
    objection_to_correction,
    objection_to_plain_certificate,
    objection_to_same_hour,
)
from symposia.credits.queries import current_certificate, term_of
from symposia.credits.same_hour import credited_elsewhere
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_at


@transaction.atomic
def claim_credit(
    registration: Registration, amount: Decimal, *, attested: bool, by: Actor
) -> CreditEntry:
    """Enter the credit a learner claims, up to what the minutes allow, and certify it."""
    _hold_person(registration)
    explained = explain_credit(_locked(registration))
    at = now()

    refuse_if(objection_to_claim(explained, at=at))
    refuse_if(objection_to_amount(explained, amount, attested=attested))
    refuse_if(objection_to_same_hour(credited_elsewhere(explained)))

    entry = _enter(entry_of(explained, amount, Reason.AWARD, at=at), "credit.claimed", by=by)
    _have_made(_issue([explained], credit=amount, entry=entry, by=by, at=at))
    return entry


@transaction.atomic
def issue_certificate(registration: Registration, *, by: Actor) -> Certificate:
    """Give a learner whom no credit is awarded a certificate of participation or attendance."""
    explained = explain_credit(_locked(registration))
    at = now()

    refuse_if(objection_to_plain_certificate(explained, at=at))

    issued = _issue([explained], by=by, at=at)
    _have_made(issued)
    return issued[0]


@transaction.atomic
def issue_certificates(activity: Activity, *, by: Actor) -> list[Certificate]:
    """Give everybody entitled to a certificate without credit theirs; its job makes the files."""
    activity = Activity.objects.locked(activity.pk)
    at = now()
    entitled = [
        each
        for each in explain_all(activity)
        if objection_to_plain_certificate(each, at=at) is None
    ]
    prefetch_related_objects([e.registration.clinician for e in entitled], "identifiers")
    return _issue(entitled, by=by, at=at) if entitled else []


@transaction.atomic
def replace_certificate(certificate: Certificate, *, reason: str, by: Actor) -> Certificate:
    """Issue the next version with the facts as they are now: a name spelled right, say."""
    explained, latest = _changing(certificate, reason)
    return _next_version(explained, latest, latest.entry, reason, by=by)


@transaction.atomic
def correct_credit(
    certificate: Certificate, amount: Decimal, *, reason: str, by: Actor
) -> Certificate:
    """Set what a learner was awarded to another amount, by a correcting entry and a new version."""
    explained, latest = _changing(certificate, reason)

    refuse_if(objection_to_correction(explained, amount))

    correction = entry_of(
        explained, amount - explained.credit, Reason.CORRECTION, at=now(), why=reason
    )
    entry = _enter(correction, "credit.corrected", by=by)
    return _next_version(explain_credit(certificate.registration), latest, entry, reason, by=by)


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, by: Actor) -> Revocation:
    """Declare a certificate void and take back the credit it stands for."""
    explained, latest = _changing(certificate, reason)
    at = now()
    revocation = Revocation.objects.create(
        certificate=latest, reason=reason[:300], revoked_at=at, by_name=by.name
    )
    record(by, "certificate.revoked", revocation, reason=reason)
    if explained.credit:
        taken = entry_of(explained, -explained.credit, Reason.REVOCATION, at=at, why=reason)
        _enter(taken, "credit.revoked", by=by)
    announce(CertificateRevoked(latest.pk, latest.activity_id))
    return revocation


def _hold_person(registration: Registration) -> None:
    """One claim of a person at a time: two for the same hour would not see each other. Under the
    record that was kept, whatever was merged meanwhile."""
    rows = Clinician.objects.select_for_update(of=("self",), no_key=True)
    person = rows.get(pk=registration.clinician_id)
    while person.merged_into_id is not None:
        person = rows.get(pk=person.merged_into_id)


def _locked(registration: Registration) -> Registration:
    return Registration.objects.select_related("activity", "clinician").locked(registration.pk)


def _changing(certificate: Certificate, reason: str) -> tuple[Explanation, Certificate]:
    """The facts behind a certificate, held, once nothing speaks against changing it."""
    explained = explain_credit(_locked(certificate.registration))
    latest = current_certificate(certificate.registration)

    refuse_if(
        objection_to_changing(
            is_latest=latest is not None and latest.pk == certificate.pk,
            is_revoked=Revocation.objects.filter(certificate=certificate).exists(),
            reason=reason,
        )
    )
    return explained, certificate


def _issue(
    explained: Sequence[Explanation],
    *,
    by: Actor,
    at: datetime,
    credit: Decimal = Decimal(0),
    entry: CreditEntry | None = None,
) -> list[Certificate]:
    """Write first versions into the register."""
    organisation = explained[0].frame.organisation
    year = day_at(at, organisation.zone).year
    _provide_keys(organisation, by=by)
    numbers = next_numbers("CERT", len(explained), year=year)
    terms = _terms_of(explained[0].activity)
    issued = Certificate.objects.bulk_create(
        certificate_of(each, number, credit=credit, entry=entry, at=at, terms=terms)
        for each, number in zip(explained, numbers, strict=True)
    )
    record_each(by, "certificate.issued", issued)
    for certificate in issued:
        announce(CertificateIssued(certificate.pk, certificate.activity_id))
    return issued


def _next_version(
    explained: Explanation,
    before: Certificate,
    entry: CreditEntry | None,
    reason: str,
    *,
    by: Actor,
) -> Certificate:
    _provide_keys(explained.frame.organisation, by=by)
    version = certificate_of(
        explained,
        before.number,
        credit=explained.credit,
        entry=entry,
        at=now(),
        terms=_terms_of(explained.activity),
    )
    version = as_version(version, before, reason)
    version.save(force_insert=True)
    record(by, "certificate.replaced", version, reason=reason)
    announce(CertificateReplaced(before.pk, version.pk, version.activity_id))
    announce(CertificateIssued(version.pk, version.activity_id))
    _have_made([version])
    return version


def _terms_of(activity: Activity) -> Terms:
    """For how long the certificates of an activity are good, and how they look now."""
    design = CertificateDesign.objects.present()
    number = design.number if design else 0
    return Terms(term_of(activity), design_in(design), number)


def _provide_keys(organisation: Organisation, *, by: Actor) -> None:
    """What certificates are signed with: as badges, and on paper."""
    provide_issuer_key(organisation, by=by)
    provide_paper_key(organisation, by=by)


def _have_made(certificates: Sequence[Certificate]) -> None:
    """Ask for the files by a job: the credit is recorded even while no paper can be made."""
    ids = [str(certificate.pk) for certificate in certificates]
    defer_named("credits.make_certificates", certificate_ids=ids)


def _enter(entry: CreditEntry, action: str, *, by: Actor) -> CreditEntry:
    """Write one line of the ledger."""
    entry.by_name = by.name
    entry.save(force_insert=True)
    record(by, action, entry, reason=entry.explanation)
    announce(CreditAwarded(entry.pk, entry.activity_id, entry.clinician_id))
    return entry
