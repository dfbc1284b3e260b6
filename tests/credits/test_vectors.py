"""The published vectors of the W3C: what we sign with gives the same bytes, and refuses others.

Data Integrity EdDSA Cryptosuites v1.0, appendix B.1 (representation: eddsa-rdfc-2022),
https://www.w3.org/TR/vc-di-eddsa/#representation-eddsa-rdfc-2022. The context of examples is ours:
it maps every term to the address that the appendix prints.
"""

import copy
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from openbadgeslib.ob3 import (
    OB3VerificationError,
    add_data_integrity_proof,
    multikey_from_pem,
    verify_data_integrity_proof,
)

PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PROOF = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
CONTEXTS = {
    EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}},
}
CREDENTIAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2", EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def _key():
    number = 0
    for letter in SECRET[1:]:
        number = number * 58 + _DIGITS.index(letter)
    return Ed25519PrivateKey.from_private_bytes(number.to_bytes(34, "big")[2:])


KEY = _key()
PUBLIC_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture(scope="module")
def signed():
    pem = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return add_data_integrity_proof(
        CREDENTIAL,
        pem,
        f"did:key:{PUBLIC}#{PUBLIC}",
        created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC),
        extra_contexts=CONTEXTS,
    )


def test_the_published_key_and_proof_come_out(signed):
    assert multikey_from_pem(PUBLIC_PEM) == PUBLIC
    assert signed["proof"]["proofValue"] == PROOF


def test_the_published_credential_verifies(signed):
    verify_data_integrity_proof(signed, PUBLIC_PEM, extra_contexts=CONTEXTS)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("credential", {"name": "Another Credential"}),
        ("credential", {"validFrom": "2023-01-01T00:00:01Z"}),
        ("credential", {"issuer": "https://vc.example/issuers/5679"}),
        ("proof", {"created": "2023-02-24T23:36:39Z"}),
        ("proof", {"proofPurpose": "authentication"}),
        ("proof", {"cryptosuite": "eddsa-jcs-2022"}),
        ("proof", {"proofValue": PROOF[:-1] + "f"}),
        ("proof", {"proofValue": ""}),
    ],
)
def test_a_change_of_anything_is_refused(signed, part, change):
    changed = copy.deepcopy(signed)
    (changed if part == "credential" else changed["proof"]).update(change)

    with pytest.raises(OB3VerificationError):
        verify_data_integrity_proof(changed, PUBLIC_PEM, extra_contexts=CONTEXTS)
