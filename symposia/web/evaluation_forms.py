"""An evaluation as a page of fields, for whoever answers it and for whoever tries it out."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from symposia.assessment.models import Kind, Question
from symposia.assessment.queries import options_of
from symposia.assessment.sheets import EMPTY, Answers, Given, Page, Said, asked_on

DECLINED = "prefer-not-to-say"
_ONE_OF = {Kind.RATING, Kind.CHOICE, Kind.YES_NO}


@dataclass(frozen=True)
class Asked:
    """A question on a page: its number, its fields, and when it is shown."""

    question: Question
    number: int
    field: forms.BoundField | None
    why: forms.BoundField | None
    # The name of the field of an earlier question, and the answers that lead here, as JSON.
    when: str
    when_is: str


@dataclass(frozen=True)
class PageOfFields:
    """One section of the form, or one session or speaker of it."""

    page: Page
    asked: tuple[Asked, ...]


class EvaluationPage(forms.Form):
    """The fields of every page of a form, as this person is asked it."""

    def __init__(self, pages: Sequence[Page], questions: Sequence[Question], data: Any = None):
        super().__init__(data)
        self.asked_pages = pages
        self.questions = questions
        for page in pages:
            for question in page.questions:
                self._add(question, page)

    def _add(self, question: Question, page: Page) -> None:
        if question.kind == Kind.STATEMENT:
            return
        name = name_of(question, page)
        self.fields[name] = _field(question)
        if question.asks_why:
            self.fields[f"{name}-why"] = forms.CharField(
                label=_("Why?"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
            )

    @property
    def count(self) -> int:
        """How many questions there are."""
        return sum(each.is_asked for page in self.asked_pages for each in page.questions)

    def pages(self) -> list[PageOfFields]:
        """Each page with its questions in order."""
        numbers = iter(range(1, self.count + 1))
        return [PageOfFields(page, tuple(self._asked(page, numbers))) for page in self.asked_pages]

    def _asked(self, page: Page, numbers: Iterator[int]) -> Iterator[Asked]:
        by_position = {each.position: each for each in self.questions}
        for question in page.questions:
            name = name_of(question, page)
            earlier = by_position.get(question.depends_on or 0)
            yield Asked(
                question,
                next(numbers) if question.is_asked else 0,
                self[name] if name in self.fields else None,
                self[f"{name}-why"] if question.asks_why else None,
                name_of(earlier, page) if earlier else "",
                json.dumps(question.depends_values),
            )

    def clean(self) -> dict[str, Any]:
        """What is not asked of somebody who answers like this need not be answered."""
        said = self.said()
        for page in self.asked_pages:
            asked = {each.pk for each in asked_on(page, self.questions, said)}
            for question in page.questions:
                if question.pk not in asked:
                    self.errors.pop(name_of(question, page), None)
        return self.cleaned_data

    def said(self) -> Said:
        """What was answered, about the activity and about each part of its agenda."""
        blocks: dict[Any, dict[Any, Given]] = {}
        for page in self.asked_pages:
            answers = blocks.setdefault(page.block_id, {})
            for question in page.questions:
                answers[question.pk] = self._given(question, name_of(question, page))
        whole: Answers = blocks.pop(None, {})
        return Said(whole, blocks)

    def _given(self, question: Question, name: str) -> Given:
        value = self.cleaned_data.get(name)
        if value in (None, "", []):
            return EMPTY
        if value in (DECLINED, [DECLINED]):
            return Given(declined=True)
        why = self.cleaned_data.get(f"{name}-why", "")
        return _as_given(Kind(question.kind), value, why)


def _as_given(kind: Kind, value: Any, why: str) -> Given:
    match kind:
        case Kind.RATING:
            return Given(rating=int(value))
        case Kind.NUMBER:
            return Given(number=value)
        case Kind.MULTIPLE:
            return Given(chosen=tuple(each for each in value if each != DECLINED))
        case _:
            return Given(text=value, comment=why)


def name_of(question: Question, page: Page) -> str:
    """The name of a question's field; of a repeated one with the block it is about."""
    block = f"-{page.block_id.hex}" if page.block_id and question.repeats else ""
    return f"q{question.position}{block}"


def _field(question: Question) -> forms.Field:
    facts: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint,
        "required": question.required,
        "error_messages": {"required": _("Please choose an answer, or prefer not to say.")},
    }
    if question.kind == Kind.TEXT:
        return forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}), **facts)
    if question.kind == Kind.NUMBER:
        widget = forms.NumberInput({"inputmode": "decimal"})
        return forms.DecimalField(max_digits=12, decimal_places=4, widget=widget, **facts)
    options = [*options_of(question), (DECLINED, _("I prefer not to say"))]
    if question.kind in _ONE_OF:
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **facts)
    several = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(choices=options, widget=several, **facts)
