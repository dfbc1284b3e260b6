"""Somebody leaves: the membership ends, with a reason, and somebody else goes on with the work."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.actions import end_membership
from symposia.accounts.memberships import members
from symposia.accounts.models import Membership
from symposia.accounts.open_work import Left, open_work_of
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import change_of_member
from symposia.shared.columns import Words
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest

PAGE = "office/access/leaving.html"


class LeavingForm(forms.Form):
    """Why somebody does not work here any more, and who goes on."""

    reason = forms.CharField(
        label=gettext_lazy("Why the person leaves"),
        help_text=gettext_lazy("It stays in the journal."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    successor = forms.TypedChoiceField(
        label=gettext_lazy("Who goes on with the open work"),
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
        help_text=gettext_lazy("Nobody: it stays in the name of who leaves until it is given on."),
    )

    def __init__(self, leaver: Membership, *args: Any) -> None:
        super().__init__(*args)
        others = [each.membership for each in members() if each.membership.pk != leaver.pk]
        field = self.fields["successor"]
        field.choices = [  # type: ignore[attr-defined]  # a choice field has them
            ("", _("Nobody yet")),
            *((str(each.user_id), str(each.user)) for each in others),
        ]


@dataclass(frozen=True)
class Shown:
    """Open work of one kind on the page: what may be named with its address, how much is not."""

    label: Words
    named: list[tuple[str, str]]
    unnamed: int
    handed_over: bool


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCESS)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """End a membership: asked for its reason first, with what the person still had to do."""
    rows = Membership.objects.visible_to(request.access).standing().with_user()
    found, back = get_object_or_404(rows, pk=pk), reverse("access")

    def act(said: dict[str, Any]) -> str:
        ended = end_membership(found, by=request.actor, **said)
        waits = change_of_member(ended) is not None
        messages.success(request, _WAITS if waits else _("The membership has ended."))
        return back

    note = _(
        "All roles, keys to the API and open offers end at once, in this organisation alone. What"
        " the person did stays. Whoever is added again starts without the old roles. Of somebody"
        " who manages access, another administrator or the person agrees first."
    )
    title = _("%(person)s leaves") % {"person": found.user}
    left = [_shown(each) for each in open_work_of(found.user_id, request.access)]
    question = Question(
        title, _("Access"), back, _("End the membership"), note, template=PAGE, more={"left": left}
    )
    form = LeavingForm(found, given(request))
    return ask(request, form, question, act)


_WAITS = gettext_lazy(
    "Nothing has changed yet. The membership ends once another administrator, or the person,"
    " agrees."
)


def _shown(left: Left) -> Shown:
    work = left.work
    named = [(title, reverse(work.page, args=[key][: work.has_page])) for key, title in left.named]
    return Shown(work.label, named, left.count - len(named), work.handed_over)
