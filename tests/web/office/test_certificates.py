"""The register of certificates: versions and what became of them, their ends, their proofs."""

import uuid
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.credits.actions.certificates import make_files
from symposia.credits.actions.claims import claim_credit, replace_certificate, revoke_certificate
from symposia.credits.badge_checking import check_badge
from symposia.credits.models import (
    Certificate,
    CertificateDesign,
    CertificateTerm,
    IssuerKey,
    PaperKey,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.credits.test_paper_signing import SECRET, bought
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import attended

pytestmark = pytest.mark.usefixtures("files")


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client, organisation):
    user = member(organisation, "administrator")
    client.force_login(user)
    return user


def certified(months=None):
    registration = attended()
    if months:
        CertificateTerm.objects.create(activity=registration.activity, months=months)
    entry = claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def post(client, name, *args, **values):
    sent = {"idempotency_key": uuid.uuid4(), **values}
    return client.post(reverse(name, args=args), sent, follow=True)


def numbers(client, **given):
    """The rows of the file of the register under these filters."""
    sheet = b"".join(client.get(reverse("certificates_csv"), given)).decode("utf-8-sig")
    return [line.split(",")[0] for line in sheet.strip().splitlines()[1:]]


def test_the_register_keeps_every_version_and_says_what_became_of_it(client, coordinator):
    waiting, first, revoked = certified(), certified(), certified()
    later = replace_certificate(first, reason="Misspelt.", by=SYSTEM)
    make_files([later.pk], by=SYSTEM)
    revoke_certificate(revoked, reason="Was not there.", by=SYSTEM)

    assert len(numbers(client)) == 4
    assert numbers(client, state="replaced") == [first.number]
    assert numbers(client, state="valid") == [str(later)]
    assert numbers(client, state="revoked") == [revoked.number]
    assert numbers(client, state="waiting") == [waiting.number]
    assert set(numbers(client, state=["replaced", "valid"])) == {first.number, str(later)}


def test_a_page_tells_the_whole_history_with_reasons(client, coordinator):
    first = certified()
    later = replace_certificate(first, reason="Misspelt.", by=SYSTEM)
    revoke_certificate(later, reason="Was not there.", by=SYSTEM)

    page = client.get(reverse("certificate", args=[later.pk])).text

    assert "Misspelt." in page
    assert "Was not there." in page
    assert "Replaced" in page


def test_the_page_says_that_the_name_is_another_now(client, coordinator):
    certificate = certified()
    page = reverse("certificate", args=[certificate.pk])
    assert "The record now says" not in client.get(page).text

    certificate.clinician.full_name = "Avery Newname"
    certificate.clinician.save(update_fields=["full_name"])

    assert "The record now says Avery Newname" in client.get(page).text


def test_how_long_certificates_are_good_is_said_before_the_first(client, organisation):
    planner = member(organisation, "coordinator")
    client.force_login(planner)
    activity = ActivityFactory(state="draft")

    page = post(client, "certificate_term", activity.pk, months="24")

    assert "How long certificates are good is kept." in page.text
    assert CertificateTerm.objects.get(activity=activity).months == 24
    post(client, "certificate_term", activity.pk, months="")
    assert CertificateTerm.objects.get(activity=activity).months is None
    assert "from 1 to 120" in post(client, "certificate_term", activity.pk, months="500").text
    assert Entry.objects.filter(action="certificate_term.set").count() == 2


def test_once_one_was_issued_it_stands(client, coordinator):
    certificate = certified(12)

    page = post(client, "certificate_term", certificate.activity_id, months="24")

    assert "how long they are good stands" in page.text
    assert CertificateTerm.objects.get().months == 12


def test_a_certificate_ends_and_everybody_is_told(client, coordinator):
    certificate = certified(12)
    make_files([certificate.pk], by=SYSTEM)

    assert certificate.valid_until > day_here() + timedelta(days=360)
    assert certificate.printed["valid"].startswith("Valid until")
    assert numbers(client, state="expired") == []
    with time_machine.travel(now() + timedelta(days=400)):
        client.force_login(coordinator)
        assert numbers(client, state="expired") == [certificate.number]
        assert "Expired: it was valid until" in client.get(f"/verify/{certificate.code}/").text


def test_the_later_version_ends_when_the_first_did(organisation):
    first = certified(12)

    later = replace_certificate(first, reason="Misspelt.", by=SYSTEM)

    assert later.valid_until == first.valid_until
    assert later.printed["valid"] == first.printed["valid"]


def test_a_revocation_cannot_be_taken_out_of_the_register(coordinator):
    certificate = certified()

    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(number="CERT-2026-9999")


@pytest.mark.parametrize("kind", ["json", "svg", "png"])
def test_the_badge_of_a_certificate_is_taken_home(client, coordinator, kind):
    certificate = certified()

    answer = client.get(reverse("certificate_badge", args=[certificate.pk, kind]))

    assert answer["Content-Disposition"].endswith(f'{certificate.number}-v1.{kind}"')
    assert certificate.printed["verify_url"].encode() in answer.content


def test_the_token_of_a_certificate_is_offered_once_its_key_is_made(client, coordinator):
    certificate = certified()
    address = reverse("certificate_badge", args=[certificate.pk, "jwt"])
    page = reverse("certificate", args=[certificate.pk])
    assert client.get(address).status_code == 404
    assert "Token (JWT)" not in client.get(page).text

    make_files([certificate.pk], by=SYSTEM)
    answer = client.get(address)

    assert answer["Content-Type"] == "application/vc+jwt"
    assert answer["Content-Disposition"].endswith(f'{certificate.number}-v1.jwt"')
    assert check_badge(answer.content).outcome == "valid"
    assert "Token (JWT)" in client.get(page).text


def test_no_other_kind_and_nobody_elses(client, coordinator):
    certificate = certified()
    assert client.get(reverse("certificate_badge", args=[certificate.pk, "exe"])).status_code == 404
    other = OrganisationFactory()
    with acting_in(other.pk):
        theirs = certified()

    assert client.get(reverse("certificate_badge", args=[theirs.pk, "json"])).status_code == 404


def test_the_key_of_badges_is_shown_and_changed_with_a_reason(client, administrator):
    certified()

    assert "did:web:" in client.get(reverse("issuer_keys")).text
    assert post(client, "issuer_key_new", reason=" ").status_code == 422
    page = post(client, "issuer_key_new", reason="Once a year")

    assert "Inside the badge (Ed25519)" in page.text
    assert "Around the badge, as a JWT (RSA)" in page.text
    assert [str(key) for key in IssuerKey.objects.order_by("kind", "number")] == [
        *("proof 1", "proof 2", "token 1")
    ]
    assert "Once a year" in page.text
    assert Entry.objects.filter(action="issuer_key.made", reason="Once a year").exists()


def test_whoever_awards_credit_changes_no_key(client, coordinator):
    certified()

    assert client.get(reverse("issuer_keys")).status_code == 403
    assert post(client, "issuer_key_new", reason="Mine").status_code == 403


def test_a_bought_certificate_is_brought_and_handed_on(client, administrator):
    file = SimpleUploadedFile("seal.p12", bought())

    page = post(client, "paper_key_bought", file=file, password=SECRET, reason="Bought")

    present = PaperKey.objects.present()
    assert present.issuer == "CN=Seller"
    assert present.sha256 in page.text
    pem = client.get(reverse("paper_certificate", args=[present.pk])).content
    assert pem.count(b"BEGIN CERTIFICATE") == 2
    assert b"PRIVATE" not in pem


def test_a_wrong_password_is_told_in_words(client, administrator):
    file = SimpleUploadedFile("seal.p12", bought())

    page = post(client, "paper_key_bought", file=file, password="no", reason="Bought")

    assert page.status_code == 422
    assert "opens with this password" in page.text
    assert not PaperKey.objects.exists()


def test_our_own_is_made_anew(client, administrator):
    post(client, "paper_key_new", reason="At last")

    assert PaperKey.objects.present().reason == "At last"


def test_programs_do_the_same(client, organisation):
    office = key(organisation, "coordinator")
    certificate = certified()
    address = f"{API}/certificates/{certificate.pk}"

    made = client.post(f"{address}/replacement", {"reason": "Misspelt."}, JSON, headers=office)
    assert made.status_code == 201
    assert made.json()["version"] == 2
    assert client.get(address, headers=office).json()["state"] == "replaced"
    later = f"{API}/certificates/{made.json()['id']}"
    both = client.get(f"{later}/versions", headers=office).json()
    assert [each["version"] for each in both] == [2, 1]
    fixed = client.post(
        f"{later}/correction", {"reason": "Was late.", "amount": "1.00"}, JSON, headers=office
    )
    assert fixed.json()["version"] == 3
    said = client.get(f"{later}/badge", headers=office).json()
    assert said["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
    again = client.post(f"{address}/replacement", {"reason": "Again"}, JSON, headers=office)
    assert again.status_code == 409


def test_programs_say_ends_check_badges_and_change_keys(client, organisation):
    office, chief = key(organisation, "coordinator"), key(organisation, "administrator")
    activity = ActivityFactory(state="draft")
    sent = {"activity": str(activity.pk), "months": 6}
    said = client.post(f"{API}/certificates/terms", sent, JSON, headers=office)
    assert said.json()["months"] == 6
    certificate = certified()
    badge = client.get(f"{API}/certificates/{certificate.pk}/badge", headers=office).content
    text = {"text": badge.decode()}
    found = client.post(f"{API}/issuer-keys/verification", text, JSON, headers=office)
    assert found.json()["outcome"] == "valid"
    address = f"{API}/certificates/{certificate.pk}/badge-token"
    assert client.get(address, headers=office).status_code == 404
    make_files([certificate.pk], by=SYSTEM)
    token = {"text": client.get(address, headers=office).json()["token"]}
    found = client.post(f"{API}/issuer-keys/verification", token, JSON, headers=office)
    assert found.json()["outcome"] == "valid"
    for kind in ("issuer-keys", "paper-keys"):
        made = client.post(f"{API}/{kind}", {"reason": "Yearly"}, JSON, headers=chief)
        assert made.json()["number"] == 2
        refused = client.post(f"{API}/{kind}", {"reason": "Yearly"}, JSON, headers=office)
        assert refused.status_code == 403


def test_the_look_is_chosen_and_shown_before_it_counts(client, administrator):
    page = client.get(reverse("certificate_design_new")).text
    assert "An invented learner" not in page
    shown = post(client, "certificate_preview", colour="#1f3a6d", said="For {name}")
    assert "data:image/png;base64," in shown.text
    assert not CertificateDesign.objects.exists()

    post(client, "certificate_design_new", colour="#1f3a6d", said="For {name}", name_1="Dr Chair")

    design = CertificateDesign.objects.get()
    assert (design.colour, design.said) == ("#1f3a6d", "For {name}")
    assert design.signers == [{"name": "Dr Chair", "role": "", "image": ""}]
    assert "Navy" in client.get(reverse("certificate_designs")).text


def test_what_cannot_be_filled_in_is_told_while_choosing(client, administrator):
    shown = post(client, "certificate_preview", colour="#1f3a6d", said="{amount}")
    sent = post(client, "certificate_design_new", colour="#1f3a6d", said="{amount}")

    for answer in (shown, sent):
        assert "nothing to fill in for {amount}" in answer.text
    assert not CertificateDesign.objects.exists()


def test_what_is_no_picture_is_told_at_its_field(client, administrator):
    file = SimpleUploadedFile("logo.png", b"Hello")

    page = post(client, "certificate_design_new", colour="#1f3a6d", logo=file)

    assert page.status_code == 422
    assert not CertificateDesign.objects.exists()


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_sample_is_taken_home(client, administrator, kind, begins):
    answer = client.get(reverse("certificate_sample", args=[kind]))

    assert answer.content.startswith(begins)
    assert client.get(reverse("certificate_sample", args=["exe"])).status_code == 404


def test_all_papers_of_an_activity_come_together(client, coordinator):
    certificate = certified()
    revoked = claim_credit(
        attended(activity=certificate.activity), Decimal("1.25"), attested=True, by=SYSTEM
    )
    void = Certificate.objects.get(entry=revoked)
    address = reverse("certificates_archive", args=[certificate.activity_id])
    assert "has its file yet" in client.get(address, follow=True).text
    make_files([certificate.pk, void.pk], by=SYSTEM)
    revoke_certificate(void, reason="Was not there.", by=SYSTEM)

    answer = client.get(address)

    with ZipFile(BytesIO(b"".join(answer))) as archive:
        (name,) = archive.namelist()
        assert name.startswith(certificate.number)
        assert archive.read(name).startswith(b"%PDF")
    assert Entry.objects.filter(action="certificates.taken").count() == 1


def test_programs_choose_the_look_and_take_papers(client, organisation):
    office, chief = key(organisation, "coordinator"), key(organisation, "administrator")
    certificate = certified()
    make_files([certificate.pk], by=SYSTEM)
    address = f"{API}/certificate-designs"

    made = client.post(address, {"said": "For {name}"}, JSON, headers=chief)
    assert made.json()["number"] == 1
    assert client.post(address, {"said": "{amount}"}, JSON, headers=chief).status_code == 409
    assert client.post(address, {"logo": "%%"}, JSON, headers=chief).status_code == 422
    assert client.post(address, {"said": ""}, JSON, headers=office).status_code == 403
    taken = client.get(f"{API}/certificates/archives/{certificate.activity_id}", headers=office)
    assert b"".join(taken).startswith(b"PK")
