"""What is asked about a plan."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Organisation
from symposia.accounts.permissions import Access
from symposia.curriculum.actions.plans import PlanFacts
from symposia.curriculum.models import Plan
from symposia.shared.money import Money, exponent
from symposia.web.formats import money_amount
from symposia.web.office.money import AmountField

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlanForm(forms.Form):
    """A plan of a year, or of a part of one."""

    title = forms.CharField(label=_("Title"), max_length=200)
    parent = forms.ChoiceField(label=_("Part of"), required=False)
    therapy_area = forms.CharField(
        label=_("Therapy area or specialty"), max_length=120, required=False
    )
    product = forms.CharField(
        label=_("Product"),
        help_text=_("If it is about one; the rules look for restricted ones."),
        max_length=120,
        required=False,
    )
    starts_on = forms.DateField(label=_("From"), widget=_DAY)
    ends_on = forms.DateField(label=_("Until"), widget=_DAY)
    envelope = AmountField(label=_("Envelope"), min_value=0, max_digits=14, decimal_places=2)
    purpose = forms.CharField(
        label=_("What it is to achieve"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, access: Access, organisation: Organisation, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency = organisation.currency
        if not organisation.is_company:
            del self.fields["product"]
        self.annual = {str(p.pk): p for p in Plan.objects.visible_to(access).annual()}
        whole = ("", _("Nothing: it is an annual plan"))
        choices = [whole, *((pk, _with_envelope(plan)) for pk, plan in self.annual.items())]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]
        self.fields["envelope"].help_text = _("In %(currency)s.") % {"currency": currency}

    def facts(self) -> PlanFacts:
        given = {k: v for k, v in self.cleaned_data.items() if k != "seen_version"}
        given["envelope"] = Money(Decimal(given["envelope"]), self.currency)
        given["parent"] = self.annual.get(given["parent"])
        return PlanFacts(**given)


class PlanReasonForm(forms.Form):
    """Why a plan is reopened or ended."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class RuleForm(forms.Form):
    """What activities need of a plan."""

    needs_plan = forms.BooleanField(
        label=_("An activity needs an approved plan before it is submitted"), required=False
    )
    months_ahead = forms.IntegerField(
        label=_("Months ahead"),
        help_text=_("0: any time before. 1: approved before the month of the activity begins."),
        min_value=0,
        max_value=6,
    )
    reason = forms.CharField(label=_("Why, and who decided it"), max_length=500)


class ChoosePlanForm(forms.Form):
    """Which plan an activity belongs to."""

    plan = forms.ChoiceField(label=_("Plan"), required=False)

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = plan_choices(access)  # type: ignore[attr-defined]


def plan_choices(access: Access) -> list[tuple[str, Any]]:
    """The plans an activity may belong to, and none."""
    living = Plan.objects.visible_to(access).living()
    return [("", _("None")), *((str(p.pk), _named(p)) for p in living)]


def _with_envelope(plan: Plan) -> str:
    """An annual plan with its money, since that of a part is given out of it."""
    return f"{plan}, {plan.currency} {money_amount(plan.envelope)}"


def _named(plan: Plan) -> str:
    return f"{plan} ({plan.get_state_display()})"


def plan_as_asked(plan: Plan) -> dict[str, Any]:
    """A plan as its form shows it."""
    names = ("title", "therapy_area", "product", "starts_on", "ends_on", "purpose")
    places = exponent(plan.currency)
    return {name: getattr(plan, name) for name in names} | {
        "parent": str(plan.parent_id or ""),
        "envelope": round(plan.envelope.amount, places),
        "seen_version": plan.version,
    }
