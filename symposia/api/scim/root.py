"""The way in of an organisation's own directory: SCIM 2.0 (RFC 7643, RFC 7644)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from symposia.api.root import PersonalToken
from symposia.api.scim import discovery, groups, users
from symposia.api.scim.answers import ScimError, error_answer

scim = NinjaAPI(
    title="Symposia directory",
    version="scim-2",
    auth=PersonalToken(),
    urls_namespace="scim",
    docs_url=None,
    openapi_url=None,
)


@scim.exception_handler(ScimError)
def wrong(_request: HttpRequest, error: ScimError) -> HttpResponse:
    return error_answer(error)


@scim.exception_handler(AuthenticationError)
def unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    answer = error_answer(ScimError(401, _("Send a valid key as bearer.")))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


scim.add_router("", discovery.router)
scim.add_router("/Users", users.router)
scim.add_router("/Groups", groups.router)

# A directory is answered in its own way, never sent to the sign-in page.
addresses = scim.urls
for _pattern in addresses[0]:
    login_not_required(_pattern.callback)  # type: ignore[type-var]  # a route has its view
