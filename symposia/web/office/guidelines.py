"""Guidelines: how they are cited, by what, and what a newer one leaves to be reviewed."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.curriculum.actions.guidelines import (
    GuidelineFacts,
    add_guideline,
    correct_guideline,
    review_citation,
    supersede_guideline,
)
from symposia.curriculum.citing import citing
from symposia.curriculum.lists.guidelines import GUIDELINE_TONES, REVIEW_TONES
from symposia.curriculum.models import CitationReview, Guideline
from symposia.curriculum.policies.objectives import objection_to_citing, objection_to_review
from symposia.curriculum.queries.guidelines import citable
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

# The page of each kind of thing that cites a guideline.
SUBJECT_PAGES = {
    "gap": "gap",
    "objective": "objective",
    "session": "activity_agenda",
    "question": "activity_evaluation",
    "bank_question": "question",
    "enduring": "activity",
}
FINDINGS = (
    ("kept", gettext_lazy("It is still right as it stands")),
    ("changed", gettext_lazy("I changed it")),
)


class GuidelineForm(forms.Form):
    """How a guideline is cited."""

    body = forms.CharField(
        label=gettext_lazy("Body"),
        help_text=gettext_lazy("Who publishes it, such as AHA/ASA or NICE."),
        max_length=200,
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1900, max_value=2200)
    address = forms.URLField(
        label=gettext_lazy("Link"), max_length=500, required=False, assume_scheme="https"
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewerForm(forms.Form):
    """Which guideline took the place of this one."""

    newer = forms.ChoiceField(label=gettext_lazy("The newer guideline"))
    reason = forms.CharField(
        label=gettext_lazy("What changed"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args: Any, guideline: Guideline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(pk, name) for pk, name in citable() if pk != str(guideline.pk)]
        self.fields["newer"].choices = others  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """What a second look at a citation found."""

    finding = forms.ChoiceField(
        label=gettext_lazy("Finding"), choices=FINDINGS, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def new(request: UserRequest) -> HttpResponse:
    def act(data: dict[str, Any]) -> str:
        return reverse("guideline", args=[add_guideline(_facts(data), by=request.actor).pk])

    question = Question(
        _("Add a guideline"), _("Guidelines"), reverse("guidelines"), _("Add the guideline")
    )
    form = GuidelineForm(given(request), initial={"year": localdate().year})
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Mend how it is cited."""
    guideline = _guideline(request, pk)
    first = {name: getattr(guideline, name) for name in ("body", "title", "year", "address")}
    first["seen_version"] = guideline.version
    back = reverse("guideline", args=[pk])

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        correct_guideline(guideline, _facts(data), seen_version=seen, by=request.actor)
        return back

    question = Question(_("Correct the citation"), guideline.title, back, _("Save"))
    return ask(request, GuidelineForm(given(request), initial=first), question, act, first)


@require_GET
@requires(Permission.VIEW_CURRICULUM)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """How it is cited, by what, and what is left to review."""
    guideline = _guideline(request, pk)
    context = {
        "guideline": guideline,
        "citing": [
            {"name": each.name, "href": subject_href(kind, each.found_at or each.subject_id)}
            for kind, each in citing(guideline.pk)
        ],
        "reviews": [
            {"review": each, "tone": REVIEW_TONES[each.state]}
            for each in guideline.reviews.order_by("opened_at", "pk")
        ],
        "tone": GUIDELINE_TONES[guideline.state],
        "entries": history_of(entries_about(guideline.pk)[:50]),
        "may_manage": request.access.holds(Permission.MANAGE_CURRICULUM),
        "objection": objection_to_citing(guideline),
    }
    return render(request, "office/guidelines/detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def supersede(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which guideline took its place; what cites the old one is listed for review."""
    guideline = _guideline(request, pk)
    back = reverse("guideline", args=[pk])

    def act(data: dict[str, Any]) -> str:
        newer = get_object_or_404(Guideline.objects.current(), pk=data["newer"])
        reviews = supersede_guideline(guideline, newer, reason=data["reason"], by=request.actor)
        said = ngettext(
            "%(n)d citation is to be reviewed.", "%(n)d citations are to be reviewed.", len(reviews)
        )
        messages.success(request, said % {"n": len(reviews)})
        return back

    question = Question(
        _("A newer guideline"),
        guideline.title,
        back,
        _("Supersede it"),
        _("Everything that cites it is listed for review; nothing is changed by itself."),
        objection_to_citing(guideline),
    )
    return ask(request, NewerForm(given(request), guideline=guideline), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def review(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say whether what cites a superseded guideline is still right."""
    found = get_object_or_404(
        CitationReview.objects.visible_to(request.access).select_related("guideline"), pk=pk
    )
    back = reverse("guideline", args=[found.guideline_id])

    def act(data: dict[str, Any]) -> str:
        changed = data["finding"] == "changed"
        review_citation(found, changed=changed, reason=data["reason"], by=request.actor)
        return back

    question = Question(
        found.subject_name,
        found.guideline.title,
        back,
        _("Record the review"),
        _("It cites %(guideline)s, which is superseded.") % {"guideline": found.guideline},
        objection_to_review(found),
    )
    return ask(request, ReviewForm(given(request)), question, act)


def subject_href(kind: str, pk: uuid.UUID) -> str:
    """The page of what cites a guideline; nothing where its kind has none."""
    page = SUBJECT_PAGES.get(kind)
    return reverse(page, args=[pk]) if page else ""


def _facts(data: dict[str, Any]) -> GuidelineFacts:
    return GuidelineFacts(data["body"], data["title"], data["year"], data["address"])


def _guideline(request: UserRequest, pk: uuid.UUID) -> Guideline:
    rows = Guideline.objects.visible_to(request.access).select_related("superseded_by")
    return get_object_or_404(rows, pk=pk)
