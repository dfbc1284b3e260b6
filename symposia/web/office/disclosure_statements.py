"""What a whole activity says of disclosures: that none are needed, and what learners are told."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.disclosures import tell_learners_again
from symposia.activities.actions.exemptions import end_exemption, exempt_from_disclosure
from symposia.activities.control import exemption_of
from symposia.activities.disclosing import objection_to_exempting
from symposia.activities.models import Activity
from symposia.activities.standards.reading import citation_of, titles
from symposia.activities.telling import exemption_called
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest

_LINES = {"rows": 3}


class ExemptionForm(forms.Form):
    """Which of the standard's own exemptions applies, and why."""

    code = forms.ChoiceField(label=gettext_lazy("Exemption"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why it applies"),
        widget=forms.Textarea(attrs=_LINES),
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = titles("exemptions", on=localdate())  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why an exemption does not apply after all."""

    reason = forms.CharField(
        label=gettext_lazy("Why it does not apply"),
        help_text=gettext_lazy("Everybody in control of the content discloses again."),
        widget=forms.Textarea(attrs=_LINES),
        max_length=2000,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def exempt(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """State that the standard itself asks for no disclosures here."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)

    def act(data: dict[str, Any]) -> str:
        exempt_from_disclosure(activity, by=request.actor, **data)
        return _page(activity)

    objection = objection_to_exempting(activity, has_one=exemption_of(activity) is not None)
    question = Question(
        _("No disclosures are needed"),
        str(activity),
        _page(activity),
        _("Save"),
        citation_of("exemptions"),
        objection,
    )
    return ask(request, ExemptionForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back that no disclosures are needed."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    exemption = exemption_of(activity)

    def act(data: dict[str, Any]) -> str:
        end_exemption(activity, by=request.actor, **data)
        return _page(activity)

    called = exemption_called(exemption) if exemption else ""
    question = Question(
        _("Disclosures are needed after all"),
        str(activity),
        _page(activity),
        _("Take the exemption back"),
        called,
    )
    return ask(request, EndForm(given(request)), question, act)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def tell(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Replace what learners are told."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    return do(request, lambda: tell_learners_again(activity, by=request.actor), _page(activity))


def _page(activity: Activity) -> str:
    return reverse("activity_disclosures", args=[activity.pk])
