"""The API: one module of routes per resource, the same gates as the pages, errors as problems."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from ninja.security import HttpBearer

from symposia.api.routers import ROUTERS
from symposia.shared.refusals import Refused


class PersonalToken(HttpBearer):
    """The tenancy middleware has already looked the token up; here it only counts."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002
        return getattr(request, "access", None)


api = NinjaAPI(
    title="Symposia",
    version="1",
    description="Everything the screens do, with the same gates and the same refusals in words.",
    auth=PersonalToken(),
    urls_namespace="api",
    docs_url=None,
)


def problem(
    request: HttpRequest, status: int, title: str, detail: str = "", **more: Any
) -> HttpResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(Refused)
def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    return problem(request, 409, "Refused", str(no), code=no.objection.code)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [
        {"field": ".".join(str(p) for p in e["loc"][1:]), "message": e["msg"]} for e in error.errors
    ]
    return problem(request, 422, "Invalid input", "Some fields need another value.", fields=fields)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    response = problem(request, 401, "Not signed in", "Send a valid personal token as bearer.")
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(AuthorizationError)
def forbidden(request: HttpRequest, error: AuthorizationError) -> HttpResponse:
    return problem(request, 403, "Not allowed", str(error.message))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, error.message)


for _prefix, _router in ROUTERS:
    api.add_router(_prefix, _router)

# The API answers for itself (401 as a problem), never by sending a program to the sign-in page.
addresses = api.urls
for _pattern in addresses[0]:
    login_not_required(_pattern.callback)  # type: ignore[type-var]  # a route has its view
