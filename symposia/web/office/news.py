"""The accreditor news desk: typed, from feeds or forwarded mail; assigned, decided, linked."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.curriculum.actions.news import (
    NewsFacts,
    add_source,
    assign_news,
    decide_news,
    enter_news,
    stop_source,
    take_in_letter,
)
from symposia.curriculum.feeds import NotALetter, Published, read_letter
from symposia.curriculum.lists.news import NEWS_TONES
from symposia.curriculum.models import NewsDecision, NewsItem, NewsSource
from symposia.curriculum.policies.news import objection_to_news_step
from symposia.curriculum.queries.news import pack_choices, pack_named, sources
from symposia.curriculum.tasks import read_source
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.meeting_forms import DAY, PersonForm
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

LARGEST = 2 * 1024 * 1024


class NewsForm(forms.Form):
    """What an accreditor made known."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    body = forms.CharField(
        label=gettext_lazy("Body"), help_text=gettext_lazy("Who made it known."), max_length=200
    )
    published_on = forms.DateField(label=gettext_lazy("Published"), widget=DAY, required=False)
    address = forms.URLField(
        label=gettext_lazy("Link"), max_length=500, required=False, assume_scheme="https"
    )
    text = forms.CharField(
        label=gettext_lazy("What it says"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        required=False,
    )


class LetterForm(forms.Form):
    """A forwarded mail, as a file or as its source text."""

    file = forms.FileField(label=gettext_lazy("Mail as a file (.eml)"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Or its source text"),
        help_text=gettext_lazy("In your mail program: show the original, copy all of it."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LARGEST,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        sent = said.get("file")
        if sent and sent.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than two megabytes."))
        content = sent.read() if sent else said.get("source", "").encode()
        if not content.strip():
            raise forms.ValidationError(_("Choose a file, or paste the mail."))
        try:
            said["letter"] = read_letter(content)
        except (NotALetter, LookupError, ValueError) as wrong:
            problem = _("This is no mail: a subject and a sender are missing.")
            raise forms.ValidationError(problem) from wrong
        return said


class AssignForm(PersonForm):
    """Who finds out what it means, until when."""

    due_on = forms.DateField(label=gettext_lazy("Until"), widget=DAY, required=False)


class DecideForm(forms.Form):
    """What it means, and which version of a rule pack carries it out."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=NewsDecision.choices, widget=forms.RadioSelect
    )
    pack = forms.ChoiceField(label=gettext_lazy("Version of a rule pack"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("What it means for us"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None")), *pack_choices()]
        self.fields["pack"].choices = choices  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    """A feed that is read every day."""

    title = forms.CharField(label=gettext_lazy("Body"), max_length=200)
    address = forms.URLField(
        label=gettext_lazy("Address of the RSS or Atom feed"),
        max_length=500,
        assume_scheme="https",
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def new(request: UserRequest) -> HttpResponse:
    def act(data: dict[str, Any]) -> str:
        return reverse("news_item", args=[enter_news(NewsFacts(**data), by=request.actor).pk])

    question = Question(_("Enter news"), _("Accreditor news"), reverse("news"), _("Enter it"))
    return ask(request, NewsForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def mail(request: UserRequest) -> HttpResponse:
    """Take in a mail that somebody forwarded."""

    def act(data: dict[str, Any]) -> str:
        letter: Published = data["letter"]
        return reverse("news_item", args=[take_in_letter(letter, by=request.actor).pk])

    question = Question(_("Forwarded mail"), _("Accreditor news"), reverse("news"), _("Take it in"))
    form = LetterForm(given(request), request.FILES or None)
    return ask(request, form, question, act)


@require_GET
@requires(Permission.VIEW_CURRICULUM)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What it says, who finds out, what was decided."""
    item = _item(request, pk)
    context = {
        "item": item,
        "tone": NEWS_TONES[item.state],
        "entries": history_of(entries_about(item.pk)[:50]),
        "may_manage": request.access.holds(Permission.MANAGE_CURRICULUM),
        "may_see_rules": request.access.holds(Permission.VIEW_RULES),
        "deciding": objection_to_news_step(item),
    }
    return render(request, "office/news/detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def assign(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    item = _item(request, pk)
    first = {"owner": str(item.assigned_to_id or request.user.pk), "due_on": item.due_on}
    form = AssignForm(given(request), initial=first)

    def act(data: dict[str, Any]) -> str:
        assign_news(item, form.person(), due_on=data["due_on"], by=request.actor)
        return reverse("news_item", args=[pk])

    return ask(request, form, _question(item, _("Assign the news"), _("Assign it")), act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def decide(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what it means for the organisation."""
    item = _item(request, pk)

    def act(data: dict[str, Any]) -> str:
        pack = pack_named(data.pop("pack"))
        decide_news(item, pack=pack, by=request.actor, **data)
        return reverse("news_item", args=[pk])

    question = _question(item, _("Decide what it means"), _("Decide"))
    return ask(request, DecideForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def feeds(request: UserRequest) -> HttpResponse:
    """The feeds that are read every day, and a form for one more."""
    form = SourceForm(given(request))
    if form.is_bound and form.is_valid():
        return do(
            request,
            lambda: add_source(by=request.actor, **form.cleaned_data),
            reverse("news_sources"),
        )
    context = {"form": form, "sources": sources()}
    return render(request, "office/news/sources.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def feed_stop(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    source = _source(request, pk)
    return do(request, lambda: stop_source(source, by=request.actor), reverse("news_sources"))


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def feed_read(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Read a feed now, as a job."""
    read_source.defer(source_id=str(_source(request, pk).pk))
    messages.success(request, _("The feed is being read."))
    return redirect("news_sources")


def _source(request: UserRequest, pk: uuid.UUID) -> NewsSource:
    return get_object_or_404(NewsSource.objects.visible_to(request.access), pk=pk)


def _question(item: NewsItem, title: str, submit: str) -> Question:
    back = reverse("news_item", args=[item.pk])
    return Question(title, str(item), back, submit, objection=objection_to_news_step(item))


def _item(request: UserRequest, pk: uuid.UUID) -> NewsItem:
    rows = NewsItem.objects.visible_to(request.access)
    return get_object_or_404(
        rows.select_related("assigned_to", "pack", "own_pack", "source"), pk=pk
    )
