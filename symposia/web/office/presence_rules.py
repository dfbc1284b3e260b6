"""How a missing check-out counts, and how long a session code may be claimed: decided by type, from
a day on, with a reason."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.models import Type
from symposia.attendance.actions.rules import RuleFacts, set_presence_rule
from symposia.attendance.models import CheckShort, NoLeave
from symposia.attendance.rules import shipped_claim_days, shipped_rule, shipped_threshold
from symposia.attendance.self_check_in import LONGEST_CLAIM
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.requests import UserRequest


class RuleForm(forms.Form):
    """A type, a way to count, a first day, a reason."""

    type = forms.ChoiceField(label=gettext_lazy("Type of activity"), choices=Type.choices)
    no_leave = forms.ChoiceField(
        label=gettext_lazy("Without a check-out it counts"), choices=NoLeave.choices
    )
    claim_days = forms.IntegerField(
        label=gettext_lazy("Days to claim a session code"),
        help_text=gettext_lazy("After the session. Empty: as decided before, or as shipped."),
        min_value=0,
        max_value=LONGEST_CLAIM,
        required=False,
    )
    checks_percent = forms.IntegerField(
        label=gettext_lazy("Presence checks answered at least, %"),
        help_text=gettext_lazy("Of those asked in a session online. Empty: as shipped."),
        min_value=0,
        max_value=100,
        required=False,
    )
    checks_short = forms.ChoiceField(
        label=gettext_lazy("Where fewer are answered"),
        choices=[("", gettext_lazy("As shipped")), *CheckShort.choices],
        required=False,
    )
    valid_from = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


def listed(request: UserRequest) -> dict[str, Any]:
    """Around the list: what the product suggests for each type."""
    ways = dict(NoLeave.choices)
    return {
        "shipped": [
            (label, ways[shipped_rule(code)], shipped_claim_days(code), shipped_threshold(code))
            for code, label in Type.choices
        ],
        "may_decide": request.access.everywhere(Permission.MANAGE_RULES),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_RULES, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Decide how a missing check-out counts, and how long codes are claimed."""
    form = RuleForm(given(request))

    def act(data: dict[str, Any]) -> str:
        set_presence_rule(RuleFacts(**data), by=request.actor)
        return reverse("presence_rules")

    question = Question(
        title=_("Decide for a type"),
        parent=_("Presence rules"),
        back=reverse("presence_rules"),
        submit=_("Decide"),
    )
    return ask(request, form, question, act)
