"""Asking the name servers for the texts of a name."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from dns import exception, resolver

from symposia.notifications.sender_records import Unanswered

SECONDS = 5.0


def texts_of(name: str) -> list[str]:
    """The texts (TXT) of a name, none where there are none. Raises Unanswered."""
    try:
        answer: Iterable[Any] = _resolver().resolve(name, "TXT", lifetime=SECONDS)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return []
    except (exception.DNSException, OSError) as problem:
        raise Unanswered(f"{type(problem).__name__}: {name}") from problem
    return [b"".join(row.strings).decode(errors="replace") for row in answer]


def _resolver() -> resolver.Resolver:
    if not settings.DNS_SERVER:
        return resolver.Resolver()
    host, _colon, port = settings.DNS_SERVER.rpartition(":")
    made = resolver.Resolver(configure=False)
    made.nameservers, made.port = [host.strip("[]")], int(port)
    return made
