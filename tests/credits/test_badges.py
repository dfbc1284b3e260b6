"""Badges: what they say, that others verify them, and what becomes of one that was changed."""

import base64
import gzip
import json
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils.timezone import now
from openbadgeslib import baking
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError

from symposia.credits.actions.claims import claim_credit, replace_certificate, revoke_certificate
from symposia.credits.actions.issuer_keys import change_issuer_key
from symposia.credits.badges import as_kind, badge_of
from symposia.credits.issuer_keys import did_of, document_of
from symposia.credits.models import Certificate, IssuerKey
from symposia.credits.queries import issuer_keys, signing_now
from symposia.credits.status_lists import (
    BITS,
    list_address,
    place_of,
    shuffled,
    status_list,
    void_places,
)
from symposia.shared.actors import SYSTEM
from tests.factories.credits import attended


@pytest.fixture
def certificate(organisation):
    entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def badge(certificate, organisation):
    signing = signing_now()
    return badge_of(certificate, organisation, signing.key, signing.seed)


def elsewhere(organisation, **others):
    """What another verifier reads at our addresses: the document of keys, the status lists."""

    def download(address):
        if address in others:
            return others[address]
        assert address == f"https://localhost/issuers/{organisation.code}/did.json"
        return json.dumps(document_of(organisation.code, issuer_keys())).encode()

    return download


@pytest.fixture(autouse=True)
def origin(settings):
    settings.ORIGIN = "https://localhost"


def test_a_badge_says_what_the_paper_says(certificate, organisation):
    said = badge(certificate, organisation)
    subject = said["credentialSubject"]

    assert said["id"] == certificate.printed["verify_url"]
    assert said["issuer"]["id"] == did_of(organisation.code)
    assert said["issuer"]["name"] == organisation.name
    assert subject["creditsEarned"] == 1.25
    assert subject["identifier"][0]["identityHash"] == certificate.printed["name"]
    assert subject["achievement"]["name"] == certificate.activity.title
    assert certificate.printed["name"] not in json.dumps(subject["achievement"])
    assert subject["achievement"]["achievementType"] == "CertificateOfCompletion"
    assert said["proof"]["cryptosuite"] == "eddsa-rdfc-2022"


def test_others_verify_it_by_the_document_at_our_address(certificate, organisation):
    text = json.dumps(badge(certificate, organisation))

    read = OB3LdpVerifier().verify(text, download=elsewhere(organisation))

    assert read.credits_earned == 1.25


def test_the_same_certificate_gives_the_same_bytes(certificate, organisation):
    made = {as_kind(badge(certificate, organisation), "json") for _ in range(2)}

    assert len(made) == 1


CHANGES = {
    "more credit": lambda b: b["credentialSubject"].update(creditsEarned=1.5),
    "another name": lambda b: b["credentialSubject"]["identifier"][0].update(identityHash="X"),
    "another issuer": lambda b: b["issuer"].update(name="Somebody else"),
    "an earlier day": lambda b: b.update(validFrom="2020-01-01T00:00:00Z"),
    "another place in the list": lambda b: b["credentialStatus"].update(statusListIndex="1"),
    "no status at all": lambda b: b.pop("credentialStatus"),
    "a word nobody defines": lambda b: b.update(rank="Professor"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_badge_that_was_changed_verifies_nowhere(certificate, organisation, change):
    changed = badge(certificate, organisation)
    change(changed)

    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier().verify(changed, download=elsewhere(organisation))


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_picture_carries_the_whole_badge_once(certificate, organisation, kind):
    said = badge(certificate, organisation)
    picture = as_kind(said, kind)

    if kind == "png":
        carried = baking.extract_png(picture, keyword=baking.ITXT_KEYWORD_OB3)
        assert picture.count(b"openbadgecredential") == 1
    else:
        carried = baking.extract_svg(picture, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    assert json.loads(carried) == said


def test_after_a_change_of_key_the_old_badge_still_verifies(certificate, organisation):
    before = badge(certificate, organisation)
    change_issuer_key(organisation, reason="Once a year", by=SYSTEM)
    after = badge(certificate, organisation)

    assert before["proof"]["verificationMethod"].endswith("#key-1")
    assert after["proof"]["verificationMethod"].endswith("#key-2")
    for each in (before, after):
        OB3LdpVerifier().verify(each, download=elsewhere(organisation))


def test_the_private_half_lies_sealed(certificate, organisation):
    key = IssuerKey.objects.get()

    assert key.sealed_key.startswith("s1.")
    assert key.public_key.startswith("z6Mk")


def bits(organisation, certificate):
    """The bit of a certificate, read from the published list as the standard says."""
    signing = signing_now()
    place = place_of(signing.seed, certificate)
    places = void_places(signing.seed, place.list_name)
    said = status_list(organisation.code, place.list_name, signing.key, places, now())
    packed = said["credentialSubject"]["encodedList"]
    padded = packed[1:] + "=" * (-len(packed[1:]) % 4)
    row = gzip.decompress(base64.urlsafe_b64decode(padded))
    assert packed[0] == "u"
    assert len(row) * 8 == BITS
    return bool(row[place.index // 8] & 0x80 >> place.index % 8), sum(map(int.bit_count, row))


def test_the_status_list_says_what_was_revoked(certificate, organisation):
    other = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    assert bits(organisation, certificate) == (False, 0)

    revoke_certificate(certificate, reason="Was not there.", by=SYSTEM)

    assert bits(organisation, certificate) == (True, 1)
    assert bits(organisation, Certificate.objects.get(entry=other)) == (False, 1)


def test_a_replaced_version_is_void_and_the_later_one_is_not(certificate, organisation):
    later = replace_certificate(certificate, reason="Misspelt.", by=SYSTEM)

    assert bits(organisation, certificate)[0]
    assert not bits(organisation, later)[0]


def test_the_list_is_signed_too(certificate, organisation):
    signing = signing_now()
    name = place_of(signing.seed, certificate).list_name
    said = status_list(organisation.code, name, signing.key, [3], now())

    assert said["id"] == list_address(organisation.code, name)
    assert said["proof"]["proofValue"].startswith("z")
    assert said["issuer"] == did_of(organisation.code)


def test_no_two_certificates_share_a_place():
    places = {shuffled(b"key", number) for number in range(0, BITS, 7)}

    assert len(places) == len(range(0, BITS, 7))
    assert min(places) >= 0
    assert max(places) < BITS
    assert shuffled(b"key", 5) != shuffled(b"other", 5)


@pytest.mark.parametrize("name", ["", "2026", "2026-0", "2026-0-0", "abcd-0-1", "2026-0-1-1"])
def test_a_list_that_cannot_be_is_none(organisation, name):
    assert void_places("seed", name) is None


def test_the_document_names_every_key(certificate, organisation):
    change_issuer_key(organisation, reason="Once a year", by=SYSTEM)

    document = document_of(organisation.code, issuer_keys())

    assert [m["id"].rpartition("#")[2] for m in document["verificationMethod"]] == [
        "key-1",
        "key-2",
        "token-1",
    ]
    assert document["assertionMethod"] == [m["id"] for m in document["verificationMethod"]]
    assert settings.ORIGIN not in document["id"]
