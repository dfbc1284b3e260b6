"""Support: begin to look as another person, stop, and who looked at what."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.actions import SupportFacts, start_support, stop_support
from symposia.accounts.memberships import member_of_id
from symposia.accounts.models import SupportView
from symposia.accounts.permissions import Permission
from symposia.web.factors import factor_page, fresh_factor
from symposia.web.gates import requires, signed_in
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest
from symposia.web.support import KEY

MINUTES = [
    ("15", gettext_lazy("15 minutes")),
    ("30", gettext_lazy("30 minutes")),
    ("60", gettext_lazy("60 minutes")),
]


class SupportForm(forms.Form):
    """Why somebody looks as another person, and for how long."""

    reason = forms.CharField(
        label=gettext_lazy("Why you look"),
        help_text=gettext_lazy("The person is told by e-mail; it stays in the journal."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    minutes = forms.ChoiceField(label=gettext_lazy("For at most"), choices=MINUTES)


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_AS)
def begin(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for reason, time and second factor, then show the product as the person sees it."""
    here = reverse("support_begin", args=[pk])
    found = member_of_id(pk)
    if found is None:
        return redirect("access")
    factor = fresh_factor(request)
    if not factor:
        messages.info(request, _("Looking as another person asks for your second factor first."))
        return redirect(factor_page(request, here))

    def act(said: dict[str, Any]) -> str:
        facts = SupportFacts(said["reason"], int(said["minutes"]))
        view = start_support(request.user, found, facts, factor=factor, by=request.actor)
        request.session[KEY] = str(view.pk)
        return "/"

    note = _(
        "You see what the person sees and can change nothing: no decision, no message, no file."
        " Each page you open stands in the journal. It ends by itself."
    )
    title = _("Look as %(person)s") % {"person": found.user}
    question = Question(title, _("Access"), reverse("access"), _("Begin to look"), note)
    return ask(request, SupportForm(given(request)), question, act)


@require_POST
@signed_in
def end(request: UserRequest) -> HttpResponse:
    """Look as oneself again."""
    pk = request.session.pop(KEY, "")
    if pk and request.access:
        rows = SupportView.objects.of_viewer(request.user)
        stop_support(get_object_or_404(rows, pk=pk), by=request.actor)
        messages.success(request, _("You see your own screens again."))
    return redirect("/")
