"""Addresses of questions and polls in the sessions of an activity."""

from django.urls import URLPattern, path

from symposia.learning.audience_lists import AUDIENCE_POLLS, AUDIENCE_QUESTIONS, POLL_ANSWERS
from symposia.learning.medical_lists import MEDICAL_QUESTIONS
from symposia.web.lists import list_urls
from symposia.web.office import (
    audience,
    audience_polls,
    audience_questions,
    medical_questions,
)

_SESSION = "activities/<uuid:activity_pk>/audience/<uuid:session_pk>/"
urlpatterns: list[URLPattern] = [
    path("activities/<uuid:pk>/audience/", audience.sessions, name="activity_audience"),
    *list_urls(
        "activities/<uuid:activity_pk>/audience/questions/",
        AUDIENCE_QUESTIONS,
        template="office/audience/questions.html",
        extra=audience.listed,
    ),
    *list_urls(
        "activities/<uuid:activity_pk>/audience/polls/",
        AUDIENCE_POLLS,
        template="office/audience/polls.html",
        extra=audience.listed,
    ),
    path(_SESSION, audience.session, name="audience_queue"),
    path(f"{_SESSION}changes/", audience.changes, name="audience_queue_changes"),
    path(f"{_SESSION}questions/", audience.ask, name="audience_queue_questions"),
    path(f"{_SESSION}screen/", audience.screen, name="audience_screen"),
    path(f"{_SESSION}screen/changes/", audience.screen_changes, name="audience_screen_changes"),
    path(f"{_SESSION}polls/", audience_polls.new, name="audience_poll_new"),
    # one question
    path("audience-questions/<uuid:pk>/", audience_questions.question, name="audience_question"),
    path(
        "audience-questions/<uuid:pk>/showing/",
        audience_questions.show,
        name="audience_question_showing",
    ),
    path(
        "audience-questions/<uuid:pk>/hiding/",
        audience_questions.hide,
        name="audience_question_hiding",
    ),
    path(
        "audience-questions/<uuid:pk>/joining/",
        audience_questions.join,
        name="audience_question_joining",
    ),
    path(
        "audience-questions/<uuid:pk>/answer-in-room/",
        audience_questions.answered_in_room,
        name="audience_question_in_room",
    ),
    path(
        "audience-questions/<uuid:pk>/answer/",
        audience_questions.write,
        name="audience_question_answer",
    ),
    path(
        "audience-questions/<uuid:pk>/handover/",
        audience_questions.hand_over,
        name="audience_question_handover",
    ),
    # what medical affairs answers
    *list_urls(
        "medical-questions/",
        MEDICAL_QUESTIONS,
        template="office/audience/medical_questions.html",
        extra=medical_questions.listed,
    ),
    path("medical-questions/<uuid:pk>/", medical_questions.question, name="medical_question"),
    path(
        "medical-questions/<uuid:pk>/answer/",
        medical_questions.answer,
        name="medical_question_answer",
    ),
    path(
        "medical-questions/<uuid:pk>/refusal/",
        medical_questions.decline,
        name="medical_question_refusal",
    ),
    # one poll
    *list_urls(
        "audience-polls/<uuid:pk>/",
        POLL_ANSWERS,
        template="office/audience/answers.html",
        extra=audience_polls.results,
    ),
    path("audience-polls/<uuid:pk>/opening/", audience_polls.launch, name="audience_poll_opening"),
    path("audience-polls/<uuid:pk>/closing/", audience_polls.close, name="audience_poll_closing"),
    path("audience-polls/<uuid:pk>/showing/", audience_polls.show, name="audience_poll_showing"),
    path("audience-polls/<uuid:pk>/removal/", audience_polls.remove, name="audience_poll_removal"),
]
