"""Choosing the guideline that something cites: current ones, and the one it cites already."""

from django import forms
from django.utils.translation import gettext as _

from symposia.curriculum.models import Guideline
from symposia.curriculum.queries.guidelines import citable, current_guideline


def offer_guidelines(field: forms.Field, cited: Guideline | None = None) -> None:
    """Current guidelines as the choices of a field, a superseded one only where it stays."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
    kept = [(str(cited.pk), str(cited))] if cited and not cited.is_current else []
    field.choices = [("", _("none")), *kept, *citable()]


def chosen_guideline(pk: str, cited: Guideline | None = None) -> Guideline | None:
    """The guideline that was chosen; what was cited already stays."""
    return cited if cited and pk == str(cited.pk) else current_guideline(pk)
