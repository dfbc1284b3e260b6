"""Forms of shared practice, and what each of its texts is called."""

from django import forms
from django.utils.translation import gettext_lazy

from symposia.learning.actions.practices import PracticeFacts
from symposia.learning.models import Adopting, PracticeKind

# What each text is called, where something was found in it.
LABELS = {
    "title": gettext_lazy("Title"),
    "done": gettext_lazy("What was done"),
    "setting": gettext_lazy("Where, and with whom"),
    "result": gettext_lazy("What came of it"),
    "reference": gettext_lazy("Reference"),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class PracticeForm(forms.Form):
    """A case or a way of working, in the own words."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=PracticeKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=LABELS["title"], max_length=200)
    done = forms.CharField(label=LABELS["done"], widget=_area(6), max_length=10_000)
    setting = forms.CharField(
        label=LABELS["setting"], widget=_area(3), max_length=10_000, required=False
    )
    result = forms.CharField(
        label=LABELS["result"], widget=_area(3), max_length=10_000, required=False
    )
    reference = forms.CharField(
        label=LABELS["reference"],
        help_text=gettext_lazy("A guideline or paper that it follows, with its year."),
        max_length=1_000,
        required=False,
    )
    specialty = forms.CharField(label=gettext_lazy("Specialty"), max_length=120, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> PracticeFacts:
        said = dict(self.cleaned_data)
        said.pop("seen_version")
        return PracticeFacts(**said)


class AdoptionForm(forms.Form):
    """How far one takes it up."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Do you take it up?"),
        choices=Adopting.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("A word to the author"), max_length=500, required=False
    )
