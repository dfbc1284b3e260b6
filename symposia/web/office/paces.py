"""How fast messages leave to the mail servers of one domain."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.notifications.actions.pace import lift_domain_pace, set_domain_pace
from symposia.notifications.lists import DOMAIN_PACES
from symposia.notifications.models import DomainPace
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest


class PaceForm(forms.Form):
    """Which domain, and how many messages a minute."""

    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        help_text=gettext_lazy("What stands behind the @ of the recipients, as example.org."),
        max_length=253,
    )
    per_minute = forms.IntegerField(
        label=gettext_lazy("Messages a minute at most"), min_value=1, max_value=100_000
    )


def listed(request: UserRequest) -> dict[str, Any]:
    """Around the list: whether one may change it."""
    return {"may_manage": request.access.holds(Permission.MANAGE_MESSAGES)}


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_MESSAGES)
def new(request: UserRequest) -> HttpResponse:
    """A pace for one more domain."""
    return _ask(request, None)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_MESSAGES)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Another pace."""
    return _ask(request, _pace(request, pk))


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def lift(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """As they come again."""
    pace = _pace(request, pk)
    done = _("Messages to %(domain)s leave as they come.") % {"domain": pace.domain}
    back = reverse(DOMAIN_PACES.name)
    return do(request, lambda: lift_domain_pace(pace, by=request.actor), back, done)


def _ask(request: UserRequest, pace: DomainPace | None) -> HttpResponse:
    first = {"domain": pace.domain, "per_minute": pace.per_minute} if pace else {}
    back = reverse(DOMAIN_PACES.name)

    def act(said: dict[str, Any]) -> str:
        set_domain_pace(**said, by=request.actor)
        return back

    note = _("Large mail services refuse, or file as unwanted, what comes too fast.")
    question = Question(
        *(_("Pace of a domain"), DOMAIN_PACES.title, back, _("Save"), note),
        template="office/outbox/pace.html",
        more={"pace": pace},
    )
    return ask(request, PaceForm(given(request), initial=first), question, act)


def _pace(request: UserRequest, pk: uuid.UUID) -> DomainPace:
    return get_object_or_404(DomainPace.objects.visible_to(request.access), pk=pk)
