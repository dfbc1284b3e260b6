"""The product's addresses: pages by audience, the API, the sign-in library's pages."""

from django.urls import include, path

from symposia.api.root import addresses
from symposia.api.scim.root import addresses as scim_addresses
from symposia.api.xapi.root import addresses as xapi_addresses
from symposia.web import errors

urlpatterns = [
    path("api/v1/", addresses),
    path("scim/v2/", scim_addresses),
    path("xapi/", include(xapi_addresses)),
    path("account/", include("symposia.web.account.urls")),
    path("", include("symposia.web.urls")),
]
handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.broken
