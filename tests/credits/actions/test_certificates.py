import hashlib
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from symposia.credits.actions.certificates import ask_learner, make_files, send_certificate
from symposia.credits.actions.claims import claim_credit, issue_certificates
from symposia.credits.models import Certificate, CertificateFile
from symposia.credits.printing import print_certificates
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from tests.factories.credits import attended

pytestmark = pytest.mark.usefixtures("files")


def certified():
    entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def test_a_certificate_gets_its_file_once_with_the_hash_of_its_bytes(organisation):
    certificate = certified()

    files = make_files([certificate.pk], by=SYSTEM)

    with default_storage.open(files[0].name) as kept:
        content = kept.read()
    assert hashlib.sha256(content).hexdigest() == files[0].sha256
    assert make_files([certificate.pk], by=SYSTEM) == []
    assert CertificateFile.objects.count() == 1


def test_the_same_facts_make_the_same_bytes(organisation):
    certificate = certified()
    facts = (certificate.printed, certificate.issued_at)

    assert len(set(print_certificates([facts, facts, facts]))) == 1


def test_many_are_made_in_one_go(organisation):
    first = attended(profession="nurse")
    attended(activity=first.activity, profession="nurse")
    issued = issue_certificates(first.activity, by=SYSTEM)

    files = make_files([c.pk for c in issued], by=SYSTEM)

    assert {f.certificate_id for f in files} == {c.pk for c in issued}
    assert len({f.sha256 for f in files}) == 2


def test_the_holder_is_written_to_with_a_link_of_a_purpose_of_its_own(organisation):
    certificate = certified()

    send_certificate(certificate, by=SYSTEM)

    mail = Delivery.objects.get()
    assert mail.to_address == certificate.clinician.email
    assert "/l/" in mail.text
    assert "1.25 AMA PRA Category 1 Credit(s)™" in mail.text


def test_a_learner_is_asked_to_finish(organisation):
    registration = attended(answered=False)

    ask_learner(registration, by=SYSTEM)

    assert registration.activity.title in Delivery.objects.get().subject


def test_nobody_without_an_address_is_written_to(organisation):
    registration = attended(answered=False)
    registration.clinician.email = ""

    ask_learner(registration, by=SYSTEM)

    assert not Delivery.objects.exists()
