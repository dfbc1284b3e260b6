"""Addresses of the places of an activity: who waits for one, and what holds them up."""

from django.urls import URLPattern, URLResolver, path

from symposia.registrations.lists import REQUESTS, SHARES, TICKET_KEYS, WAITLIST
from symposia.web.lists import list_urls
from symposia.web.office import admission, parties, shares, ticket_keys, waitlist

urlpatterns: list[URLPattern | URLResolver] = [
    *list_urls(
        "activities/<uuid:activity_pk>/people/requests/",
        REQUESTS,
        template="office/people/requests.html",
        extra=admission.listed,
    ),
    *list_urls(
        "organisation/ticket-keys/",
        TICKET_KEYS,
        template="office/organisation/ticket_keys.html",
        extra=ticket_keys.listed,
    ),
    path("organisation/ticket-keys/new/", ticket_keys.change, name="ticket_key_new"),
    path("activities/<uuid:pk>/people/admission/", admission.settle, name="admission"),
    path(
        "activities/<uuid:pk>/people/requests/approval/",
        admission.approve_all,
        name="requests_approval",
    ),
    path("registrations/<uuid:pk>/approval/", admission.approve, name="request_approval"),
    path("registrations/<uuid:pk>/refusal/", admission.decline, name="request_refusal"),
    *list_urls(
        "activities/<uuid:activity_pk>/people/waitlist/",
        WAITLIST,
        template="office/people/waitlist.html",
        extra=waitlist.listed,
    ),
    *list_urls(
        "activities/<uuid:activity_pk>/people/places/",
        SHARES,
        template="office/people/places.html",
        extra=shares.listed,
    ),
    path("activities/<uuid:pk>/people/places/new/", shares.new, name="share_new"),
    path("activities/<uuid:pk>/people/several/", parties.new, name="party_new"),
    path(
        "registrations/<uuid:pk>/substitution/", parties.hand_on, name="registration_substitution"
    ),
    path("shares/<uuid:pk>/", shares.change, name="share"),
    path("activities/<uuid:pk>/people/waitlist/terms/", waitlist.terms, name="waitlist_terms"),
    path("registrations/<uuid:pk>/acceptance/", waitlist.accept, name="registration_acceptance"),
]
