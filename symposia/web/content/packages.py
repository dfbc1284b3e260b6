"""Packages in a frame of their own origin: a thin page that holds the runtime, and their files.

Nothing here knows a session. Each address carries a signed ticket of one attempt; what a package
tells counts for that attempt and for nothing else (ADR 0031).
"""

from typing import Any, TypeVar

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseNotModified,
    JsonResponse,
)
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of_ids
from symposia.learning.models import Lesson, Package, PackageFile
from symposia.learning.packages import (
    attempt_under_way,
    file_of_attempt,
    package_file,
    package_of_id,
)
from symposia.learning.scorm.tickets import (
    AttemptTicket,
    LookTicket,
    Ticket,
    read_attempt_ticket,
    read_ticket,
)
from symposia.learning.scorm.types import PLAIN
from symposia.shared.actors import Actor
from symposia.shared.tenancy import acting_in
from symposia.web.content.runtimes import runtime_path
from symposia.web.content.stretches import as_asked
from symposia.web.gates import open_to_all
from symposia.web.package_commits import keep_told, read_told, unreadable
from symposia.web.package_launch import launch_of, looking_at
from symposia.work.files import open_content

Response = TypeVar("Response", bound=HttpResponseBase)
TOO_OLD = "This address is too old. Open the lesson again."
# A package runs in its frame and reaches nothing else: no host, no page around it, no session.
_RUNS = (
    "sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-popups "
    "allow-downloads; "
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' data: blob:; "
    "form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'self' {origin}"
)


@require_GET
@open_to_all("needs a signed ticket of one attempt, good for half a day; the place is looked up")
def package(request: HttpRequest, ticket: str) -> HttpResponse:
    """The page that holds the runtime and frames what the package opens."""
    read = read_ticket(ticket)
    found = _launch(read, request.GET.get("item", "")) if read else None
    if found is None:
        return HttpResponseNotFound(TOO_OLD)
    standard, facts = found
    facts |= {"files": f"{request.path}c/", "commits": f"{request.path}commits"}
    context = {"launch": facts, "runtime": runtime_path(standard)}
    response = HttpResponse(render_to_string("content/package.html", context))
    return _apart(response, "no-store")


@require_GET
@open_to_all("needs a signed ticket of one attempt, good for half a day; the place is looked up")
def package_part(request: HttpRequest, ticket: str, path: str) -> HttpResponseBase:
    """A file of the package under the path it has there."""
    read = read_ticket(ticket)
    # What runs beside every page would outlive the attempt, and see those of others.
    if request.headers.get("Service-Worker"):
        return _apart(HttpResponseForbidden("No worker runs here."), "no-store")
    file = _file(read, path) if read and "\x00" not in path else None
    if file is None:
        return _apart(HttpResponseNotFound("The package has no such file."), "no-store")
    tag = f'"{file.sha256[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return _apart(HttpResponseNotModified(), "private, no-cache")
    opened = open_content(file.storage_name)
    response = as_asked(request, opened, file.size, file.content_type)
    response["ETag"] = tag
    if file.content_type == PLAIN:
        name = file.path.rpartition("/")[2]
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return _apart(response, "private, no-cache")


@csrf_exempt  # no session is known here: the signed ticket of one attempt is the proof
@require_POST
@open_to_all("needs a signed ticket of one attempt; what is told counts for that attempt alone")
def package_commits(request: HttpRequest, ticket: str) -> HttpResponse:
    """What the package tells while its page is being left; else the product is told."""
    read = read_attempt_ticket(ticket)
    if read is None:
        return _refused({"code": "too_old", "detail": TOO_OLD}, 404)
    sent = read_told(request.body)
    if sent is None:
        return _refused(unreadable(), 422)
    with acting_in(read.organisation_id):
        attempt = _attempt(read)
        if attempt is None:
            return _refused({"code": "not_there", "detail": TOO_OLD}, 404)
        place = attempt.registration
        by = Actor("link", place.pk, place.clinician.called)
        answer = keep_told(attempt, sent, by=by)
    return _apart(JsonResponse(answer), "no-store")


def _refused(said: dict[str, Any], status: int) -> HttpResponse:
    return _apart(JsonResponse(said, status=status), "no-store")


def _apart(response: Response, kept: str) -> Response:
    response["Content-Security-Policy"] = _RUNS.format(origin=settings.ORIGIN)
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    response["Cache-Control"] = kept
    return response


def _launch(read: Ticket, item: str) -> tuple[str, dict[str, Any]] | None:
    user = read.user_id if isinstance(read, LookTicket) else None
    with acting_in(read.organisation_id, user_id=user):
        if isinstance(read, LookTicket):
            seen = _looked_at(read)
            return (seen.standard, looking_at(seen, item)) if seen else None
        attempt = _attempt(read)
        return (attempt.package.standard, launch_of(attempt, item)) if attempt else None


def _attempt(read: AttemptTicket) -> Any:
    return attempt_under_way(
        read.attempt_id, registration_id=read.registration_id, lesson_id=read.lesson_id
    )


def _file(read: Ticket, path: str) -> PackageFile | None:
    user = read.user_id if isinstance(read, LookTicket) else None
    with acting_in(read.organisation_id, user_id=user):
        if isinstance(read, LookTicket):
            seen = _looked_at(read)
            return package_file(seen.pk, path) if seen else None
        place, lesson = read.registration_id, read.lesson_id
        return file_of_attempt(read.attempt_id, path, registration_id=place, lesson_id=lesson)


def _looked_at(read: LookTicket) -> Package | None:
    """Whoever looks still may; asked on each fetch."""
    access = access_of_ids(read.user_id, read.organisation_id, at=now())
    found = package_of_id(read.package_id)
    if access is None or found is None or found.lesson_id is None:
        return None
    seen = Lesson.objects.visible_to(access, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    return found if seen.filter(pk=found.lesson_id).exists() else None
