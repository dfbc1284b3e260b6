"""People from outside who work for an activity: kept by name, or let in to it until a day."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.memberships import grants_reaching_only
from symposia.accounts.models import Grant
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.actions.externals import (
    ROLE,
    ExternalFacts,
    add_external,
    end_external,
    give_external_access,
)
from symposia.activities.models import Activity, Agency, ExternalMember
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.requests import UserRequest


class ExternalForm(forms.Form):
    """Who helps from outside."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    agency = forms.ChoiceField(
        label=gettext_lazy("Agency"),
        help_text=gettext_lazy("Who sends them. Agencies have a list of their own."),
        required=False,
    )
    task = forms.CharField(label=gettext_lazy("What they do"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, required=False)

    def __init__(self, *args: Any, agencies: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [("", _("Nobody: on their own")), *((each, each) for each in agencies)]
        self.fields["agency"].choices = known  # type: ignore[attr-defined]


class AccessForm(forms.Form):
    """Until when somebody may sign in."""

    until = forms.DateField(label=gettext_lazy("May sign in until"), widget=DAY)


class EndingForm(forms.Form):
    """Why somebody does not work for it any more."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


@require_GET
@requires(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everybody from outside, and who of them may sign in."""
    activity = activity_or_404(request, pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    today = local_day()
    people = ExternalMember.objects.of(activity)
    context = frame_of(request, activity, "activity_externals") | {
        "people": [(each, each.may_sign_in(today)) for each in people],
        "colleagues": _colleagues(activity),
        "gives_roles": request.access.everywhere(Permission.MANAGE_ACCESS),
    }
    return render(request, "office/activities/externals.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put somebody from outside on the team."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    back = reverse("activity_externals", args=[pk])

    def act(said: dict[str, Any]) -> str:
        add_external(activity, ExternalFacts(**said), by=request.actor)
        return back

    note = _("This keeps the name. Whether they may sign in is decided in the next step.")
    question = Question(_("Somebody from outside"), str(activity), back, _("Add"), note)
    agencies = [each.name for each in Agency.objects.active_on(local_day())]
    return ask(request, ExternalForm(given(request), agencies=agencies), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def let_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let them sign in to this activity alone, until a day."""
    external = _external(request, pk)
    back = reverse("activity_externals", args=[external.activity_id])

    def act(said: dict[str, Any]) -> str:
        give_external_access(external, said["until"], by=request.actor)
        messages.success(request, _("The offer is on its way by e-mail."))
        return back

    note = _(
        "They see this activity's agenda, logistics and released slides, hand in its bills and see"
        " those they handed in, and nothing else of the organisation: no other activity, no"
        " people's answers, no budget. It ends by itself after the day."
    )
    title = _("Let %(person)s sign in") % {"person": external.name}
    question = Question(title, str(external.activity), back, _("Send the offer"), note)
    return ask(request, AccessForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """They do not work for it any more."""
    external = _external(request, pk)
    back = reverse("activity_externals", args=[external.activity_id])

    def act(said: dict[str, Any]) -> str:
        end_external(external, reason=said["reason"], by=request.actor)
        return back

    title = _("%(person)s leaves the team") % {"person": external.name}
    question = Question(title, str(external.activity), back, _("Take off the team"))
    return ask(request, EndingForm(given(request)), question, act)


def _colleagues(activity: Activity) -> list[Grant]:
    """Whose role reaches this activity alone, besides people from outside."""
    return [each for each in grants_reaching_only(activity.pk, now()) if each.role.code != ROLE]


def _external(request: UserRequest, pk: uuid.UUID) -> ExternalMember:
    rows = ExternalMember.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    return get_object_or_404(rows.select_related("activity"), pk=pk)
