"""The organisation's own words for its messages; what may be filled in stays as it is shipped."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.notifications.actions import queue_message, write_wording
from symposia.notifications.local_times import local_time
from symposia.notifications.queries import wording_of
from symposia.notifications.wording import Wording, shipped_messages
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.requests import UserRequest

FOLDER = "office/wordings"
# Sign-in and the offer of a role are the installation's own words.
NOT_THEIRS = ("accounts.", "web.")


class WordingForm(forms.Form):
    """Subject and body with their placeholders in braces."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
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
    """Every message that this organisation may word itself."""
    return render(request, f"{FOLDER}/list.html", {"wordings": _theirs()})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_MESSAGES)
def wording(request: UserRequest, code: str, language: str) -> HttpResponse:
    """Change the words of one message in one language."""
    found = _wording(code, language)
    known = {"subject": found.subject, "body": found.body}
    form = WordingForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            write_wording(code, language, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error("body", str(refused))
        else:
            messages.success(request, _("The next message is worded like this."))
            return redirect("wordings")
    context: dict[str, Any] = {
        "wording": found,
        "form": form,
        "placeholders": ", ".join(f"{{{name}}}" for name in sorted(found.placeholders)),
    }
    status = 422 if form.is_bound else 200
    return render(request, f"{FOLDER}/edit.html", context, status=status)


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
    return [w for w in shipped_messages() if not w.code.startswith(NOT_THEIRS)]


def _wording(code: str, language: str) -> Wording:
    if not any((w.code, w.language) == (code, language) for w in _theirs()):
        raise Http404
    return wording_of(code, language)
