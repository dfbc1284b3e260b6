"""One name for people: on one machine the number answers health checks only."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

_HEALTH = {"/healthz", "/readyz", "/metrics"}


def one_name(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Send `127.0.0.1` to `localhost`: passkeys need a name, and cookies ignore ports."""
    number = urlsplit(settings.CONTENT_ORIGIN).hostname
    name = urlsplit(settings.ORIGIN).hostname

    def middleware(request: HttpRequest) -> HttpResponse:
        host = request.get_host().rsplit(":", 1)[0]
        if settings.DEMO and host == number != name and request.path not in _HEALTH:
            return HttpResponseRedirect(f"{settings.ORIGIN}{request.get_full_path()}")
        return get_response(request)

    return middleware
