"""For machines: is it alive, is it ready, how is it doing, what did a browser refuse."""

import json

import structlog
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from prometheus_client import CONTENT_TYPE_LATEST, Counter, generate_latest

from symposia.web.addresses import client_address
from symposia.web.gates import open_to_all

log = structlog.get_logger("symposia.csp")
CSP_REPORTS = Counter("symposia_csp_reports_total", "Content refused by a browser", ["directive"])


@require_GET
@open_to_all("liveness of the process; says nothing else")
def alive(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "alive"})


@require_GET
@open_to_all("readiness for a balancer; says nothing else")
def ready(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return JsonResponse({"status": "no database"}, status=503, headers={"Retry-After": "5"})
    return JsonResponse({"status": "ready"})


@require_GET
@open_to_all("counts without personal data, for a monitoring server that holds the token")
def metrics(request: HttpRequest) -> HttpResponse:
    """Without a token the page does not exist; where none is set, only this machine reads it."""
    if not _may_measure(request):
        return HttpResponse(status=404)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _may_measure(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        wanted = f"Bearer {settings.METRICS_TOKEN}"
        return constant_time_compare(given, wanted)
    return settings.DEMO and client_address(request) in {"127.0.0.1", "::1"}


@csrf_exempt
@require_POST
@open_to_all("browsers report refused content here without a session")
def csp_report(request: HttpRequest) -> HttpResponse:
    try:
        report = json.loads(request.body[:10_000] or b"{}").get("csp-report", {})
    except (ValueError, AttributeError, RawPostDataException):
        return HttpResponse(status=400)
    directive = str(report.get("effective-directive", "unknown"))[:40]
    CSP_REPORTS.labels(directive).inc()
    log.warning("csp_refused", directive=directive, blocked=str(report.get("blocked-uri"))[:200])
    return HttpResponse(status=204)
