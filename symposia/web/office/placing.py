"""What somebody is called here, and to whom they report."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.actions import place_member
from symposia.accounts.memberships import member_of_id, members
from symposia.accounts.models import Membership
from symposia.accounts.permissions import Permission
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest


class PlaceForm(forms.Form):
    """A position and a manager."""

    title = forms.CharField(label=gettext_lazy("Position"), max_length=120, required=False)
    manager = forms.TypedChoiceField(
        label=gettext_lazy("Reports to"), required=False, coerce=uuid.UUID, empty_value=None
    )

    def __init__(self, membership: Membership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [each.membership for each in members() if each.membership.pk != membership.pk]
        choices = [("", _("nobody")), *((str(each.pk), str(each.user)) for each in others)]
        self.fields["manager"].choices = choices  # type: ignore[attr-defined]  # it has them


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCESS)
def place(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what somebody is called here and to whom they report."""
    rows = Membership.objects.visible_to(request.access).standing().with_user()
    found, back = get_object_or_404(rows, pk=pk), reverse("access")

    def act(said: dict[str, Any]) -> str:
        above = member_of_id(said["manager"]) if said["manager"] else None
        place_member(found, title=said["title"], manager=above, by=request.actor)
        messages.success(request, _("Saved."))
        return back

    first = {"title": found.title, "manager": str(found.manager_id or "")}
    form = PlaceForm(found, given(request), initial=first)
    title = _("Position and manager of %(person)s") % {"person": found.user}
    question = Question(title, _("Access"), back, _("Save"))
    return ask(request, form, question, act)
