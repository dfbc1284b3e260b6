"""The scan leaves the road early, and so does the question of a live room whether anything is new,
and whatever activity providers send (xAPI): no session, no cookie, no token of a form, no page.

What stands before this in the settings holds for it too: request id and log line, the host's name,
the headers that protect. Whatever comes after is for pages, and they have no use for it.
"""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, resolve, reverse
from django.utils import translation

View = Callable[[HttpRequest], HttpResponse]
# What a signed pass opens, instead of a session.
WITH_A_PASS = ("door_scan", "live_room_changes")
# What a key of an activity provider opens.
OF_PROVIDERS = "/xapi/"


def short_way(get_response: View) -> View:
    """Answer what carries a pass at once; send everything else on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        match = _passes().get(request.path_info) or _of_provider(request.path_info)
        if match is None:
            return get_response(request)
        request.resolver_match = match
        with translation.override(translation.get_language_from_request(request)):
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware


@cache
def _passes() -> dict[str, ResolverMatch]:
    addresses = [reverse(name) for name in WITH_A_PASS]
    return {address: resolve(address) for address in addresses}


def _of_provider(path: str) -> ResolverMatch | None:
    is_one = path.startswith(OF_PROVIDERS) and path != OF_PROVIDERS
    return resolve(path) if is_one else None
