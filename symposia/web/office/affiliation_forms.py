"""What people type about where somebody works."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from symposia.directory.affiliating import AffiliationFacts, Earlier
from symposia.web.office.meeting_forms import DAY


class AffiliationForm(forms.Form):
    """Where, as what, from when until when."""

    institution = forms.CharField(
        label=gettext_lazy("Institution"),
        help_text=gettext_lazy("As it is called in the directory; a new one is added."),
        max_length=200,
    )
    city = forms.CharField(
        label=gettext_lazy("City of the institution"),
        help_text=gettext_lazy("Where several are called the same."),
        max_length=100,
        required=False,
    )
    role = forms.CharField(label=gettext_lazy("Role"), max_length=120, required=False)
    department = forms.CharField(label=gettext_lazy("Department"), max_length=120, required=False)
    from_on = forms.DateField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("Empty: nobody knows since when."),
        widget=DAY,
        required=False,
    )
    until_on = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("The last day. Empty: it goes on."),
        widget=DAY,
        required=False,
    )
    is_primary = forms.BooleanField(
        label=gettext_lazy("The primary place"),
        help_text=gettext_lazy("Printed on lists, badges and letters; one on each day."),
        required=False,
    )
    earlier = forms.ChoiceField(
        label=gettext_lazy("The primary place before it"),
        choices=[(Earlier.ENDS, Earlier.ENDS.label), (Earlier.STAYS, Earlier.STAYS.label)],
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Who says so"),
        help_text=gettext_lazy("The person, a letter, the website of the house."),
        max_length=200,
        required=False,
    )

    def facts(self) -> AffiliationFacts:
        said: dict[str, Any] = dict(self.cleaned_data)
        said["earlier"] = said["earlier"] or Earlier.ENDS
        return AffiliationFacts(**said)


class AffiliationEndForm(forms.Form):
    """The last day somewhere, and how one knows."""

    on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )
