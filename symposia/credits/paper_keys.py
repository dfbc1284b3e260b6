"""The X.509 certificates that sign papers: our own, made here, or one that was bought."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from symposia.shared.sealing import sealed, unsealed

_PURPOSE = "paper key"
OWN_GOOD_FOR = timedelta(days=3653)
_CLOCKS_DIFFER = timedelta(minutes=5)
_LONGEST_NAME = 64


@dataclass(frozen=True)
class NewPaperKey:
    """A certificate with its key, as it may lie in the database."""

    subject: str
    issuer: str
    chain: str
    sealed_key: str
    sha256: str
    valid_from: datetime
    valid_until: datetime
    may_sign: bool

    def as_row(self) -> dict[str, Any]:
        """What the row keeps of it."""
        kept = ("subject", "issuer", "chain", "sealed_key", "sha256", "valid_until")
        return {name: getattr(self, name) for name in kept}


def own_key(organisation: str, at: datetime) -> NewPaperKey:
    """A certificate that the organisation signs itself: it proves that nothing was changed, and
    who signed it to whoever was given its fingerprint."""
    key = ec.generate_private_key(ec.SECP256R1())
    short = organisation[:_LONGEST_NAME]
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, short),
            x509.NameAttribute(NameOID.COMMON_NAME, short),
        ]
    )
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
            *("crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _CLOCKS_DIFFER)
        .not_valid_after(at + OWN_GOOD_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return _kept(built.sign(key, SHA256()), key, [])


def bought_key(content: bytes, password: str) -> NewPaperKey | None:
    """The certificate and key of a PKCS #12 file (`.p12`, `.pfx`); nothing where the file or the
    password is wrong, or the key is of a kind that readers of PDF do not know."""
    try:
        key, certificate, above = pkcs12.load_key_and_certificates(content, password.encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    if certificate is None or not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        return None
    return _kept(certificate, key, above)


def opened_key(kept: str) -> bytes:
    """The private half as PKCS #8 (DER). Raises SealBroken."""
    private = load_pem_private_key(unsealed(kept, purpose=_PURPOSE).encode(), None)
    return private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def certificates_in(chain: str) -> list[bytes]:
    """The certificates of a chain (DER), that of the signer first."""
    return [
        each.public_bytes(Encoding.DER) for each in x509.load_pem_x509_certificates(chain.encode())
    ]


def _kept(
    certificate: x509.Certificate,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    above: list[x509.Certificate],
) -> NewPaperKey:
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pems = [each.public_bytes(Encoding.PEM).decode() for each in (certificate, *above)]
    return NewPaperKey(
        subject=certificate.subject.rfc4514_string()[:300],
        issuer=certificate.issuer.rfc4514_string()[:300],
        chain="".join(pems),
        sealed_key=sealed(secret.decode(), purpose=_PURPOSE),
        sha256=certificate.fingerprint(SHA256()).hex(),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        may_sign=_may_sign(certificate),
    )


def _may_sign(certificate: x509.Certificate) -> bool:
    """Whether its issuer lets it sign documents; one that says nothing about its use may."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment
