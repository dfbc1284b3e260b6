"""Certificates as Open Badges 3.0: a credential that whoever has it verifies without us.

It says what the paper says, no more, and is signed with the issuer's key: inside (Data Integrity
proof, `eddsa-rdfc-2022`) or around (a token of the form of §8.2: JWT, RS256, key in the header and
by name). The same certificate and key give the same bytes. Only contexts that lie in the library
are read, none is fetched. https://www.imsglobal.org/spec/ob/v3p0/
"""

import json
from collections.abc import Mapping
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jwt
from django.conf import settings
from openbadgeslib import baking
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3LdpSigner,
    OpenBadgeCredential,
    status_entry,
)

from symposia.accounts.models import Organisation
from symposia.credits.issuer_keys import (
    ALGORITHM,
    did_of,
    jwk_of,
    method_of,
    opened_token_key,
    private_pem,
)
from symposia.credits.models import Certificate, CertificateKind, IssuerKey
from symposia.credits.status_lists import list_address, place_of
from symposia.credits.wording import from_json, plain
from symposia.shared.paper import picture_of

JWT = "jwt"
KINDS = {
    "json": "application/vc",
    JWT: "application/vc+jwt",
    "svg": "image/svg+xml",
    "png": "image/png",
}
IMAGE = Path(__file__).with_name("badge.svg")
FRAME = Path(__file__).with_name("badge.typ")


def badge_of(
    certificate: Certificate, organisation: Organisation, key: IssuerKey, seed: str
) -> dict[str, Any]:
    """The credential of a certificate, signed; `seed` orders the status lists."""
    code = organisation.code
    signer = OB3LdpSigner(private_pem(key), method_of(code, key))
    signed: dict[str, Any] = signer.sign(
        _credential(certificate, organisation, seed),
        created=max(certificate.issued_at, key.made_at),
    )
    return signed


def token_of(
    certificate: Certificate, organisation: Organisation, key: IssuerKey, seed: str
) -> str:
    """The same credential with the signature around it, by a key of tokens."""
    claims = _credential(certificate, organisation, seed).to_jwt_payload()
    # No other header is allowed. Whoever knows no DIDs finds the key in it.
    header = {"kid": method_of(organisation.code, key), "jwk": jwk_of(key)}
    secret = opened_token_key(key.sealed_key)
    return jwt.encode(claims, secret, algorithm=ALGORITHM, headers=header)


def as_kind(credential: Mapping[str, Any], kind: str) -> bytes:
    """A credential as a file: its JSON, or a picture that carries it."""
    text = json.dumps(credential, sort_keys=True)
    if kind == "svg":
        return baking.bake_svg(
            IMAGE.read_bytes(),
            text,
            element=baking.SVG_ELEMENT_OB3,
            namespace=baking.SVG_NS_OB3,
            as_text=True,
        )
    if kind == "png":
        return baking.bake_png(_picture(), text, keyword=baking.ITXT_KEYWORD_OB3)
    return json.dumps(credential, indent=1, ensure_ascii=False).encode()


@cache
def _picture() -> bytes:
    return picture_of(FRAME)


def _credential(
    certificate: Certificate, organisation: Organisation, seed: str
) -> OpenBadgeCredential:
    printed, place = certificate.printed, place_of(seed, certificate)
    address = list_address(organisation.code, place.list_name)
    return OpenBadgeCredential(
        id=printed["verify_url"],
        name=f"{printed['heading']}: {printed['title']}",
        issuer=Issuer(
            did_of(organisation.code),
            printed["provider"],
            url=f"{settings.ORIGIN}/e/{organisation.code}/",
        ),
        # Nobody's name elsewhere: whoever holds this certificate.
        recipient_id=f"{printed['verify_url']}#holder",
        identifiers=_identifiers(printed),
        achievement=_achievement(certificate),
        credits_earned=_number(printed["amount"]),
        issuance_date=certificate.issued_at,
        expiration_date=_end_of(certificate, organisation),
        credential_status=[status_entry(address, "revocation", place.index)],
    )


def _achievement(certificate: Certificate) -> Achievement:
    """The activity as something achieved, in the words of the paper."""
    printed = certificate.printed
    said, designation = f"{printed['title']}, {printed['date']}", _plain(printed["designation"])
    is_complete = certificate.kind != CertificateKind.ATTENDANCE
    unit = _plain(printed["unit"])
    return Achievement(
        id=f"urn:uuid:{certificate.activity_id}",
        name=printed["title"],
        description=said,
        criteria_narrative=designation or printed["note"] or printed["accreditation"] or said,
        achievement_type="CertificateOfCompletion" if is_complete else "Certificate",
        credits_available=_number(printed["maximum"]) if printed["amount"] else None,
        tags=[f"{printed['amount']} {unit}"] if printed["amount"] else [],
    )


def _identifiers(printed: Mapping[str, Any]) -> list[IdentityObject]:
    """Whose it is, as the paper says it: a name, and a number where one is printed."""
    said = ((printed["name"], "name"), (printed["holder_number"], "identifier"))
    return [IdentityObject(value, kind, hashed=False) for value, kind in said if value]


def _end_of(certificate: Certificate, organisation: Organisation) -> datetime | None:
    """The end of the last day it is good for, where its organisation is. A version that was issued
    after that has ended as it begins: what ends before is no credential."""
    if certificate.valid_until is None:
        return None
    last = time(23, 59, 59)
    ends = datetime.combine(certificate.valid_until, last, ZoneInfo(organisation.zone))
    return max(ends, certificate.issued_at)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _plain(parts: Any) -> str:
    return plain(from_json(parts))
