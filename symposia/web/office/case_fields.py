"""The fields that forms of a case are made of."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


def line_field(label: str, most: int = 300, **attrs: str) -> forms.CharField:
    """A line of words."""
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs=attrs))


def area_field(label: str, rows: int, most: int = 4000) -> forms.CharField:
    """Some lines of words."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget)


def points_field() -> forms.IntegerField:
    """What something is worth; below zero it costs."""
    return forms.IntegerField(label=_("Points"), min_value=-100, max_value=100, initial=0)


def minutes_field() -> forms.IntegerField:
    """Minutes of the patient's time."""
    return forms.IntegerField(label=_("Minutes it takes"), min_value=0, max_value=1440, initial=0)


def choice_field(label: str, choices: Any) -> forms.ChoiceField:
    """One of several."""
    return forms.ChoiceField(label=label, choices=choices)


class QuietForm(forms.Form):
    """Nothing but a title has to be there: what is missing is said as a problem of the case, so no
    field says that it may be left out."""

    use_required_attribute = False

    def full_clean(self) -> None:
        asked = [each for name, each in self.fields.items() if each.required and name != "title"]
        for field in asked:
            field.required = False
        super().full_clean()
        for field in asked:
            field.required = True
