"""Questions about where something takes place, asked alike of activities, series and wishes."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import DeliveryForm
from symposia.web.zone_choices import zone_choices

TWO_LETTERS = _("Two letters, such as US or IN.")


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Time zone of the venue"), choices=zone_choices())


def delivery_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How people take part"), choices=DeliveryForm.choices, widget=forms.RadioSelect
    )


def venue_field() -> forms.CharField:
    return forms.CharField(label=_("Venue"), max_length=200, required=False)


def city_field() -> forms.CharField:
    return forms.CharField(label=_("City"), max_length=120, required=False)


def country_field(help_text: Any = TWO_LETTERS) -> forms.CharField:
    return forms.CharField(
        label=_("Country"),
        help_text=help_text,
        max_length=2,
        required=False,
        validators=[RegexValidator("^[A-Za-z]{2}$", _("Write the country as two letters."))],
    )


def online_field() -> forms.URLField:
    return forms.URLField(
        label=_("Address for joining online"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )


def capacity_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Places"),
        help_text=_("Empty means no limit."),
        min_value=1,
        max_value=1_000_000,
        required=False,
    )
