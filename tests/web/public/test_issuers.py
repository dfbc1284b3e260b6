"""What verifiers elsewhere read of us, and the public check of badges."""

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.credits.actions.claims import claim_credit, revoke_certificate
from symposia.credits.badges import as_kind, badge_of, token_of
from symposia.credits.issuer_keys import did_of
from symposia.credits.models import Certificate
from symposia.credits.queries import signing_now
from symposia.credits.status_lists import place_of
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import OrganisationFactory
from tests.factories.credits import attended, token_key


@pytest.fixture
def certificate(organisation):
    entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def badge(certificate, organisation):
    signing = signing_now()
    return badge_of(certificate, organisation, signing.key, signing.seed)


def test_the_document_of_keys_is_open_to_programs_of_any_origin(client, certificate, organisation):
    answer = client.get(reverse("issuer_document", args=[organisation.code]))

    assert answer["Content-Type"] == "application/did+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["id"] == did_of(organisation.code)
    assert not answer.cookies


def test_the_address_in_the_badge_is_the_one_that_answers(client, certificate, organisation):
    said = badge(certificate, organisation)["credentialStatus"]["statusListCredential"]
    path = reverse("issuer_status", args=[organisation.code, place_of_(certificate).list_name])

    assert said.endswith(path)
    assert json.loads(client.get(path).content)["id"] == said


def place_of_(certificate):
    return place_of(signing_now().seed, certificate)


def test_the_list_changes_at_once_and_names_nobody(client, certificate, organisation):
    path = reverse("issuer_status", args=[organisation.code, place_of_(certificate).list_name])
    before = client.get(path)
    revoke_certificate(certificate, reason="Was not there.", by=SYSTEM)
    after = client.get(path)

    packed = [json.loads(a.content)["credentialSubject"]["encodedList"] for a in (before, after)]
    assert packed[0] != packed[1]
    assert certificate.number not in after.text
    assert certificate.clinician.full_name not in after.text
    assert after["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["2026", "2026-0-0", "all", "2026-0-1-1"])
def test_a_list_that_is_none_is_not_found(client, certificate, organisation, name):
    assert client.get(reverse("issuer_status", args=[organisation.code, name])).status_code == 404


def test_an_organisation_without_certificates_has_nothing_to_show(client, organisation):
    empty = OrganisationFactory()

    for code in (empty.code, "nobody"):
        assert client.get(reverse("issuer_document", args=[code])).status_code == 404
        assert client.get(reverse("issuer_status", args=[code, "2026-0-1"])).status_code == 404


def check(client, **sent):
    return client.post(reverse("badge_check"), sent)


def test_a_badge_is_pasted_and_holds(client, certificate, organisation):
    page = check(client, text=json.dumps(badge(certificate, organisation))).text

    assert "This badge holds." in page
    assert certificate.clinician.full_name in page
    assert reverse("verify", args=[certificate.code]) in page
    assert "<script" not in page


def test_its_picture_is_handed_in_and_holds(client, certificate, organisation):
    picture = as_kind(badge(certificate, organisation), "png")

    page = check(client, file=SimpleUploadedFile("badge.png", picture)).text

    assert "This badge holds." in page


def test_a_token_is_pasted_or_handed_in_and_holds(client, certificate, organisation):
    token = token_of(certificate, organisation, token_key(), signing_now().seed)

    for sent in ({"text": token}, {"file": SimpleUploadedFile("badge.jwt", token.encode())}):
        page = check(client, **sent).text
        assert "This badge holds." in page
        assert certificate.clinician.full_name in page
        assert certificate.activity.title in page


def test_the_document_has_the_key_of_tokens_as_jwk(client, certificate, organisation):
    token_key()

    said = client.get(reverse("issuer_document", args=[organisation.code])).json()

    assert [m["type"] for m in said["verificationMethod"]] == ["Multikey", "JsonWebKey"]
    assert "d" not in said["verificationMethod"][1]["publicKeyJwk"]


def test_a_changed_one_shows_nothing_of_what_it_says(client, certificate, organisation):
    said = badge(certificate, organisation)
    said["credentialSubject"]["identifier"][0]["identityHash"] = "Dr Somebody Else"

    page = check(client, text=json.dumps(said)).text

    assert "This badge does not hold." in page
    assert "Dr Somebody Else" not in page.partition("<form")[0]


def test_a_revoked_one_says_so_and_never_why(client, certificate, organisation):
    said = json.dumps(badge(certificate, organisation))
    revoke_certificate(certificate, reason="Was in the cafeteria.", by=SYSTEM)

    page = check(client, text=said).text

    assert "This badge holds no longer." in page
    assert "It was revoked." in page
    assert "cafeteria" not in page


def test_nothing_and_too_much_are_asked_for_again(client, organisation):
    large = SimpleUploadedFile("badge.png", b"x" * (512 * 1024 + 1))

    assert check(client).status_code == 422
    assert check(client, file=large).status_code == 422


def test_the_public_check_says_how_to_verify_without_us(client, certificate, organisation):
    page = client.get(reverse("verify", args=[certificate.code])).text

    assert "How to verify it without us" in page
    assert reverse("issuer_document", args=[organisation.code]) in page
