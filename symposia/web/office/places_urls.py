"""Addresses of the places of an activity: who waits for one, and what holds them up."""

from django.urls import URLPattern, URLResolver, path

from symposia.registrations.double_lists import DOUBLE_PLACES
from symposia.registrations.lists import REQUESTS, SHARES, TICKET_KEYS, WAITLIST
from symposia.registrations.question_lists import ANSWERS, QUESTIONS
from symposia.registrations.session_lists import SESSION_CHOICES, SESSION_PLACES
from symposia.web.lists import list_urls
from symposia.web.office import (
    admission,
    parties,
    registration_questions,
    session_places,
    shares,
    ticket_keys,
    waitlist,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *list_urls("people/at-one-time/", DOUBLE_PLACES),
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
    *list_urls(
        "activities/<uuid:activity_pk>/people/sessions/",
        SESSION_PLACES,
        template="office/people/sessions.html",
        extra=session_places.listed,
    ),
    *list_urls(
        "activities/<uuid:activity_pk>/people/sessions/people/",
        SESSION_CHOICES,
        template="office/people/session_people.html",
        extra=session_places.of_everybody,
    ),
    path("sessions/<uuid:pk>/places/", session_places.change, name="session_places"),
    path("registrations/<uuid:pk>/sessions/", session_places.choose, name="registration_sessions"),
    *list_urls(
        "activities/<uuid:activity_pk>/people/questions/",
        QUESTIONS,
        template="office/people/questions.html",
        extra=registration_questions.listed,
    ),
    *list_urls(
        "activities/<uuid:activity_pk>/people/answers/",
        ANSWERS,
        template="office/people/answers.html",
        extra=registration_questions.of_everybody,
    ),
    path(
        "activities/<uuid:pk>/people/questions/new/",
        registration_questions.new,
        name="registration_question_new",
    ),
    path(
        "activities/<uuid:pk>/people/questions/usual/",
        registration_questions.usual,
        name="registration_questions_usual",
    ),
    path(
        "registration-questions/<uuid:pk>/",
        registration_questions.change,
        name="registration_question",
    ),
    path(
        "registration-questions/<uuid:pk>/withdrawal/",
        registration_questions.withdraw,
        name="registration_question_withdrawal",
    ),
    path(
        "registrations/<uuid:pk>/answers/",
        registration_questions.answer,
        name="registration_answers",
    ),
    path("shares/<uuid:pk>/", shares.change, name="share"),
    path("activities/<uuid:pk>/people/waitlist/terms/", waitlist.terms, name="waitlist_terms"),
    path("registrations/<uuid:pk>/acceptance/", waitlist.accept, name="registration_acceptance"),
]
