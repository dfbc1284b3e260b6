"""The tasks of faculty on a phone: by a personal link, without a password, ten minutes in all."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.activities.actions.content_reviews import Upload
from symposia.activities.actions.faculty_invitations import (
    answer_faculty_invitation,
    disclose_as_faculty,
    hand_in_as_faculty,
    say_travel,
    write_biography,
)
from symposia.activities.arranged import arranged_for
from symposia.activities.control import latest_disclosure, relationships_of
from symposia.activities.faculty_letters import FACULTY
from symposia.activities.models import ContentItem, FacultyInvitation, GivenBy
from symposia.activities.standards.reading import largest_content, period_on
from symposia.activities.tasks_of_faculty import Task, tasks_of
from symposia.outreach.letters import place_of
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.disclosure_form import DisclosureForm
from symposia.web.links import personal_link
from symposia.web.parts import Requirement

FORM = "learner/faculty/form.html"


class AnswerForm(forms.Form):
    """Yes, or no with a word why."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Will you take part?"),
        choices=[("yes", gettext_lazy("Yes, I accept")), ("no", gettext_lazy("No, I cannot"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=gettext_lazy("If not, why"), max_length=1000, required=False)


class BiographyForm(forms.Form):
    """What is printed about a person."""

    text = forms.CharField(
        label=gettext_lazy("Biography"),
        help_text=gettext_lazy("Printed in the programme: post, institution, what you work on."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
    )


class TravelForm(forms.Form):
    """How a person travels and stays."""

    text = forms.CharField(
        label=gettext_lazy("Travel and stay"),
        help_text=gettext_lazy("Where you come from, when, and what you need; or: nothing."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class FileForm(forms.Form):
    """A file of slides."""

    file = forms.FileField(label=gettext_lazy("Slides"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("A PDF or a PowerPoint presentation, up to %(megabytes)s megabytes.")
        self.fields["file"].help_text = words % {"megabytes": largest_content() // 1024**2}


@require_GET
@personal_link(FACULTY)
def tasks(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What is asked, how far each thing is, how many minutes are left."""
    invitation = _invitation(pk)
    found = tasks_of(invitation)
    context = {
        "invitation": invitation,
        "token": token,
        "activity": invitation.activity,
        "place": place_of(invitation.activity),
        "organisation": request.organisation,
        "requirements": [_shown(invitation, task, token) for task in found.tasks],
        "left": len(found.left),
        "minutes": found.minutes,
        "arranged": arranged_for(invitation.activity_id, invitation.contributor),
    }
    return render(request, "learner/faculty/tasks.html", context)


def _shown(invitation: FacultyInvitation, task: Task, token: str) -> Requirement:
    args = [token, task.item_id] if task.item_id else [token]
    is_open = task.code == "answer" or invitation.accepted
    href = reverse(f"faculty_{task.code}", args=args) if is_open else ""
    note = "" if task.is_done else _("%d min") % task.minutes
    return Requirement(task.label, "done" if task.is_done else "open", task.detail, note, href)


@require_http_methods(["GET", "POST"])
@personal_link(FACULTY)
def answer(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Accept, or say why not."""
    invitation = _invitation(pk)
    form = AnswerForm(request.POST or None)

    def act() -> None:
        accepted = form.cleaned_data["answer"] == "yes"
        reason = form.cleaned_data["reason"]
        by = _person(invitation)
        answer_faculty_invitation(invitation, accepted=accepted, reason=reason, by=by)

    return _asked(request, token, form, _("Your answer"), act)


@require_http_methods(["GET", "POST"])
@personal_link(FACULTY)
def disclosure(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Disclose once for every activity; filled in with what was said last time."""
    invitation = _invitation(pk)
    last = relationships_of(latest_disclosure(invitation.contributor))
    form = DisclosureForm(request.POST or None, last=last, period=period_on(localdate()))

    def act() -> None:
        disclose_as_faculty(invitation, form.facts(GivenBy.LINK), by=_person(invitation))

    return _asked(request, token, form, _("Disclosure"), act, guided=True)


@require_http_methods(["GET", "POST"])
@personal_link(FACULTY)
def biography(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What is printed about a person, kept for every activity."""
    invitation = _invitation(pk)
    first = {"text": invitation.contributor.biography}
    form = BiographyForm(request.POST or None, initial=first)

    def act() -> None:
        write_biography(invitation, form.cleaned_data["text"], by=_person(invitation))

    return _asked(request, token, form, _("Biography"), act)


@require_http_methods(["GET", "POST"])
@personal_link(FACULTY)
def travel(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """How a person travels and stays."""
    invitation = _invitation(pk)
    form = TravelForm(request.POST or None, initial={"text": invitation.travel})

    def act() -> None:
        say_travel(invitation, form.cleaned_data["text"], by=_person(invitation))

    return _asked(request, token, form, _("Travel and stay"), act)


@require_http_methods(["GET", "POST"])
@personal_link(FACULTY)
def slides(request: Any, pk: uuid.UUID, token: str, item_pk: uuid.UUID) -> HttpResponse:
    """Hand in a file of slides; the next one takes its place."""
    invitation = _invitation(pk)
    items = ContentItem.objects.of(invitation.activity)
    item = get_object_or_404(items, contributor=invitation.contributor, pk=item_pk)
    form = FileForm(request.POST or None, request.FILES or None)

    def act() -> None:
        sent = form.cleaned_data["file"]
        upload = Upload(sent.name, sent.read(largest_content() + 1))
        hand_in_as_faculty(invitation, item, upload, by=_person(invitation))

    return _asked(request, token, form, item.title, act)


def _asked(
    request: Any,
    token: str,
    form: forms.Form,
    title: str,
    act: Callable[[], None],
    *,
    guided: bool = False,
) -> HttpResponse:
    """Show one task; once it is done, back to the list of all of them."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("faculty", token)
    context = {"form": form, "title": title, "token": token, "guided": guided}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, FORM, context, status=status)


def _invitation(pk: uuid.UUID) -> FacultyInvitation:
    rows = FacultyInvitation.objects.with_names().select_related("activity__owner")
    return get_object_or_404(rows, pk=pk)


def _person(invitation: FacultyInvitation) -> Actor:
    return Actor("link", invitation.pk, invitation.contributor.name)
