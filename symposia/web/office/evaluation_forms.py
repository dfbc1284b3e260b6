"""The fields of the builder of evaluations: a form for each question, and what a form keeps."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.models.activities import Type
from symposia.assessment.models import FEWEST_SHOWN, Kind, Question, Repeats
from symposia.assessment.queries import options_of
from symposia.assessment.sheets import NO, YES
from symposia.assessment.standard import Draft
from symposia.curriculum.models import Guideline, Objective

MORE = 2
_WITH_CHOICES = {Kind.CHOICE, Kind.MULTIPLE, Kind.RATING}


class QuestionForm(forms.Form):
    """One question of an evaluation; one without words is left out."""

    text = forms.CharField(label=gettext_lazy("Question"), max_length=600, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Answered by"), choices=Kind.choices)
    section = forms.CharField(
        label=gettext_lazy("Section"),
        help_text=gettext_lazy("What follows one another under one heading is one page."),
        max_length=120,
        required=False,
    )
    choices = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        help_text=gettext_lazy(
            "One on each line. Of a rating: the words of its scale, lowest first."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1500,
        required=False,
    )
    hint = forms.CharField(label=gettext_lazy("Hint"), max_length=200, required=False)
    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    asks_why = forms.BooleanField(
        label=gettext_lazy("Yes or no may be explained in own words"), required=False
    )
    repeats = forms.ChoiceField(
        label=gettext_lazy("Asked for"),
        choices=[("", gettext_lazy("The whole activity")), *Repeats.choices],
        required=False,
    )
    depends_on = forms.IntegerField(
        label=gettext_lazy("Only after question"),
        help_text=gettext_lazy(
            "The number of an earlier question on this page; empty: of everybody."
        ),
        min_value=1,
        max_value=60,
        required=False,
    )
    depends_values = forms.CharField(
        label=gettext_lazy("Answered with"),
        help_text=gettext_lazy("One answer on each line; of a rating its number."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1500,
        required=False,
    )
    citation = forms.CharField(
        label=gettext_lazy("Standard that asks for it"), max_length=300, required=False
    )
    guideline = forms.ChoiceField(label=gettext_lazy("Guideline that is asked about"))
    objective = forms.ChoiceField(label=gettext_lazy("Objective that is asked about"))

    def __init__(
        self,
        *args: Any,
        guidelines: Sequence[Guideline] = (),
        objectives: Sequence[Objective] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._objectives = {str(each.pk): each for each in objectives}
        self._guidelines = {str(each.pk): each for each in guidelines}
        for name, known in (("objective", self._objectives), ("guideline", self._guidelines)):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label,
                choices=[("", _("none")), *((pk, str(each)) for pk, each in known.items())],
                required=False,
            )

    def clean_choices(self) -> list[str]:
        return _lines(self.cleaned_data["choices"])

    def clean_depends_values(self) -> list[str]:
        return _lines(self.cleaned_data["depends_values"])

    def draft(self, places: dict[int, int]) -> Draft:
        """The question as it will stand, `places` saying where the questions of the page go."""
        said = self.cleaned_data
        earlier = said["depends_on"]
        return Draft(
            kind=Kind(said["kind"]),
            text=said["text"],
            hint=said["hint"],
            choices=said["choices"] if said["kind"] in _WITH_CHOICES else [],
            required=said["required"],
            guideline=self._guidelines.get(said["guideline"]),
            objective=self._objectives.get(said["objective"]),
            section=said["section"],
            asks_why=said["asks_why"],
            repeats=said["repeats"],
            # A number that no question has stays what it is, and is refused in words.
            depends_on=places.get(earlier, 0) if earlier else None,
            depends_values=said["depends_values"] if earlier else [],
            citation=said["citation"],
        )


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines()]
    if any(len(line) > 120 for line in lines):
        raise forms.ValidationError(_("An answer has at most 120 characters."))
    return [line for line in lines if line]


class QuestionFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # of its one form
    """The questions in the order of their numbers, without those taken out."""

    def drafts(self) -> list[Draft]:
        last = len(self.forms) + 1
        kept = [
            (place, form)
            for place, form in enumerate(self.forms, start=1)
            if form.cleaned_data.get("text") and not form.cleaned_data.get("DELETE")
        ]
        kept.sort(key=lambda each: each[1].cleaned_data.get("ORDER") or last)
        places = {before: now for now, (before, _form) in enumerate(kept, start=1)}
        drafts = [form.draft(places) for _place, form in kept]
        return [_as_kept(each, drafts) for each in drafts]


def _yes_no() -> dict[str, str]:
    """What a yes/no question answers, as people read it."""
    return {YES: _("Yes"), NO: _("No")}


def _as_kept(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Yes and no of a condition as they are kept, whatever language they were typed in."""
    earlier = draft.depends_on or 0
    if not 0 < earlier <= len(drafts) or drafts[earlier - 1].kind != Kind.YES_NO:
        return draft
    said = {label.lower(): value for value, label in _yes_no().items()}
    values = [said.get(each.lower(), each) for each in draft.depends_values]
    return replace(draft, depends_values=values)


QuestionForms = cast(
    type[QuestionFormSet],
    forms.formset_factory(
        QuestionForm,
        formset=QuestionFormSet,
        extra=MORE,
        can_order=True,
        can_delete=True,
        max_num=60,
        validate_max=True,
    ),
)


class ShownForm(forms.Form):
    """From how many people on answers are shown."""

    shown_from = forms.IntegerField(
        label=gettext_lazy("Answers are shown from so many people on"),
        help_text=gettext_lazy(
            "At least three. Answers leave the box in lots of at least so many."
        ),
        min_value=FEWEST_SHOWN,
        max_value=100,
        required=False,
    )


class KeepForm(forms.Form):
    """Under which name a form is kept in the library, and which activities begin with it."""

    name = forms.CharField(
        label=gettext_lazy("Name in the library"),
        help_text=gettext_lazy("The name of one that is there makes its next version."),
        max_length=120,
    )
    activity_type = forms.ChoiceField(
        label=gettext_lazy("Activities of this type begin with it"),
        choices=[("", gettext_lazy("none")), *Type.choices],
        required=False,
    )


def initial_of(question: Question, asked: Sequence[Question]) -> dict[str, Any]:
    """A question of those that are asked as the builder shows it."""
    yes_no = {each.position for each in asked if each.kind == Kind.YES_NO}
    labels = _yes_no() if question.depends_on in yes_no else {}
    return {
        "text": question.text,
        "kind": question.kind,
        "section": question.section,
        "choices": "\n".join(question.choices),
        "hint": question.hint,
        "required": question.required,
        "asks_why": question.asks_why,
        "repeats": question.repeats,
        "depends_on": question.depends_on,
        "depends_values": "\n".join(labels.get(v, v) for v in question.depends_values),
        "citation": question.citation,
        "guideline": str(question.guideline_id or ""),
        "objective": str(question.objective_id or ""),
    }


def shown_options(question: Question) -> list[str]:
    """The answers of a question as learners read them."""
    return [label for _value, label in options_of(question)]
