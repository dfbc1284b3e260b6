"""The API: one module of routes per resource, the same gates as the pages, errors as problems."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from symposia.api.problems import describe_problems, problem
from symposia.api.reading import StrictParser
from symposia.api.routers import ROUTERS
from symposia.shared.refusals import Refused


class PersonalToken(HttpBearer):
    """The tenancy middleware has already looked the token up; here it only counts."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002
        return getattr(request, "access", None)


class Described(NinjaAPI):
    """An API whose description names its problems too."""

    def get_openapi_schema(self, **where: Any) -> Any:
        schema = super().get_openapi_schema(**where)
        describe_problems(schema)
        return schema


api = Described(
    title="Symposia",
    version="1",
    description="Everything the screens do, with the same gates and the same refusals in words.",
    auth=PersonalToken(),
    parser=StrictParser(),
    urls_namespace="api",
    docs_url=None,
)


@api.exception_handler(Refused)
def refused(_request: HttpRequest, no: Refused) -> HttpResponse:
    return problem(409, "Refused", str(no), code=no.objection.code)


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [
        {"field": ".".join(str(p) for p in e["loc"][1:]), "message": e["msg"]} for e in error.errors
    ]
    return problem(422, "Invalid input", "Some fields need another value.", fields=fields)


@api.exception_handler(AuthenticationError)
def unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    response = problem(401, "Not signed in", "Send a valid personal token as bearer.")
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
def absent(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(404, "Not found", "There is no such record, or none that you may see.")


@api.exception_handler(HttpError)
def http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, error.message)


for _prefix, _router in ROUTERS:
    api.add_router(_prefix, _router)

# The API answers for itself (401 as a problem), never by sending a program to the sign-in page.
addresses = api.urls
for _pattern in addresses[0]:
    login_not_required(_pattern.callback)  # type: ignore[type-var]  # a route has its view
