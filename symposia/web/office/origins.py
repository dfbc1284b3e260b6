"""Activities made from activities: a clone with a choice, a recording, what was taken over."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.actions.cloning import CloneFacts, clone_activity
from symposia.activities.actions.enduring import (
    RecordingFacts,
    offer_recording,
    review_enduring,
    set_term,
)
from symposia.activities.actions.refreshing import look_at_together
from symposia.activities.lasting import (
    Term,
    objection_to_enduring_type,
    objection_to_recording,
    objection_to_reviewing,
)
from symposia.activities.models import Activity, Refresh, Type
from symposia.activities.origins import kinship_shown, taken_over_by, term_of
from symposia.activities.policies import objection_to_changing
from symposia.activities.standards.enduring import review_period_on
from symposia.activities.taking_over import parts_for
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.series import asked_to_look
from symposia.web.office.series_forms import LookTogetherForm
from symposia.web.requests import UserRequest

PLAN = Permission.PLAN_ACTIVITIES
TAKEN_OVER = "office/activities/taken_over.html"
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class CloneForm(forms.Form):
    """What is new about a copy, and what it takes over."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    day = forms.DateField(label=gettext_lazy("Date"), widget=_DAY)
    starts = forms.TimeField(label=gettext_lazy("Start"), widget=_CLOCK)
    take = forms.MultipleChoiceField(
        label=gettext_lazy("Take over"),
        help_text=gettext_lazy("Each thing taken over is looked at before the copy is submitted."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(part.name, part.label) for part in parts_for(access)]
        self.fields["take"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> CloneFacts:
        said = self.cleaned_data
        return CloneFacts(said["title"], datetime.combine(said["day"], said["starts"]))


class TermForm(forms.Form):
    """From when to when it is offered, and by when it is reviewed."""

    released_on = forms.DateField(label=gettext_lazy("Release"), widget=_DAY)
    review_on = forms.DateField(label=gettext_lazy("Review by"), widget=_DAY)
    ends_on = forms.DateField(label=gettext_lazy("Termination"), widget=_DAY)

    def term(self) -> Term:
        return Term(*(self.cleaned_data[n] for n in ("released_on", "review_on", "ends_on")))


class RecordingForm(TermForm):
    """What is offered of a recording."""

    field_order = ["title", "type", "online_address"]

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    type = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[(t.value, t.label) for t in (Type.INTERNET_ENDURING, Type.PRINT_ENDURING)],
    )
    online_address = forms.URLField(
        label=gettext_lazy("Address of the recording"), max_length=500, assume_scheme="https"
    )

    def facts(self) -> RecordingFacts:
        said = self.cleaned_data
        return RecordingFacts(said["title"], said["type"], said["online_address"], self.term())


class ReviewForm(forms.Form):
    """What a review of enduring material found."""

    outcome = forms.CharField(label=gettext_lazy("What the review found"), max_length=300)
    review_on = forms.DateField(label=gettext_lazy("Next review by"), widget=_DAY)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def clone(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Plan another one like it."""
    source = activity_or_404(request, pk, PLAN)
    first = {
        "title": source.title,
        "starts": source.wall_starts.time(),
        "take": [part.name for part in parts_for(request.access) if part.name != "documents"],
    }
    form = CloneForm(given(request), initial=first, access=request.access)

    def act(data: dict[str, Any]) -> str:
        made = clone_activity(
            source, form.facts(), take=data["take"], owner=request.user, by=request.actor
        )
        return reverse("activity_taken_over", args=[made.pk])

    question = Question(
        _("Plan another one like it"),
        str(source),
        reverse("activity", args=[pk]),
        _("Make the copy"),
        _("Dates and years that have passed are marked in the copy, for you to look at."),
    )
    return ask(request, form, question, act)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def taken_over(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What an activity took over, where from, and what somebody still looks at."""
    activity = activity_or_404(request, pk)
    return _taken_over(request, activity)


def _taken_over(
    request: UserRequest, activity: Activity, form: LookTogetherForm | None = None
) -> HttpResponse:
    taken = taken_over_by(activity)
    waiting = [each for each in taken if not each.looked_at]
    context = frame_of(request, activity, "activity") | {
        "kinship": kinship_shown(activity, request.access),
        "taken": taken,
        "form": form or LookTogetherForm(waiting=waiting),
        "is_waiting": bool(waiting),
    }
    return render(request, TAKEN_OVER, context, status=422 if form else 200)


@require_POST
@requires(PLAN)
def look_together(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say of several things taken over that they were looked at, once for all of them."""
    activity = activity_or_404(request, pk, PLAN)
    waiting = [each for each in taken_over_by(activity) if not each.looked_at]
    form = LookTogetherForm(request.POST, waiting=waiting)
    if not form.is_valid():
        return _taken_over(request, activity, form)
    seen = [each for each in waiting if str(each.pk) in form.cleaned_data["seen"]]
    back = reverse("activity_taken_over", args=[pk])
    note = form.cleaned_data["note"]
    return do(request, lambda: look_at_together(seen, note=note, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def look(request: UserRequest, pk: uuid.UUID, refresh_pk: uuid.UUID) -> HttpResponse:
    """Say that something taken over was looked at."""
    activity = activity_or_404(request, pk, PLAN)
    found = get_object_or_404(Refresh, activity=activity, pk=refresh_pk)
    back = reverse("activity_taken_over", args=[pk])
    return asked_to_look(request, found, str(activity), back)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def recording(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Offer the recording of what took place as enduring material."""
    source = activity_or_404(request, pk, PLAN)
    today = local_day()
    first = {
        "title": source.title,
        "released_on": today + timedelta(days=14),
        "review_on": today + timedelta(days=14 + 365),
        "ends_on": today + timedelta(days=14 + 730),
    }
    form = RecordingForm(given(request), initial=first)

    def act(_data: dict[str, Any]) -> str:
        made = offer_recording(source, form.facts(), owner=request.user, by=request.actor)
        return reverse("activity_taken_over", args=[made.pk])

    question = Question(
        _("Offer the recording"),
        str(source),
        reverse("activity", args=[pk]),
        _("Plan it as enduring material"),
        _("A recording is an activity of its own, with its own approval and test. %(source)s")
        % {"source": review_period_on(today).citation},
        objection_to_recording(source),
    )
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def term(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """From when to when it is offered; once that is settled, its reviews."""
    activity = activity_or_404(request, pk, PLAN)
    found, back = term_of(activity), reverse("activity", args=[pk])
    if found and not activity.in_planning:
        review = ReviewForm(given(request))

        def act(data: dict[str, Any]) -> str:
            review_enduring(found, **data, by=request.actor)
            return back

        question = Question(
            _("Review of the material"),
            str(activity),
            back,
            _("Keep the review"),
            _("Release %(term)s. Review by %(review)s.")
            % {"term": found, "review": found.review_on},
            objection_to_reviewing(found, outcome="-"),
        )
        return ask(request, review, question, act)
    names = ("released_on", "review_on", "ends_on")
    first = {name: getattr(found, name) for name in names} if found else {}
    form = TermForm(given(request), initial=first)

    def settle(_data: dict[str, Any]) -> str:
        set_term(activity, form.term(), by=request.actor)
        return back

    objection = objection_to_changing(activity) or objection_to_enduring_type(activity.type)
    question = Question(
        _("Release, review and termination"),
        str(activity),
        back,
        _("Save"),
        review_period_on(local_day()).citation,
        objection,
    )
    return ask(request, form, question, settle)
