"""Fields of one's own in the forms of people and institutions."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from symposia.directory.models import OwnField, OwnKind, Said
from symposia.directory.owning import LONGEST, Own, own_in_words, plain_own, read_own
from symposia.web.office.meeting_forms import DAY
from symposia.web.parts import Fact


def _choices(field: OwnField) -> list[tuple[str, str]]:
    if field.kind == OwnKind.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    return [(word, word) for word in field.options]


def _one(field: OwnField, **said: Any) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("not said")), *_choices(field)], **said)


def _several(field: OwnField, **said: Any) -> forms.Field:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(choices=_choices(field), widget=widget, **said)


_INPUTS: dict[str, Callable[..., forms.Field]] = {
    OwnKind.TEXT: lambda _field, **said: forms.CharField(max_length=LONGEST, **said),
    OwnKind.NUMBER: lambda _field, **said: forms.DecimalField(
        max_digits=18, decimal_places=4, **said
    ),
    OwnKind.DAY: lambda _field, **said: forms.DateField(widget=DAY, **said),
    OwnKind.YES_NO: _one,
    OwnKind.ONE: _one,
    OwnKind.SEVERAL: _several,
}


def add_own_inputs(
    form: forms.Form, fields: Iterable[OwnField], own: Own | None = None, *, is_new: bool = False
) -> None:
    """One input for each field; `own` is what they say now, and somebody new has to say some."""
    for field in fields:
        form.fields[field.name] = _INPUTS[field.kind](
            field, label=field.label, help_text=field.help, required=is_new and field.is_required
        )
        if own and own.get(field) is not None:
            form.initial[field.name] = _first(own[field])


def _first(said: Said | None) -> Any:
    if isinstance(said, tuple):
        return list(said)
    return plain_own(said) if isinstance(said, bool | Decimal) else said


def own_given(form: forms.Form, fields: Sequence[OwnField]) -> dict[OwnField, Said | None]:
    """What a valid form says of the fields, taken out of what it says besides."""
    return {field: read_own(field, form.cleaned_data.pop(field.name)) for field in fields}


def own_facts(own: Own) -> list[Fact]:
    """What fields of one's own say, for a page."""
    return [Fact(field.label, own_in_words(said) or "—") for field, said in own.items()]
