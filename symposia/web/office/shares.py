"""Places of an activity that are counted apart: what is full, for whom some are kept."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, DeliveryForm
from symposia.directory.models import Profession
from symposia.registrations.actions.shares import ShareFacts, change_share, set_places_apart
from symposia.registrations.lists import PEOPLE, SHARES
from symposia.registrations.models import Attending, Share, ShareKind
from symposia.registrations.share_rules import objection_to_share, objection_to_unnamed
from symposia.registrations.spots import counts_now, promoted_by
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_MANAGE = Permission.MANAGE_REGISTRATIONS
MOST = 100_000


class CapacityForm(forms.Form):
    """How many places."""

    capacity = forms.IntegerField(label=gettext_lazy("Places"), min_value=0, max_value=MOST)


class ShareForm(CapacityForm):
    """Whom places are kept for, or which form of attendance has a limit of its own."""

    whom = forms.ChoiceField(label=gettext_lazy("For whom"))
    name = forms.CharField(
        label=gettext_lazy("Name of the group"),
        help_text=gettext_lazy("For a group by name alone: guests of a representative, residents."),
        max_length=120,
        required=False,
    )
    field_order = ["whom", "name", "capacity"]

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_form = Attending.choices if activity.delivery == DeliveryForm.HYBRID else []
        self.fields["whom"].choices = [  # type: ignore[attr-defined]
            ("", _("A group by name")),
            (_("Everybody of a profession"), Profession.choices),
            *([(_("Whoever comes"), of_form)] if of_form else []),
        ]
        self.fields["whom"].required = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if objection := objection_to_unnamed(said.get("name", ""), said.get("whom", ""), ""):
            self.add_error("name", str(objection))
        return said

    def facts(self) -> ShareFacts:
        """The group or the form of attendance that was chosen."""
        whom, name = self.cleaned_data["whom"], self.cleaned_data["name"]
        if whom in Attending.values:
            return ShareFacts(form=whom)
        if whom:
            return ShareFacts(name=name or str(Profession(whom).label), profession=whom)
        return ShareFacts(name=name)


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: all places, and whom another number of them would move."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    form = CapacityForm(request.GET if "capacity" in request.GET else None)
    tried = form.cleaned_data["capacity"] if form.is_bound and form.is_valid() else None
    return {
        **frame_of(request, activity, PEOPLE.name),
        "places": counts_now(activity).places,
        "may_manage": request.access.holds(_MANAGE),
        "try_form": form,
        "tried": tried,
        "promoted": [] if tried is None else promoted_by(activity, tried),
    }


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep places for a group, or limit one form of attendance."""
    activity = activity_or_404(request, pk, _MANAGE)
    back = reverse(SHARES.name, args=[pk])
    form = ShareForm(given(request), activity=activity)

    def act(said: dict[str, Any]) -> str:
        set_places_apart(activity, form.facts(), said["capacity"], by=request.actor)
        messages.success(request, _("These places are counted apart from now on."))
        return back

    note = _(
        "Places of a group are taken out of those that are free, and go to nobody else until you"
        " give them back. Whoever waits and belongs to the group gets one at once."
    )
    kinds = [ShareKind.GROUP, ShareKind.FORM]
    objections = [objection_to_share(activity, kind, at=now()) for kind in kinds]
    objection = objections[0] if all(objections) else None
    title = _("Count places apart")
    return ask(
        request, form, Question(title, str(activity), back, _("Count apart"), note, objection), act
    )


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def change(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep more, or give places back to everybody."""
    rows = Share.objects.visible_to(request.access, _MANAGE).select_related("activity")
    share = get_object_or_404(rows, pk=pk)
    shown(request, share.activity, _MANAGE)
    back = reverse(SHARES.name, args=[share.activity_id])

    def act(said: dict[str, Any]) -> str:
        change_share(share, said["capacity"], by=request.actor)
        messages.success(request, _("The number of places is changed."))
        return back

    note = _("%(taken)s are taken. What a group gives back goes to whoever waits, in order.") % {
        "taken": share.taken
    }
    objection = objection_to_share(share.activity, share.kind, at=now())
    question = Question(str(share), str(share.activity), back, _("Change it"), note, objection)
    data = given(request) or None
    form = CapacityForm(data, initial={"capacity": share.capacity})
    return ask(request, form, question, act)
