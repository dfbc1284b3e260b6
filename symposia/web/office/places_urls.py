"""Addresses of the places of an activity: who waits for one, and what holds them up."""

from django.urls import URLPattern, URLResolver, path

from symposia.registrations.lists import WAITLIST
from symposia.web.lists import list_urls
from symposia.web.office import waitlist

urlpatterns: list[URLPattern | URLResolver] = [
    *list_urls(
        "activities/<uuid:activity_pk>/people/waitlist/",
        WAITLIST,
        template="office/people/waitlist.html",
        extra=waitlist.listed,
    ),
    path("activities/<uuid:pk>/people/waitlist/terms/", waitlist.terms, name="waitlist_terms"),
    path("registrations/<uuid:pk>/acceptance/", waitlist.accept, name="registration_acceptance"),
]
