"""How far a role reaches: the whole organisation, a territory, or one activity; asked and shown."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts import memberships
from symposia.accounts.actions import add_member
from symposia.accounts.memberships import Member
from symposia.accounts.models import Membership, ScopeKind
from symposia.accounts.permissions import Access, Permission
from symposia.accounts.policies import TWO_REACHES
from symposia.accounts.queries import change_waiting_for
from symposia.activities.models import Activity
from symposia.activities.scopes import names_of_scopes
from symposia.directory.models import Territory
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.terms import TermsForm, role_choices
from symposia.web.requests import UserRequest

_GIVEN = gettext_lazy("The role is given.")
_WAITS = gettext_lazy("This waits until another administrator agrees.")


class ReachForm(TermsForm):
    """How far a role reaches, and until when it is held."""

    territory = forms.ChoiceField(label=gettext_lazy("Only in the territory"), required=False)
    activity = forms.CharField(
        label=gettext_lazy("Only for one activity"),
        help_text=gettext_lazy("Its number. Empty: for all of them, as far as the role goes."),
        max_length=20,
        required=False,
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._access = access
        places = Territory.objects.visible_to(access, Permission.MANAGE_ACCESS)
        known = [(str(pk), name) for pk, name in places.for_choice()]
        choices = [("", _("The whole organisation")), *known]
        self.fields["territory"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        number = said.get("activity", "").strip()
        if number and said.get("territory"):
            self.add_error("activity", str(TWO_REACHES))
        elif number:
            found = Activity.objects.visible_to(self._access).filter(number__iexact=number).first()
            said["activity"] = found
            if found is None:
                self.add_error("activity", _("No activity has the number %s.") % number)
        return said

    def scope(self) -> dict[str, Any]:
        """As the role is given; nothing for one of the whole organisation."""
        territory, activity = self.cleaned_data["territory"], self.cleaned_data["activity"]
        if activity:
            return {"scope_kind": ScopeKind.ACTIVITY, "scope_id": activity.pk}
        if territory:
            return {"scope_kind": ScopeKind.TERRITORY, "scope_id": uuid.UUID(territory)}
        return {}


class RoleForm(ReachForm):
    """A role, how far it reaches, and until when."""

    field_order: tuple[str, ...] = ("role", "territory", "activity", "until")

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=role_choices)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCESS)
def give(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a member a role, for the whole organisation or a part, or another end to one."""
    rows = Membership.objects.visible_to(request.access).standing().with_user()
    membership, back = get_object_or_404(rows, pk=pk), reverse("access")
    first = {"activity": request.GET.get("activity", "")}
    form = RoleForm(given(request), initial=first, access=request.access)

    def act(said: dict[str, Any]) -> str:
        role = memberships.role_of_id(uuid.UUID(said["role"]))
        if role is None:
            raise LookupError(said["role"])
        until = form.valid_until(request)
        made = add_member(
            membership.user, role, valid_until=until, by=request.actor, **form.scope()
        )
        waits = made.waits_since or change_waiting_for(made)
        messages.success(request, _WAITS if waits else _GIVEN)
        return back

    note = _("Whoever holds a role for one activity sees that one and no other.")
    title = _("A role for %(person)s") % {"person": membership.user}
    question = Question(title, _("Access"), back, _("Give the role"), note)
    return ask(request, form, question, act)


def names_of_reaches(members: Iterable[Member]) -> dict[str, str]:
    """To what roles of these members are limited, by name."""
    return names_of_scopes([g.scope_id for one in members for g in one.grants if g.scope_id])
