"""The domain that mail leaves from: what to publish, what stands there, what is the matter."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.notifications.actions.domains import (
    ask_for_check,
    give_up_sender_domain,
    set_sender_domain,
)
from symposia.notifications.domain_rules import WHAT_FOR
from symposia.notifications.models import DomainState, SenderDomain
from symposia.notifications.sender import RecordFound, installation_sender, records_of
from symposia.shared.lists import Words
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest

TITLE = gettext_lazy("Sender of mail")
TONES: dict[str, str] = {
    DomainState.NEW: "info",
    DomainState.HOLDS: "ok",
    DomainState.FAILING: "stop",
}


@dataclass(frozen=True)
class RecordPart:
    """One record as the page shows it."""

    record: RecordFound
    what_for: Words
    state: str
    tone: str


class SenderDomainForm(forms.Form):
    """The domain, and the address at it."""

    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        help_text=gettext_lazy("One of yours, as events.example.org. You publish records in it."),
        max_length=253,
    )
    from_address = forms.CharField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy(
            "Mail comes from it, at the domain itself. What servers send back comes there too."
        ),
        max_length=254,
        widget=forms.EmailInput,
    )


@require_GET
@requires(Permission.MANAGE_MESSAGES)
def show(request: UserRequest) -> HttpResponse:
    """Where mail comes from, and the records of the domain."""
    own = _domain_of(request)
    context = {
        "title": TITLE,
        "own": own,
        "tone": TONES[own.state] if own else "",
        "records": record_parts(own) if own else [],
        "installation": installation_sender().address,
        "is_being_checked": own is not None and own.is_being_checked(now()),
    }
    return render(request, "office/outbox/sender.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_MESSAGES)
def edit(request: UserRequest) -> HttpResponse:
    """Name the domain, or another one."""
    own, back = _domain_of(request), reverse("sender_domain")
    first = {"domain": own.domain, "from_address": own.from_address} if own else {}

    def act(said: dict[str, Any]) -> str:
        set_sender_domain(**said, by=request.actor)
        return back

    note = _(
        "A new pair of keys is made for it. Mail leaves from there once its records hold; until"
        " then from %(address)s."
    ) % {"address": installation_sender().address}
    question = Question(_("Domain of the sender"), TITLE, back, _("Save"), note)
    return ask(request, SenderDomainForm(given(request), initial=first), question, act)


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def check(request: UserRequest) -> HttpResponse:
    """Ask the name servers now."""
    own = _or_404(request)
    return do(request, lambda: ask_for_check(own, by=request.actor), reverse("sender_domain"))


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def give_up(request: UserRequest) -> HttpResponse:
    """Send from the installation's address again."""
    own, address = _or_404(request), installation_sender().address
    done = _("Mail leaves from %(address)s.") % {"address": address}
    back = reverse("sender_domain")
    return do(request, lambda: give_up_sender_domain(own, by=request.actor), back, done)


def record_parts(own: SenderDomain) -> list[RecordPart]:
    """Record by record, for the page."""
    return [_part(each) for each in records_of(own)]


def _part(record: RecordFound) -> RecordPart:
    label, tone = _("Not checked yet"), ""
    if record.problem:
        label, tone = _("Not as it has to be"), "stop"
    elif record.is_checked:
        label, tone = _("Holds"), "ok"
    what_for = WHAT_FOR[record.published.kind]
    return RecordPart(record, what_for, label, tone)


def _domain_of(request: UserRequest) -> SenderDomain | None:
    return SenderDomain.objects.visible_to(request.access).first()


def _or_404(request: UserRequest) -> SenderDomain:
    own = _domain_of(request)
    if own is None:
        raise Http404
    return own
