"""Error pages that help: what failed, what is safe, what to do next, an id to quote."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from symposia.web.addresses import PERSONAL, PROGRAMS


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _say(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _say(request, 403, asked=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _say(request, 404, whose="person" if request.path.startswith(PERSONAL) else "")


def wrong_way(request: HttpRequest) -> HttpResponse:
    """An address that takes a form was opened, or the other way round."""
    return _say(request, 405)


def broken(request: HttpRequest) -> HttpResponse:
    return _say(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _say(request, 403, asked="csrf")


_TITLES = {
    400: "Bad request",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    500: "Internal error",
}


def _say(request: Any, status: int, **facts: str) -> HttpResponse:
    request_id = getattr(request, "request_id", "")
    if request.path.startswith(PROGRAMS):
        problem = {"type": "about:blank", "title": _TITLES[status], "status": status}
        return JsonResponse(
            problem | {"request_id": request_id},
            status=status,
            content_type="application/problem+json",
        )
    context = {"request_id": request_id, "status": status, **facts}
    return render(request, f"errors/{status}.html", context, status=status)
