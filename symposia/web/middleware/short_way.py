"""The scan leaves the road early: no session, no cookie, no token of a form, no page.

What stands before this in the settings holds for it too: request id and log line, the host's name,
the headers that protect. Whatever comes after is for pages, and a scan has no use for it.
"""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, resolve, reverse
from django.utils import translation

View = Callable[[HttpRequest], HttpResponse]


def short_way(get_response: View) -> View:
    """Answer a scan at once; send everything else on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info != _address():
            return get_response(request)
        match = request.resolver_match = _match()
        with translation.override(translation.get_language_from_request(request)):
            response: HttpResponse = match.func(request)
        response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware


@cache
def _address() -> str:
    return reverse("door_scan")


@cache
def _match() -> ResolverMatch:
    return resolve(_address())
