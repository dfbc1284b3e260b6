"""Bitstring Status Lists: what became of badges, for whoever verifies them without us.

A list is a row of bits, one for each certificate of a year, a block and a version. The place of a
certificate follows from its number by a secret order, so that neither neighbours nor the growth of
the list tell anything, and no place is used twice. A bit is set once the version is void: revoked,
or replaced by a later one. https://www.w3.org/TR/vc-bitstring-status-list/
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from openbadgeslib.ob3 import add_data_integrity_proof, build_status_list_credential

from symposia.credits.issuer_keys import address_of, did_of, method_of, private_pem
from symposia.credits.models import Certificate, IssuerKey

# Twice the least that the standard allows, and a square number of bits for the order below.
HALF = 9
BITS = 1 << 2 * HALF
_ROUNDS = 6
_GOOD_FOR = timedelta(days=2)
_AGAIN_AFTER_MS = 3_600_000
_NAME = re.compile(r"(20\d\d)-(\d{1,4})-([1-9]\d{0,3})")


@dataclass(frozen=True)
class Place:
    """The list that holds the status of a certificate, and its bit in it."""

    list_name: str
    index: int


def place_of(seed: str, certificate: Certificate) -> Place:
    """Where the status of a version of a certificate is read."""
    _kind, year, serial = certificate.number.rsplit("-", 2)
    block, within = divmod(int(serial), BITS)
    name = f"{year}-{block}-{certificate.version}"
    return Place(name, shuffled(f"{seed} {name}".encode(), within))


def shuffled(key: bytes, number: int) -> int:
    """A number below `BITS` in an order that only the key knows: no two get the same place."""
    left, right = number >> HALF, number & (1 << HALF) - 1
    for turn in range(_ROUNDS):
        said = hmac.new(key, bytes([turn]) + right.to_bytes(2, "big"), hashlib.sha256).digest()
        left, right = right, left ^ (int.from_bytes(said[:2], "big") & (1 << HALF) - 1)
    return left << HALF | right


def list_address(organisation_code: str, name: str) -> str:
    """Where a list is published."""
    return f"{address_of(organisation_code)}/status/{name}/"


def void_places(seed: str, name: str) -> list[int] | None:
    """The bits that are set in a list; nothing for a name that no list has."""
    read = _NAME.fullmatch(name)
    if read is None:
        return None
    year, version = read[1], int(read[3])
    void = Certificate.objects.filter(number__contains=f"-{year}-", version=version).void()
    places = (place_of(seed, each) for each in void.only("number", "version").order_by("pk"))
    return sorted(place.index for place in places if place.list_name == name)


def status_list(
    organisation_code: str, name: str, key: IssuerKey, places: Iterable[int], at: datetime
) -> dict[str, Any]:
    """A list, signed. It is set up anew each hour, and at once when something changes."""
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return _signed(organisation_code, name, key, tuple(places), hour)


@lru_cache(maxsize=64)
def _signed(
    organisation_code: str, name: str, key: IssuerKey, places: tuple[int, ...], hour: datetime
) -> dict[str, Any]:
    unsigned = build_status_list_credential(
        did_of(organisation_code),
        list_address(organisation_code, name),
        "revocation",
        places,
        size_bits=BITS,
        issued=hour,
        valid_until=hour + _GOOD_FOR,
        ttl=_AGAIN_AFTER_MS,
    )
    method = method_of(organisation_code, key)
    return add_data_integrity_proof(unsigned, private_pem(key), method, created=hour)
