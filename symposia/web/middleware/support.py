"""Whoever supports another person sees that person's pages, and nothing can be done meanwhile.

It stands before the middleware that runs views, and answers in its place while a support view runs.
"""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.timezone import now

from symposia.accounts.entering import entered
from symposia.accounts.models import SupportView
from symposia.web.addresses import PROGRAMS
from symposia.web.support import (
    KEY,
    STOP,
    View,
    is_looking,
    looking,
    may_be_looked_at,
    note_page,
    refused,
    running_view,
)


class Support:
    """Finds the support view of the session; a session without one goes its usual way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.support_view = None
        return self.get_response(request)

    def process_view(
        self, request: Any, view: View, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated or KEY not in request.session:
            return None
        if request.path.startswith(PROGRAMS) or request.resolver_match.url_name == STOP:
            return None
        request.support_view = _begun(request)
        if request.support_view is None:
            del request.session[KEY]
            return None
        if not is_looking(request) or not may_be_looked_at(view):
            return refused(request)
        return _shown(request, view, args, kwargs)


def _begun(request: Any) -> SupportView | None:
    """The support view that runs, the page it is about to show already in the journal."""
    with entered(request.user, request.session.get("organisation", ""), at=now()) as found:
        if found is None:
            return None
        request.organisation, request.access = found.organisation, found.access
        running = running_view(request)
        if running:
            note_page(request, running)
        return running


def _shown(request: Any, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
    with entered(request.user, request.session.get("organisation", ""), at=now()) as found:
        if found is None:
            return None
        request.organisation, request.organisations = found.organisation, [found.organisation]
        request.access = found.access
        timezone.activate(ZoneInfo(request.user.zone or found.organisation.zone))
        response: HttpResponseBase = looking(request, request.support_view, view, args, kwargs)
        is_file = response.has_header("Content-Disposition")
    return refused(request) if is_file else response
