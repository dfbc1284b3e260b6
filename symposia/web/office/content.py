"""The content of an activity: what is expected, handed in, reviewed and released."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.actions.content_reviews import (
    ReviewFacts,
    Upload,
    comment_on_slide,
    expect_content,
    hand_in_content,
    review_content,
)
from symposia.activities.content_lists import STANDING_TONES
from symposia.activities.control import contributor_among, in_control_of
from symposia.activities.models import (
    Activity,
    ContentItem,
    ContentVersion,
    Session,
    Standing,
    Verdict,
)
from symposia.activities.queries import sessions_of
from symposia.activities.reading import loaded_once, one_reading
from symposia.activities.reviewed import (
    comments_on,
    content_of,
    contents_of,
    reviewer_acting,
)
from symposia.activities.reviewing import objection_to_reviewer
from symposia.activities.signed import asked_again_by
from symposia.activities.standards.reading import (
    largest_content,
    review_citation,
    review_questions,
)
from symposia.audit.queries import entries_about
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, workspace
from symposia.web.office.asking import Question, ask, given, warned_of
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

STANDING: dict[str, tuple[str, Any]] = {
    each.value: (STANDING_TONES[each], each.label) for each in Standing
}
SEES, PLANS = Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES


class ItemForm(forms.Form):
    """What is expected, from whom, for which session."""

    title = forms.CharField(label=gettext_lazy("What it is"), max_length=200)
    contributor = forms.ChoiceField(label=gettext_lazy("From"))
    session = forms.ChoiceField(label=gettext_lazy("Session"), required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(p.contributor_id), p.name) for p in in_control_of(activity)]
        known = [each for each in people if each[0] != "None"]
        sessions = [(str(s.pk), s.title) for s in sessions_of(activity)]
        self.fields["contributor"].choices = known  # type: ignore[attr-defined]
        self.fields["session"].choices = [("", _("All of it")), *sessions]  # type: ignore[attr-defined]


class SlidesForm(forms.Form):
    """A file of slides."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A PDF or a PowerPoint presentation, up to 50 megabytes."),
    )

    def upload(self) -> Upload:
        sent = self.cleaned_data["file"]
        return Upload(sent.name, sent.read(largest_content() + 1))


class ReviewForm(forms.Form):
    """The checklist and the verdict."""

    note = forms.CharField(
        label=gettext_lazy("What has to change"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in review_questions():
            choices = [("yes", _("Yes")), ("no", _("No"))]
            if question.may_not_apply:
                choices.append(("na", _("Does not apply")))
            self.fields[f"q_{question.code}"] = forms.ChoiceField(
                label=question.title, choices=choices, widget=forms.RadioSelect
            )
        order = [f"q_{question.code}" for question in review_questions()]
        self.order_fields([*order, "note", "verdict"])

    def facts(self) -> ReviewFacts:
        said = self.cleaned_data
        checklist = {q.code: said[f"q_{q.code}"] for q in review_questions()}
        return ReviewFacts(said["verdict"], checklist, said["note"])


class CommentForm(forms.Form):
    """Something about one slide."""

    slide = forms.IntegerField(label=gettext_lazy("Slide"), min_value=1)
    text = forms.CharField(
        label=gettext_lazy("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Every item with its last file and what reviewers said."""
    with one_reading():
        context = workspace(request, pk, "activity_content")
        found = loaded_once(context["activity"], contents_of)
    context["contents"] = [(content, *STANDING[content.condition]) for content in found]
    return render(request, "office/content/activity.html", context)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask somebody for something learners will see."""
    activity = activity_or_404(request, pk, PLANS)

    def act(data: dict[str, Any]) -> str:
        person = contributor_among(in_control_of(activity), uuid.UUID(data["contributor"]))
        if person is None:
            raise Http404
        rows = Session.objects.of(activity)
        session = get_object_or_404(rows, pk=data["session"]) if data["session"] else None
        item = expect_content(activity, person, data["title"], session=session, by=request.actor)
        return reverse("content_item", args=[item.pk])

    back = reverse("activity_content", args=[pk])
    question = Question(_("Content to expect"), str(activity), back, _("Save"))
    return ask(request, ItemForm(given(request), activity=activity), question, act)


@require_GET
@requires(SEES)
def item(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One item: its versions, the checklist of its last review, comments slide by slide."""
    found = _item(request, pk)
    content = content_of(found)
    latest = content.latest
    context = {
        "item": found,
        "content": content,
        "standing": STANDING[content.condition],
        "questions": review_questions(),
        "comments": comments_on(latest) if latest else [],
        "reviewing": _objection(request, found, latest),
        "may_plan": request.access.holds(PLANS),
        "entries": history_of(entries_about(found.pk)[:50]),
    }
    return render(request, "office/content/item.html", context)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def hand_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take in a file on behalf of somebody."""
    found = _item(request, pk)
    form = SlidesForm(given(request), request.FILES or None)

    def act(_data: dict[str, Any]) -> str:
        hand_in_content(found, form.upload(), by=request.actor)
        return reverse("content_item", args=[pk])

    note = warned_of(asked_again_by(found.activity, "content"))
    return ask(request, form, _question(found, _("Hand in a file"), note), act)


@require_http_methods(["GET", "POST"])
@requires(SEES)
def review(request: UserRequest, pk: uuid.UUID, version_pk: uuid.UUID) -> HttpResponse:
    """Answer the checklist for one file and give a verdict on it."""
    found = _item(request, pk)
    version = _version(found, version_pk)
    form = ReviewForm(given(request))

    def act(_data: dict[str, Any]) -> str:
        review_content(version, form.facts(), by=request.actor)
        return reverse("content_item", args=[pk])

    objection = _objection(request, found, version)
    back = reverse("content_item", args=[pk])
    about = _("%(title)s, version %(number)d. %(citation)s") % {
        "title": found.title,
        "number": version.number,
        "citation": review_citation(),
    }
    question = Question(_("Review"), found.title, back, _("Give the verdict"), about, objection)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(SEES)
def comment(request: UserRequest, pk: uuid.UUID, version_pk: uuid.UUID) -> HttpResponse:
    """Say something about one slide."""
    found = _item(request, pk)
    version = _version(found, version_pk)

    def act(data: dict[str, Any]) -> str:
        comment_on_slide(version, by=request.actor, **data)
        return reverse("content_item", args=[pk])

    return ask(request, CommentForm(given(request)), _question(found, _("Comment a slide")), act)


def _objection(request: UserRequest, found: ContentItem, version: ContentVersion | None) -> Any:
    """Why this person may not review it."""
    if version is None:
        return None
    reviewer = reviewer_acting(found.activity, request.actor)
    return objection_to_reviewer(found, version, reviewer, request.actor.id)


def _question(found: ContentItem, title: str, note: str = "") -> Question:
    back = reverse("content_item", args=[found.pk])
    return Question(title, found.title, back, _("Save"), note)


def _item(request: UserRequest, pk: uuid.UUID) -> ContentItem:
    rows = ContentItem.objects.visible_to(request.access)
    return get_object_or_404(rows.select_related("activity", "contributor", "session"), pk=pk)


def _version(found: ContentItem, pk: uuid.UUID) -> ContentVersion:
    return get_object_or_404(ContentVersion.objects.select_related("item"), item=found, pk=pk)
