"""A question of a test as a learner answers it: fields of a form, without script, on a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from symposia.assessment.models import BankKind, BankOption
from symposia.assessment.queries.bank import Worded
from symposia.assessment.scoring import Chosen

NOTHING_YET = Chosen()
# Kinds that are answered by several selects, one for each place or pair.
IN_PLACES = (BankKind.ORDER, BankKind.MATCH)


@dataclass(frozen=True)
class Asked:
    """A question as it stands in an attempt: its wording, and its answers in this order."""

    position: int
    worded: Worded
    shown: tuple[int, ...]

    @property
    def kind(self) -> BankKind:
        return BankKind(self.worded.question.kind)

    @property
    def name(self) -> str:
        return f"q{self.position}"

    @property
    def options(self) -> list[BankOption]:
        """The answers as they stand on the screen."""
        by_position = {each.position: each for each in self.worded.options}
        return [by_position[place] for place in self.shown]


class AnswerForm(forms.Form):
    """The fields of one question. None of them is optional to whoever reads it, yet what is left
    out is saved as it stands: handing in says what is missing."""

    use_required_attribute = False

    def __init__(self, asked: Asked, data: Any = None, given: Chosen = NOTHING_YET) -> None:
        super().__init__(data)
        self.asked = asked
        for name, field, initial in _fields(asked, given):
            self.fields[name] = field
            self.initial[name] = initial

    def full_clean(self) -> None:
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        for field in self.fields.values():
            field.required = True

    def chosen(self) -> Chosen:
        """What was given, as it is kept."""
        said, asked = self.cleaned_data, self.asked
        if asked.kind in IN_PLACES:
            return Chosen(tuple(int(said[name] or 0) for name in self.fields))
        value = said[asked.name]
        if asked.kind == BankKind.SINGLE:
            return Chosen((int(value),) if value else ())
        if asked.kind == BankKind.MULTIPLE:
            return Chosen(tuple(sorted(int(each) for each in value)))
        return Chosen(text=value.strip())

    @property
    def places(self) -> list[forms.BoundField]:
        """The fields in their order: one, or one for each place or pair."""
        return [self[name] for name in self.fields]

    @property
    def is_in_places(self) -> bool:
        return self.asked.kind in IN_PLACES


def _fields(asked: Asked, given: Chosen) -> list[tuple[str, forms.Field, Any]]:
    text = asked.worded.version.text
    chosen = [str(each) for each in given.positions]
    facts: dict[str, Any] = {"label": text}
    match asked.kind:
        case BankKind.SINGLE:
            field = forms.ChoiceField(choices=_words(asked), widget=forms.RadioSelect, **facts)
            return [(asked.name, field, chosen[0] if chosen else None)]
        case BankKind.MULTIPLE:
            many = forms.MultipleChoiceField(
                choices=_words(asked),
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Choose all that are right."),
                **facts,
            )
            return [(asked.name, many, chosen)]
        case BankKind.ORDER | BankKind.MATCH:
            return _selects(asked, chosen)
        case BankKind.NUMERIC:
            unit = asked.worded.version.unit
            hint = _("A number, in %s.") % unit if unit else _("A number.")
            number = forms.CharField(
                max_length=60,
                help_text=hint,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                **facts,
            )
            return [(asked.name, number, given.text)]
        case BankKind.SHORT:
            few = forms.CharField(
                max_length=200,
                help_text=_("A few words."),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
                **facts,
            )
            return [(asked.name, few, given.text)]
    raise AssertionError(asked.kind)


def _words(asked: Asked) -> list[tuple[str, str]]:
    return [(str(each.position), each.text) for each in asked.options]


def _selects(asked: Asked, chosen: Sequence[str]) -> list[tuple[str, forms.Field, Any]]:
    """One select for each place of an order, or for each left side of pairs."""
    is_order = asked.kind == BankKind.ORDER
    choices = [
        ("", _("Choose …")),
        *((str(o.position), o.text if is_order else o.partner) for o in asked.options),
    ]
    found: list[tuple[str, forms.Field, Any]] = []
    for place, each in enumerate(asked.worded.options, start=1):
        label = _("Place %d") % place if is_order else each.text
        field = forms.ChoiceField(choices=choices, label=label)
        first = chosen[place - 1] if place <= len(chosen) else ""
        found.append((f"{asked.name}_{place}", field, "" if first == "0" else first))
    return found


def said_of(asked: Asked, given: Chosen) -> str:
    """What was answered, in words."""
    by_position = {each.position: each for each in asked.worded.options}
    if asked.kind in {BankKind.NUMERIC, BankKind.SHORT}:
        return given.text
    named = [by_position[each] for each in given.positions if each in by_position]
    if asked.kind == BankKind.MATCH:
        pairs = zip(asked.worded.options, given.positions, strict=False)
        return "; ".join(
            f"{left.text}: {by_position[right].partner}"
            for left, right in pairs
            if right in by_position
        )
    between = " → " if asked.kind == BankKind.ORDER else "; "
    return between.join(each.text for each in named)


def right_of(worded: Worded) -> str:
    """What is right, in words."""
    version, options = worded.version, worded.options
    match worded.question.kind:
        case BankKind.SINGLE | BankKind.MULTIPLE:
            return "; ".join(each.text for each in options if each.is_right)
        case BankKind.ORDER:
            return " → ".join(each.text for each in options)
        case BankKind.MATCH:
            return "; ".join(f"{each.text}: {each.partner}" for each in options)
        case BankKind.SHORT:
            return _(" or ").join(each.text for each in options)
    value = f"{version.value.normalize():f}" if version.value is not None else ""
    around = f" ± {version.tolerance.normalize():f}" if version.tolerance else ""
    return f"{value}{around} {version.unit}".strip()


def reasons_of(worded: Worded) -> list[Mapping[str, str]]:
    """Why each answer is right or wrong, and where that stands; those that say something."""
    version = worded.version
    of_all = [("", version.rationale, version.reference)]
    each_one = [(o.text, o.rationale, o.reference) for o in worded.options]
    return [
        {"text": text, "why": why, "source": source}
        for text, why, source in [*each_one, *of_all]
        if why or source
    ]
