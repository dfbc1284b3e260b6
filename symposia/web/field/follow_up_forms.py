"""What a representative writes in a follow-up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from symposia.engagement.handing_rules import LONGEST_EVENT, LONGEST_PRODUCT
from symposia.engagement.models import ApprovedMaterial, Way
from symposia.engagement.policies import LONGEST_SAID
from symposia.engagement.standing import WayFor
from symposia.learning.audience_rules import LONGEST_QUESTION


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class _Beside(forms.Form):
    """One of several forms of a page: its fields have ids of their own."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s")


class FinishForm(_Beside):
    """How somebody was followed up, and what was said."""

    way = forms.ChoiceField(label=gettext_lazy("How"), choices=Way.choices)
    said = forms.CharField(
        label=gettext_lazy("What was said"), max_length=LONGEST_SAID, widget=_lines(3)
    )


class DeclineForm(_Beside):
    """Why somebody is not followed up."""

    reason = forms.CharField(
        label=gettext_lazy("Why not"), max_length=LONGEST_SAID, widget=_lines(2)
    )


class ShareForm(_Beside):
    """Which material is given, and by which way."""

    material = forms.ChoiceField(label=gettext_lazy("Material"))
    channel = forms.ChoiceField(label=gettext_lazy("By"))

    def __init__(
        self, materials: Sequence[ApprovedMaterial], ways: Sequence[WayFor], data: Any = None
    ) -> None:
        super().__init__(data)
        open_ways = [(each.channel, each.label) for each in ways if not each.objection]
        self.fields["channel"].choices = open_ways  # type: ignore[attr-defined]  # of its own kind
        choices = [(str(each.pk), str(each)) for each in materials]
        self.fields["material"].choices = choices  # type: ignore[attr-defined]  # of its own kind


class QuestionForm(_Beside):
    """What was asked about a product."""

    text = forms.CharField(
        label=gettext_lazy("What they asked"),
        help_text=gettext_lazy("In their words. Medical affairs answers them; you answer nothing."),
        max_length=LONGEST_QUESTION,
        widget=_lines(3),
    )


class AdverseEventForm(_Beside):
    """What was told of harm."""

    product = forms.CharField(label=gettext_lazy("Product"), max_length=LONGEST_PRODUCT)
    text = forms.CharField(
        label=gettext_lazy("What they told"),
        help_text=gettext_lazy("In their words, without the patient's name. Nobody changes it."),
        max_length=LONGEST_EVENT,
        widget=_lines(4),
    )
