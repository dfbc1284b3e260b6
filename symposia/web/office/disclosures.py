"""People in control of content, and what each disclosed once for every activity."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.actions.disclosures import give_disclosure
from symposia.activities.actions.team import change_contributor_address, enter_own_contributor
from symposia.activities.control import (
    contributor_of_user,
    disclosures_of,
    relationships_of,
    said_of,
)
from symposia.activities.models import Contributor, GivenBy, Relationship
from symposia.activities.standards.reading import period_on
from symposia.audit.queries import entries_about
from symposia.shared.refusals import Refused
from symposia.web.disclosure_form import DisclosureForm
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

FORM = "office/disclosures/form.html"


class AddressForm(forms.Form):
    """Where somebody is written to."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


def listed(request: UserRequest, **_kwargs: Any) -> dict[str, Any]:
    """What stands above the list: one's own disclosure."""
    return {"may_plan": request.access.holds(Permission.PLAN_ACTIVITIES)}


@require_GET
@requires(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Every disclosure of a person, the latest first."""
    person = _contributor(request, pk)
    found = disclosures_of(person)
    context = {
        "person": person,
        "said": said_of(found),
        "counts": bool(found) and found[0].counts_on(local_day()),
        "may_plan": request.access.holds(Permission.PLAN_ACTIVITIES),
        "entries": history_of(entries_about(person.pk)[:50]),
    }
    return render(request, "office/disclosures/detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def address(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Where invitations to teach and requests to disclose are sent."""
    person = _contributor(request, pk)
    back = reverse("contributor", args=[pk])

    def act(said: dict[str, Any]) -> str:
        change_contributor_address(person, said["email"], by=request.actor)
        return back

    question = Question(_("E-mail address"), person.name, back, _("Save"))
    form = AddressForm(given(request), initial={"email": person.email})
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def spoken(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what somebody said aloud, after the definition was explained to them."""
    person = _contributor(request, pk)
    return _written_down(request, person, reverse("contributor", args=[pk]), person.name)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def spoken_in(request: UserRequest, pk: uuid.UUID, person_pk: uuid.UUID) -> HttpResponse:
    """The same, on the way through the people of an activity, and back to them."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    person = _contributor(request, person_pk)
    back = reverse("activity_disclosures", args=[pk])
    return _written_down(request, person, back, str(activity))


def _written_down(
    request: UserRequest, person: Contributor, back: str, parent: str
) -> HttpResponse:
    note = _("You explained the definition and the months to %(name)s, who said this aloud.")
    frame = {"back": back, "parent": parent, "note": note % {"name": person.name}}
    return _asked(request, person, GivenBy.SPOKEN, frame)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def own(request: UserRequest) -> HttpResponse:
    """One's own disclosure: whoever plans, or decides of others, gives it first."""
    person = contributor_of_user(request.user.pk)
    frame = {"back": reverse("today"), "parent": _("Today"), "note": ""}
    return _asked(request, person, GivenBy.SELF, frame)


def _asked(
    request: UserRequest, person: Contributor | None, given_by: GivenBy, frame: dict[str, str]
) -> HttpResponse:
    form = DisclosureForm(given(request), last=_last(person), period=period_on(local_day()))
    if form.is_bound and form.is_valid():
        try:
            who = person or enter_own_contributor(request.user, by=request.actor)
            give_disclosure(who, form.facts(given_by), by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(frame["back"])
    context = {"form": form, **frame}
    return render(request, FORM, context, status=422 if form.errors else 200)


def _last(person: Contributor | None) -> list[Relationship]:
    found = disclosures_of(person) if person else []
    return relationships_of(found[0]) if found else []


def _contributor(request: UserRequest, pk: uuid.UUID) -> Contributor:
    return get_object_or_404(Contributor.objects.visible_to(request.access), pk=pk)
