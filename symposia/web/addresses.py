"""Where a request really came from: a header counts only from a proxy that we named."""

from django.conf import settings
from django.http import HttpRequest

# Asked by programs, with a token instead of a session.
PROGRAMS = ("/api/", "/scim/")
# What stands in letters to one person: a link that opens it for whoever holds it.
PERSONAL = tuple(f"/{letter}/" for letter in "bcdfglnpqrtu")


def client_address(request: HttpRequest) -> str:
    """The caller's IP address; `X-Forwarded-For` is read only behind a trusted proxy."""
    peer: str = request.META.get("REMOTE_ADDR", "")
    if peer in settings.TRUSTED_PROXIES:
        hops = [h.strip() for h in request.headers.get("X-Forwarded-For", "").split(",")]
        for hop in reversed(hops):
            if hop and hop not in settings.TRUSTED_PROXIES:
                return hop[:45]
    return peer[:45]
