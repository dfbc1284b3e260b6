"""The outermost layer: a request id, one log line, metrics; nothing personal."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from symposia.shared.ids import uuid7
from symposia.shared.tracing import Trace, trace
from symposia.web.addresses import client_address

log = structlog.get_logger("symposia.requests")
ANSWERS = Counter("symposia_answers_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("symposia_answer_seconds", "Time to answer", ["route"])


def observe(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give each request an id that its log lines, journal entries and error page share."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = uuid7().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        mark = trace.set(Trace(request_id, client_address(request)))
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            response = get_response(request)
        finally:
            trace.reset(mark)
        route = request.resolver_match.route if request.resolver_match else "none"
        seconds = time.perf_counter() - started
        ANSWERS.labels(request.method, route, response.status_code).inc()
        SECONDS.labels(route).observe(seconds)
        log.info(
            "answered",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
        structlog.contextvars.unbind_contextvars("request_id")
        response["X-Request-Id"] = request_id
        return response

    return middleware
