"""Badges as tokens (JWT): what they say, that others verify them, and what hostile ones come to.

What the form demands is Open Badges 3.0, §8.2 (JSON Web Token Proof Format). The signature is
verified here by the arithmetic alone (PKCS #1 v1.5 over SHA-256), without a library of tokens.
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.timezone import now
from openbadgeslib import baking
from openbadgeslib.ob3 import OB3Verifier, did_key_from_pem

from symposia.audit.models import Entry
from symposia.credits.actions.claims import claim_credit, replace_certificate, revoke_certificate
from symposia.credits.actions.issuer_keys import change_issuer_key, provide_token_key
from symposia.credits.badge_checking import Outcome, check_badge
from symposia.credits.badge_reading import read_badge
from symposia.credits.badges import IMAGE, badge_of, token_of
from symposia.credits.issuer_keys import document_of, jwk_of, method_of
from symposia.credits.models import Certificate, CertificateTerm, IssuerKey, KeyKind
from symposia.credits.queries import issuer_keys, signing_now
from symposia.shared.actors import SYSTEM
from tests.factories.credits import attended, token_key

CLAIMS = {"iss", "jti", "nbf", "sub", "exp"}


def certified(months=None):
    registration = attended()
    if months:
        CertificateTerm.objects.create(activity=registration.activity, months=months)
    entry = claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def token(certificate, organisation):
    return token_of(certificate, organisation, token_key(), signing_now().seed)


def decoded(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def encoded(said):
    text = said if isinstance(said, bytes) else json.dumps(said).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def parts(text):
    header, claims, _signature = text.split(".")
    return decoded(header), decoded(claims)


def signed(header, claims, sign):
    """A token of somebody's making."""
    body = f"{encoded(header)}.{encoded(claims)}"
    return f"{body}.{encoded(sign(body.encode()))}"


def by_rsa(key):
    return lambda body: key.sign(body, padding.PKCS1v15(), SHA256())


def checked(text):
    return check_badge(text.encode())


def number(text):
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")


def verify_by_arithmetic(text, jwk):
    """Raises where the signature is not that of the key."""
    body, _dot, signature = text.rpartition(".")
    public = rsa.RSAPublicNumbers(number(jwk["e"]), number(jwk["n"])).public_key()
    given = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    public.verify(given, body.encode(), padding.PKCS1v15(), SHA256())


def test_a_token_has_the_form_that_the_standard_demands(organisation):
    certificate = certified(months=12)
    header, claims = parts(token(certificate, organisation))
    key = IssuerKey.objects.present(KeyKind.TOKEN)

    assert set(header) == {"alg", "typ", "kid", "jwk"}
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    assert header["kid"] == method_of(organisation.code, key)
    assert "d" not in header["jwk"]
    assert claims.keys() >= CLAIMS
    assert "vc" not in claims
    assert claims["iss"] == claims["issuer"]["id"]
    assert claims["jti"] == claims["id"] == certificate.printed["verify_url"]
    assert claims["sub"] == claims["credentialSubject"]["id"]
    for claim, stands in (("nbf", "validFrom"), ("exp", "validUntil")):
        assert claims[claim] == int(datetime.fromisoformat(claims[stands]).timestamp())


def test_it_says_what_the_other_form_says(organisation):
    certificate = certified()
    signing = signing_now()
    _header, claims = parts(token(certificate, organisation))
    other = badge_of(certificate, organisation, signing.key, signing.seed)

    without_claims = {name: said for name, said in claims.items() if name not in CLAIMS}
    assert without_claims == {name: said for name, said in other.items() if name != "proof"}


def test_others_verify_it_by_the_key_it_carries_and_by_the_document(organisation):
    text = token(certified(), organisation)
    header, claims = parts(text)
    document = document_of(organisation.code, issuer_keys())
    named = {m["id"]: m for m in document["verificationMethod"]}[header["kid"]]

    assert named["publicKeyJwk"] == header["jwk"]
    verify_by_arithmetic(text, named["publicKeyJwk"])
    with pytest.raises(InvalidSignature):
        verify_by_arithmetic(text.replace(".", ".A", 1), header["jwk"])
    verifier = OB3Verifier.for_issuer_did(claims["iss"], lambda _at: json.dumps(document).encode())
    assert verifier.verify(text).credits_earned == 1.25


def test_the_same_certificate_gives_the_same_token(organisation):
    certificate = certified()

    assert token(certificate, organisation) == token(certificate, organisation)


def test_a_change_of_keys_changes_that_of_tokens_and_the_old_one_still_holds(organisation):
    certificate = certified()
    before = token(certificate, organisation)
    change_issuer_key(organisation, reason="Once a year", by=SYSTEM)
    after = token(certificate, organisation)

    named = [parts(each)[0]["kid"].rpartition("#")[2] for each in (before, after)]
    assert named == ["token-1", "token-2"]
    assert [checked(each).outcome for each in (before, after)] == [Outcome.VALID] * 2


def test_the_private_half_lies_sealed_and_the_first_key_signs_proofs(organisation):
    certified()
    key = provide_token_key(organisation, by=SYSTEM)

    assert provide_token_key(organisation, by=SYSTEM) == key
    assert Entry.objects.filter(action="issuer_key.made", subject_id=key.pk).exists()
    assert key.sealed_key.startswith("s1.")
    assert jwk_of(key).keys() == {"kty", "n", "e", "alg", "use"}
    assert number(jwk_of(key)["n"]).bit_length() == 3072
    assert IssuerKey.objects.present().kind == KeyKind.PROOF
    assert [each.kind for each in issuer_keys()] == ["proof", "token"]


def test_ours_holds_as_text_with_spaces_around_and_in_a_picture(organisation):
    text = token(certified(), organisation)
    drawing = baking.bake_svg(
        IMAGE.read_bytes(), text, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3
    )

    for handed_in in (text.encode(), f"\n {text}\n".encode(), drawing):
        found = check_badge(handed_in)
        assert found.outcome == Outcome.VALID
        assert [step.holds for step in found.steps] == [True] * 4


@pytest.mark.parametrize("change", [revoke_certificate, replace_certificate])
def test_what_became_of_it_is_read_from_the_register(organisation, change):
    certificate = certified()
    text = token(certificate, organisation)
    change(certificate, reason="It was wrong.", by=SYSTEM)

    found = checked(text)

    assert found.outcome == Outcome.VOID
    assert [step.holds for step in found.steps] == [True, True, True, False]


def test_one_that_has_ended_is_void_and_not_forged(organisation):
    text = token(certified(months=12), organisation)

    with time_machine.travel(now() + timedelta(days=400)):
        assert checked(text).outcome == Outcome.VOID


@pytest.fixture
def text(organisation):
    return token(certified(), organisation)


@pytest.fixture(scope="module")
def stranger():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def as_jwk(key):
    numbers = key.public_key().public_numbers()
    size = (numbers.n.bit_length() + 7) // 8
    return {"kty": "RSA", "n": encoded(numbers.n.to_bytes(size, "big")), "e": "AQAB"}


def test_without_a_signature_it_does_not_hold(text):
    header, claims = parts(text)

    for alg in ("none", "None", "nOnE"):
        body = f"{encoded(header | {'alg': alg})}.{encoded(claims)}"
        assert checked(f"{body}.").outcome == Outcome.FORGED
        assert checked(f"{body}.{text.rpartition('.')[2]}").outcome == Outcome.FORGED


def test_a_key_that_comes_along_in_the_header_is_not_believed(text, stranger):
    header, claims = parts(text)
    ours = header["kid"]

    for other in (
        {"jwk": as_jwk(stranger)},
        {"jwk": as_jwk(stranger), "kid": ours.replace("token-1", "token-9")},
        {"jwk": as_jwk(stranger), "kid": "did:web:elsewhere.example#token-1"},
        {"x5c": ["AA=="], "jku": "https://elsewhere.example/keys"},
    ):
        found = checked(signed(header | other, claims, by_rsa(stranger)))
        assert found.outcome == Outcome.FORGED
        assert found.credential is None
    nameless = {name: said for name, said in header.items() if name != "kid"}
    swapped = nameless | {"jwk": as_jwk(stranger)}
    assert checked(signed(swapped, claims, by_rsa(stranger))).outcome == Outcome.FORGED


def test_the_public_key_does_not_serve_as_a_shared_secret(text):
    header, claims = parts(text)
    jwk = header["jwk"]
    public = rsa.RSAPublicNumbers(number(jwk["e"]), number(jwk["n"])).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def mac(body):
        return hmac.new(pem, body, hashlib.sha256).digest()

    assert checked(signed(header | {"alg": "HS256"}, claims, mac)).outcome == Outcome.FORGED


CHANGES = {
    "more credit": lambda c: c["credentialSubject"].update(creditsEarned=50),
    "another name": lambda c: c["credentialSubject"]["identifier"][0].update(identityHash="X"),
    "a longer life": lambda c: c.update(validUntil="2099-01-01T00:00:00Z", exp=4070908800),
    "no status": lambda c: c.pop("credentialStatus"),
    "another claim": lambda c: c.update(rank="Professor"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_anything_does_not_hold(text, change):
    head, _dot, rest = text.partition(".")
    claims, signature = decoded(rest.partition(".")[0]), rest.partition(".")[2]
    change(claims)

    found = checked(f"{head}.{encoded(claims)}.{signature}")

    assert found.outcome == Outcome.FORGED
    assert found.credential is None


def test_a_token_of_another_kind_is_no_badge(text, stranger):
    header, claims = parts(text)

    for typ in ("at+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", 7):
        assert checked(signed(header | {"typ": typ}, claims, by_rsa(stranger))).outcome == (
            Outcome.UNREADABLE
        )
    for typ in ("vc+jwt", "jwt"):
        assert read_badge(signed(header | {"typ": typ}, claims, by_rsa(stranger)).encode())


def test_a_header_that_must_be_understood_and_is_not_refuses_the_token(text, stranger):
    header, claims = parts(text)
    critical = header | {"crit": ["http://example.com/must"], "http://example.com/must": True}

    assert checked(signed(critical, claims, by_rsa(stranger))).outcome == Outcome.FORGED


def self_signed(**facts):
    """A badge that somebody signed with a key that their own name is."""
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    did = did_key_from_pem(pem)
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    claims = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:4d2c0c0c-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": did, "type": ["Profile"], "name": "Elsewhere"},
        "validFrom": begins.isoformat(),
        "credentialSubject": {
            "id": "did:example:holder",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:4d2c0c0c-0000-4000-8000-000000000002",
                "type": ["Achievement"],
                "name": "Course",
                "description": "A course",
                "criteria": {"narrative": "Took part"},
            },
        },
        "iss": did,
        "sub": "did:example:holder",
        "jti": "urn:uuid:4d2c0c0c-0000-4000-8000-000000000001",
        "nbf": int(begins.timestamp()),
        **facts,
    }
    return {"alg": "EdDSA", "typ": "JWT"}, claims, key.sign


def test_one_that_names_its_own_key_is_unchanged_and_no_more_is_said():
    found = checked(signed(*self_signed()))

    assert found.outcome == Outcome.UNKNOWN
    assert [step.holds for step in found.steps] == [True, True, None]


@pytest.mark.parametrize(
    "facts",
    [{"iss": "did:example:other"}, {"sub": "did:example:other"}, {"jti": "urn:x"}, {"nbf": None}],
)
def test_claims_that_say_another_thing_than_the_credential_are_refused(facts):
    assert checked(signed(*self_signed(**facts))).outcome == Outcome.FORGED


def test_one_of_theirs_that_has_ended_is_void():
    assert checked(signed(*self_signed(exp=1700000000))).outcome == Outcome.VOID


def test_a_token_of_the_older_form_is_read_and_said_to_be_so():
    """Version 1.1 has the credential as one claim, as the samples of 1EdTech of that time have."""
    header, claims, sign = self_signed()
    registered = {name: said for name, said in claims.items() if name in CLAIMS}
    inner = {name: said for name, said in claims.items() if name not in CLAIMS}

    ours = checked(signed(header, registered | {"vc": inner}, sign))
    theirs = inner | {"issuer": {"id": "https://example.edu/issuers/565049"}}
    others = checked(signed(header, registered | {"vc": theirs}, sign))

    assert ours.outcome == others.outcome == Outcome.UNKNOWN
    assert ours.credential is None


NO_TOKENS = ["a.b.c", "..", "e30.e30.", "e30.W10.x", f"{encoded(b'[' * 9000)}.e30.x", "é.é.é"]


@pytest.mark.parametrize("content", NO_TOKENS)
def test_what_is_no_token_is_said_to_be_none(content):
    assert checked(content).outcome == Outcome.UNREADABLE
