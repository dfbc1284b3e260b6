"""Who comes to the discussions: a learner by the link to the own learning, faculty by theirs."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from symposia.activities.faculty_letters import FACULTY
from symposia.activities.models import FacultyInvitation
from symposia.learning.discussing import voice_of_faculty, voice_of_place
from symposia.learning.letters import LEARNING
from symposia.shared.actors import Actor
from symposia.web.learner.claim import actor_of, registration_of
from symposia.web.learner.talking import (
    Door,
    edit,
    follow,
    index,
    report,
    say,
    show,
    withdraw,
)
from symposia.web.links import personal_link


def learner_door(pk: uuid.UUID, token: str) -> Door:
    """A learner, by the own place."""
    place = registration_of(pk)
    back = reverse("finish", args=[token])
    return Door("my", token, voice_of_place(place), place.activity, back, actor_of(place))


def faculty_door(pk: uuid.UUID, token: str) -> Door:
    """Somebody who teaches, by the own invitation."""
    invitations = FacultyInvitation.objects.with_names()
    invitation = get_object_or_404(invitations, pk=pk)
    by = Actor("link", invitation.pk, invitation.contributor.name)
    back = reverse("faculty", args=[token])
    voice = voice_of_faculty(invitation)
    return Door("faculty", token, voice, invitation.activity, back, by)


def talk_urls(
    letter: str, purpose: str, prefix: str, enter: Callable[[uuid.UUID, str], Door]
) -> list[URLPattern]:
    """The pages of discussions behind a kind of personal link; `enter` says who came in."""

    def through(view: Callable[..., HttpResponse]) -> Any:
        @personal_link(purpose)
        @wraps(view)
        def opened(request: Any, pk: uuid.UUID, token: str, **kwargs: Any) -> HttpResponse:
            return view(request, enter(pk, token), **kwargs)

        return opened

    of_one, said = "discussions/<uuid:discussion_pk>/", "contributions/<uuid:contribution_pk>/"
    pages = (
        ("discussions/", index, "discussions"),
        (of_one, show, "discussion"),
        (f"{of_one}contributions/", say, "contributions"),
        (f"{of_one}following/", follow, "following"),
        (said, edit, "contribution"),
        (f"{said}withdrawal/", withdraw, "contribution_withdrawal"),
        (f"{said}report/", report, "contribution_report"),
    )
    return [
        path(f"{letter}/<str:token>/{route}", through(view), name=f"{prefix}_{name}")
        for route, view, name in pages
    ]


discussion_urls: list[URLPattern] = [
    *talk_urls("l", LEARNING, "my", learner_door),
    *talk_urls("f", FACULTY, "faculty", faculty_door),
]
