"""What is asked about a node of the budget, and about where an activity hangs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models import Territory
from symposia.finance.models import BudgetNode, NodeKind
from symposia.finance.tree_rules import NodeFacts
from symposia.shared.money import Money
from symposia.web.office.meeting_forms import DAY
from symposia.web.office.money import AmountField


def envelope_field() -> AmountField:
    """What a node has: nothing or more."""
    return AmountField(label=_("Envelope"), min_value=0, max_digits=15, widget=forms.TextInput)


class NodeForm(forms.Form):
    """A node: how it is called, what it divides the budget by, and what it has."""

    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Divides by"), choices=NodeKind.choices)
    envelope = envelope_field()
    territory = forms.ChoiceField(label=_("Territory"), required=False)
    product = forms.CharField(label=_("Brand"), max_length=120, required=False)
    therapy_area = forms.CharField(label=_("Therapy area"), max_length=120, required=False)
    starts_on = forms.DateField(label=_("From"), widget=DAY, required=False)
    ends_on = forms.DateField(label=_("Until"), widget=DAY, required=False)
    cost_centre = forms.CharField(label=_("Cost centre"), max_length=60, required=False)
    is_independent = forms.BooleanField(
        label=_("A branch of independent education"),
        help_text=_("Nothing else hangs on it, and nobody beyond the wall sees its money."),
        required=False,
    )

    def __init__(self, *args: Any, parent: BudgetNode | None, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.parent, self.currency = parent, currency
        self.territories = {str(each.pk): each for each in Territory.objects.order_by("name", "pk")}
        names = [(pk, each.name) for pk, each in self.territories.items()]
        self.fields["territory"].choices = [("", _("That of its parent")), *names]  # type: ignore[attr-defined]
        self.fields["envelope"].help_text = _("In %(currency)s.") % {"currency": currency}
        if parent and parent.is_independent:
            del self.fields["is_independent"]

    def facts(self) -> NodeFacts:
        said = dict(self.cleaned_data)
        said["envelope"] = Money(said["envelope"], self.currency)
        said["territory"] = self.territories.get(said["territory"])
        return NodeFacts(parent=self.parent, **said)


class EnvelopeForm(forms.Form):
    """More or less for a node, and why."""

    envelope = envelope_field()
    reason = forms.CharField(label=_("Reason"), max_length=300)


class NodeNameForm(forms.Form):
    """Another name."""

    name = forms.CharField(label=_("Name"), max_length=200)


class HangingForm(forms.Form):
    """On which node the money of an activity hangs, and why there."""

    node = forms.ChoiceField(label=_("Node of the budget"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, access: Access, is_independent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = BudgetNode.objects.visible_to(access, Permission.PLAN_MONEY)
        self.nodes = {
            str(each.pk): each for each in rows.filter(is_independent=is_independent).in_order()
        }
        indented = [(pk, "\u2003" * (n.depth - 1) + str(n)) for pk, n in self.nodes.items()]
        self.fields["node"].choices = indented  # type: ignore[attr-defined]

    def chosen(self) -> BudgetNode:
        return self.nodes[self.cleaned_data["node"]]


class TransferForm(forms.Form):
    """To which node how much goes, and why."""

    to = forms.ChoiceField(label=_("To"))
    amount = AmountField(label=_("Amount"), max_digits=15, min_value=0, widget=forms.TextInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, access: Access, leaving: BudgetNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = BudgetNode.objects.visible_to(access).filter(is_independent=leaving.is_independent)
        self.nodes = {str(each.pk): each for each in rows.exclude(pk=leaving.pk).in_order()}
        indented = [(pk, "\u2003" * (n.depth - 1) + str(n)) for pk, n in self.nodes.items()]
        self.fields["to"].choices = indented  # type: ignore[attr-defined]
        self.fields["amount"].help_text = _("In %(currency)s.") % {"currency": leaving.currency}

    def coming(self) -> BudgetNode:
        return self.nodes[self.cleaned_data["to"]]
