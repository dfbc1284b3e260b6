"""Badges that are handed in: ours, changed ones, those of others, and what is no badge at all."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils.timezone import now
from openbadgeslib.ob3 import Achievement, Issuer, OB3LdpSigner, OpenBadgeCredential

from symposia.credits.actions.claims import claim_credit, replace_certificate, revoke_certificate
from symposia.credits.badge_checking import Outcome, check_badge
from symposia.credits.badge_reading import LARGEST
from symposia.credits.badges import as_kind, badge_of
from symposia.credits.models import Certificate, CertificateTerm
from symposia.credits.queries import signing_now
from symposia.shared.actors import SYSTEM
from tests.factories.credits import attended


def certified():
    entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def badge(certificate, organisation):
    signing = signing_now()
    return badge_of(certificate, organisation, signing.key, signing.seed)


def checked(said):
    return check_badge(said if isinstance(said, bytes) else json.dumps(said).encode())


@pytest.mark.parametrize("kind", ["json", "svg", "png"])
def test_one_of_ours_holds_in_each_form(organisation, kind):
    found = checked(as_kind(badge(certified(), organisation), kind))

    assert found.outcome == Outcome.VALID
    assert all(step.holds for step in found.steps)
    assert len(found.steps) == 4


def test_a_changed_one_does_not(organisation):
    said = badge(certified(), organisation)
    said["credentialSubject"]["creditsEarned"] = 50

    found = checked(said)

    assert found.outcome == Outcome.FORGED
    assert found.credential is None


@pytest.mark.parametrize("change", [revoke_certificate, replace_certificate])
def test_what_became_of_it_is_read_from_the_register(organisation, change):
    certificate = certified()
    said = badge(certificate, organisation)
    change(certificate, reason="It was wrong.", by=SYSTEM)

    found = checked(said)

    assert found.outcome == Outcome.VOID
    assert [step.holds for step in found.steps] == [True, True, True, False]
    assert found.register.certificate == certificate


def test_one_that_has_expired_is_void_and_not_forged(organisation):
    registration = attended()
    CertificateTerm.objects.create(activity=registration.activity, months=12)
    entry = claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)
    said = badge(Certificate.objects.get(entry=entry), organisation)
    assert checked(said).outcome == Outcome.VALID

    with time_machine.travel(now() + timedelta(days=400)):
        found = checked(said)

    assert found.outcome == Outcome.VOID
    assert [step.holds for step in found.steps] == [True, True, True, False]


def test_one_of_another_certificate_under_our_key_is_not_in_the_register(organisation):
    first, second = certified(), certified()
    first.code, first.printed = second.code, second.printed

    found = checked(badge(first, organisation))

    assert found.outcome == Outcome.VOID
    assert found.register is None


def others(issuer, **facts):
    """A badge that somebody else signed with a key of theirs."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signer = OB3LdpSigner(pem)
    did = signer.verification_method.partition("#")[0]
    achievement = Achievement("urn:example:a", "Course", "A course", "Took part")
    return signer.sign(
        OpenBadgeCredential(
            Issuer(issuer or did, "Elsewhere"),
            "did:example:holder",
            achievement,
            id="urn:example:b",
            **facts,
        )
    )


def test_one_that_names_its_own_key_is_unchanged_and_no_more_is_said():
    found = checked(others(None))

    assert found.outcome == Outcome.UNKNOWN
    assert [step.holds for step in found.steps] == [True, True, None]


def test_of_several_proofs_each_has_to_hold():
    said = others(None)
    proof = said["proof"]
    broken = proof | {"proofValue": proof["proofValue"][:-3] + "abc"}

    assert checked(said | {"proof": [proof]}).outcome == Outcome.UNKNOWN
    assert checked(said | {"proof": [proof, proof]}).outcome == Outcome.UNKNOWN
    assert checked(said | {"proof": [proof, {"type": "Other"}]}).outcome == Outcome.UNKNOWN
    assert checked(said | {"proof": [proof, broken]}).outcome == Outcome.FORGED
    assert checked(said | {"proof": [proof] * 9}).outcome == Outcome.FORGED
    assert checked(said | {"proof": []}).outcome == Outcome.FORGED


def test_one_that_names_its_own_key_and_was_changed_does_not_hold():
    said = others(None)
    said["name"] = "Another course"

    assert checked(said).outcome == Outcome.FORGED


def test_one_that_names_its_own_key_and_has_ended_is_void():
    ended = datetime.now(UTC) - timedelta(days=9)
    facts = {"issuance_date": ended - timedelta(days=30), "expiration_date": ended}

    assert checked(others(None, **facts)).outcome == Outcome.VOID


def test_one_that_ends_before_it_begins_is_no_credential():
    ended = datetime.now(UTC) - timedelta(days=9)

    assert checked(others(None, expiration_date=ended)).outcome == Outcome.FORGED


def test_a_version_that_is_issued_after_its_end_has_ended_and_is_not_forged(organisation):
    registration = attended()
    CertificateTerm.objects.create(activity=registration.activity, months=12)
    entry = claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)
    first = Certificate.objects.get(entry=entry)

    with time_machine.travel(now() + timedelta(days=400)):
        later = replace_certificate(first, reason="Misspelt.", by=SYSTEM)
        found = checked(badge(later, organisation))

    assert found.outcome == Outcome.VOID
    assert [step.holds for step in found.steps] == [True, True, True, False]


def test_the_key_of_another_issuer_is_looked_up_nowhere(organisation):
    found = checked(others("did:web:elsewhere.example"))

    assert found.outcome == Outcome.UNKNOWN
    assert found.credential is None


def test_somebody_elses_signature_in_our_name_does_not_hold(organisation):
    ours = badge(certified(), organisation)["issuer"]["id"]

    assert checked(others(ours)).outcome == Outcome.FORGED


DEEP = b'{"proof":' * 20_000
NO_BADGES = {
    "nothing": b"",
    "words": b"Hello",
    "a list": b"[]",
    "no proof": b"{}",
    "deep": DEEP,
    "half a picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "a picture with nothing in it": b"\x89PNG\r\n\x1a\n",
    "a drawing with nothing in it": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "half a drawing": b"<svg><",
    "a drawing that laughs": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
    "odd bytes": bytes(range(256)),
    "too much": b" " * LARGEST + b"{}",
    "a proof of nothing": b'{"proof": null}',
    "an issuer that is a list": b'{"proof": {}, "issuer": ["did:web:x"]}',
    "an issuer with a zero": b'{"proof": {}, "issuer": "did:key:\\u0000"}',
    "a key that is none": b'{"proof": {}, "issuer": "did:key:zzz"}',
}


@pytest.mark.parametrize("content", NO_BADGES.values(), ids=NO_BADGES)
def test_what_is_no_badge_is_said_to_be_none(organisation, content):
    assert check_badge(content).outcome in {Outcome.UNREADABLE, Outcome.UNKNOWN, Outcome.FORGED}


def test_a_picture_that_was_cut_anywhere_breaks_nothing(organisation):
    whole = as_kind(badge(certified(), organisation), "png")

    for end in range(0, len(whole) - 12, 97):
        assert check_badge(whole[:end]).outcome in {Outcome.UNREADABLE, Outcome.VALID}
