"""The keys that sign tickets: their public halves, and a change to a new one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.registrations.actions.keys import change_ticket_key
from symposia.registrations.lists import TICKET_KEYS
from symposia.registrations.models import TicketKey
from symposia.registrations.tickets import public_key
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest


class KeyForm(forms.Form):
    """Why tickets are signed anew."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("Kept in the journal.")
    )


def listed(request: UserRequest) -> dict[str, Any]:
    """Around the list: the key that signs now, for devices that check without a network."""
    number = TicketKey.objects.current_number()
    return {"number": number, "key": public_key(request.organisation.code, number)}


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATION)
def change(request: UserRequest) -> HttpResponse:
    """Sign tickets with a new key from now on."""
    back = reverse(TICKET_KEYS.name)

    def act(said: dict[str, Any]) -> str:
        change_ticket_key(request.organisation, reason=said["reason"], by=request.actor)
        messages.success(request, _("Tickets are signed with a new key from now on."))
        return back

    note = _("Tickets that were given out stay valid; pages of tickets show the new code at once.")
    question = Question(
        _("Sign tickets with a new key"), _("Keys of tickets"), back, _("Change the key"), note
    )
    return ask(request, KeyForm(given(request)), question, act)
