"""What an activity asks of whoever registers, as fields of a form.

A question that follows an answer is hidden by the style sheet until that answer is chosen: its
inputs carry `data-opened`, the answer carries `data-opens` with the same number.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from symposia.registrations.models import (
    LONGEST_ANSWER,
    NO,
    YES,
    QuestionKind,
    RegistrationQuestion,
)
from symposia.registrations.question_rules import asked_of, in_words


class _Opening(forms.RadioSelect):
    """One of several; an answer may open another question."""

    opens: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.opens:
            option["attrs"]["data-opens"] = self.opens[str(value)]
        return option


class _OpeningSeveral(_Opening, forms.CheckboxSelectMultiple):
    """Any of several; each may open another question."""

    allow_multiple_selected = True
    input_type = "checkbox"


class QuestionsForm(forms.Form):
    """A form that ends with the questions of an activity."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[RegistrationQuestion] = (),
        said: Mapping[uuid.UUID, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        followed = [each for each in questions if each.parent_id]
        numbers = {
            key: str(number)
            for number, key in enumerate(
                dict.fromkeys((each.parent_id, each.parent_answer) for each in followed), start=1
            )
        }
        for each in questions:
            opens = {answer: n for (parent, answer), n in numbers.items() if parent == each.pk}
            opened = numbers.get((each.parent_id, each.parent_answer), "")
            self.fields[_name(each)] = _field(each, opens, opened)
            if values := (said or {}).get(each.pk):
                is_many = each.kind == QuestionKind.SEVERAL
                self.initial[_name(each)] = list(values) if is_many else values[0]

    def clean(self) -> dict[str, Any]:
        """What is not asked of whoever answers so is wrong in no way."""
        said = super().clean() or {}
        asked = {each.pk for each in asked_of(self.questions, self._given())}
        for each in self.questions:
            if each.pk not in asked:
                self.errors.pop(_name(each), None)
                said[_name(each)] = ""
        return said

    def answers(self) -> dict[uuid.UUID, list[str]]:
        """What was answered to which question; nothing where nothing was said."""
        return {pk: values for pk, values in self._given().items() if values}

    def own(self) -> dict[str, Any]:
        """What was said beside the questions."""
        names = {_name(each) for each in self.questions}
        return {name: value for name, value in self.cleaned_data.items() if name not in names}

    def _given(self) -> dict[uuid.UUID, list[str]]:
        return {q.pk: _values(self.cleaned_data.get(_name(q))) for q in self.questions}


def _values(value: Any) -> list[str]:
    said = value if isinstance(value, list) else [value]
    return in_words(each for each in said if each)


def _name(question: RegistrationQuestion) -> str:
    return f"q_{question.pk}"


def _field(question: RegistrationQuestion, opens: Mapping[str, str], opened: str) -> forms.Field:
    facts: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint,
        "required": question.required,
        "error_messages": {"required": _("Please answer this.")},
    }
    attrs = {"data-opened": opened} if opened else {}
    field: forms.Field
    if question.kind == QuestionKind.TEXT:
        field = forms.CharField(
            max_length=LONGEST_ANSWER, widget=forms.Textarea({"rows": 2, **attrs}), **facts
        )
    else:
        is_many = question.kind == QuestionKind.SEVERAL
        widget = (_OpeningSeveral if is_many else _Opening)(attrs)
        widget.opens = opens
        kind = forms.MultipleChoiceField if is_many else forms.ChoiceField
        field = kind(choices=_choices(question), widget=widget, **facts)
    if opened:  # a browser must not insist on what it does not show
        field.widget.use_required_attribute = lambda _initial: False
    return field


def _choices(question: RegistrationQuestion) -> list[tuple[str, str]]:
    if question.kind == QuestionKind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    return [(each, each) for each in question.choices]
