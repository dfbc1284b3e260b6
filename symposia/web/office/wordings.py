"""The organisation's own words for its messages: written, looked at, tried, then used; what may be
filled in stays as it is shipped."""

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from symposia.notifications.actions import queue_message
from symposia.notifications.actions.wordings import (
    Words,
    return_to_shipped_words,
    send_wording_test,
    use_wording,
    write_wording,
)
from symposia.notifications.languages import message_languages
from symposia.notifications.local_times import local_time
from symposia.notifications.models import MessageVersion
from symposia.notifications.policies import objection_to_using_words
from symposia.notifications.queries import template_of, templates_here
from symposia.notifications.rendering import render_message
from symposia.notifications.wording import (
    Wording,
    is_shipped,
    shipped,
    shipped_messages,
    worded_here,
)
from symposia.outreach.examples import activity_to_look_at, example_of, people_to_look_as
from symposia.web.content.wordings import wording_url
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest

FOLDER = "office/wordings"


class WordingForm(forms.Form):
    """Subject, line of the inbox and body, with their placeholders in braces."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    preview = forms.CharField(
        label=gettext_lazy("Line beside the subject"),
        help_text=gettext_lazy("What an inbox shows before the message is opened."),
        max_length=200,
        required=False,
    )
    body = forms.CharField(
        label=gettext_lazy("Body"),
        widget=forms.Textarea(attrs={"class": "input-tall"}),
        max_length=20_000,
        help_text=gettext_lazy(
            "Empty lines part blocks. “# ” begins a heading, “> ” small print, “Label | value” a"
            " row of facts; the button is written [Label]({link})."
        ),
    )


@require_GET
@requires(Permission.MANAGE_MESSAGES)
def wordings(request: UserRequest) -> HttpResponse:
    """Every message that this organisation may word itself, in each language it has."""
    own = templates_here()
    theirs = {(w.code, w.language): w for w in _theirs()}
    spoken = {
        key: theirs[key[0], "en"].spoken_in(key[1])
        for key in own
        if key not in theirs and (key[0], "en") in theirs
    }
    rows = [
        {"wording": wording, "own": own.get(key)}
        for key, wording in sorted((theirs | spoken).items())
    ]
    return render(request, f"{FOLDER}/list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_MESSAGES)
def wording(request: UserRequest, code: str, language: str) -> HttpResponse:
    """Write a version of one message in one language; nobody gets it yet."""
    original, template = _original(code, language), template_of(code, language)
    last = MessageVersion.objects.visible_to(request.access).of(code, language).first()
    begun = last or template or original
    known = {name: getattr(begun, name) for name in ("subject", "preview", "body")}

    def act(data: dict[str, Any]) -> str:
        version = write_wording(code, language, Words(**data), by=request.actor)
        return reverse("message_version", args=[version.pk])

    more = {
        "wording": original,
        "template": template,
        "languages": [each for each in message_languages() if each[0] != language],
        "versions": MessageVersion.objects.visible_to(request.access).of(code, language)[:10],
        "is_shipped": is_shipped(code, language),
    }
    question = Question(
        _("Words of a message"),
        _("All messages"),
        reverse("wordings"),
        _("Look at these words"),
        template=f"{FOLDER}/edit.html",
        more=more,
    )
    return ask(request, WordingForm(given(request), initial=known), question, act)


@require_GET
@requires(Permission.MANAGE_MESSAGES)
def in_language(request: UserRequest) -> HttpResponse:
    """To the words of a message in a language that somebody chose."""
    code, language = request.GET.get("code", ""), request.GET.get("language", "")
    _original(code, language)
    return redirect("wording", code, language)


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def to_shipped(request: UserRequest, code: str, language: str) -> HttpResponse:
    """The words of the product again."""
    template = template_of(code, language)
    if template is None:
        raise Http404
    done = _("The next message is worded as the product does.")
    back = reverse("wordings")
    return do(request, lambda: return_to_shipped_words(template, by=request.actor), back, done)


@require_GET
@requires(Permission.MANAGE_MESSAGES)
def version(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A version as a person would get it."""
    found = _version(request, pk)
    said, template = _as_wording(found), template_of(found.code, found.language)
    someone = _person(request)
    values = _values(request, said, someone)
    context = {
        "version": found,
        "template": template,
        "letter": render_message(said, values),
        "frame_href": wording_url(found, values),
        "someone": someone,
        "someone_pk": str(someone.pk) if someone else "",
        "someones": people_to_look_as(request.access),
        "objection": objection_to_using_words(found, template),
    }
    return render(request, f"{FOLDER}/version.html", context)


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def try_version(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The version to oneself, as the person chosen would get it."""
    found, someone = _version(request, pk), _person(request)
    values, address = _values(request, _as_wording(found), someone), request.user.email
    done = _("A test to %(address)s is on its way.") % {"address": address}
    back = reverse("message_version", args=[pk]) + (f"?as={someone.pk}" if someone else "")
    return do(
        request,
        lambda: send_wording_test(found, values, to_address=address, by=request.actor),
        back,
        done,
    )


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def use_version(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """From the next message on."""
    found = _version(request, pk)
    done = _("The next message is worded like this.")
    back = reverse("message_version", args=[pk])
    return do(request, lambda: use_wording(found, by=request.actor), back, done)


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def send_test(request: UserRequest) -> HttpResponse:
    """A message to oneself, which proves that mail leaves and shows how it looks."""
    at = now()
    queue_message(
        "notifications.test_message",
        to_address=request.user.email,
        to_name=request.user.full_name,
        values={
            "organisation": request.organisation.name,
            "name": str(request.user),
            "activity": _("Mail leaves this installation"),
            "when": local_time(at, at + timedelta(hours=1), request.organisation.zone),
            "where": request.organisation.name,
            "note": _("You asked for this message to see that mail arrives and how it looks."),
            "reply_link": f"{settings.ORIGIN}/",
        },
        by=request.actor,
    )
    messages.success(request, _("A test message to you is on its way."))
    return redirect("outbox")


def _theirs() -> list[Wording]:
    return [w for w in shipped_messages() if worded_here(w.code)]


def _original(code: str, language: str) -> Wording:
    """What is shipped, as the beginning of words in this language."""
    if not worded_here(code) or language not in dict(message_languages()):
        raise Http404
    return shipped(code, language).spoken_in(language)


def _version(request: UserRequest, pk: uuid.UUID) -> MessageVersion:
    return get_object_or_404(MessageVersion.objects.visible_to(request.access), pk=pk)


def _as_wording(version: MessageVersion) -> Wording:
    return version.as_wording(shipped(version.code, version.language))


def _person(request: UserRequest) -> Clinician | None:
    """Whom somebody wants to look as, of those they may see."""
    asked = request.POST.get("as") or request.GET.get("as") or ""
    try:
        pk = uuid.UUID(asked)
    except ValueError:
        return None
    return Clinician.objects.visible_to(request.access).filter(pk=pk).first()


def _values(request: UserRequest, said: Wording, someone: Clinician | None) -> dict[str, str]:
    name = someone.called if someone else str(request.user)
    activity = activity_to_look_at(request.access, now())
    return example_of(said, name, activity, request.organisation)
