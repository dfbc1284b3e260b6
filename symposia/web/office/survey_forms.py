"""What is asked about a survey of needs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access
from symposia.curriculum.models import Gap, QuestionKind, SurveyQuestion
from symposia.curriculum.queries.surveys import specialties_of
from symposia.directory.models import Profession


class SurveyForm(forms.Form):
    """What a survey is, before it has questions."""

    title = forms.CharField(label=_("Title"), max_length=200)
    introduction = forms.CharField(
        label=_("Introduction"),
        help_text=_("Why you ask, and what you will do with the answers."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    repeats_after_months = forms.IntegerField(
        label=_("Ask again after months"),
        help_text=_("Empty means once. The same people get the next round by themselves."),
        min_value=1,
        max_value=36,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class QuestionForm(forms.Form):
    """One question, and how it is answered."""

    kind = forms.ChoiceField(
        label=_("How it is answered"), choices=QuestionKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Question"), max_length=300)
    choices = forms.CharField(
        label=_("Answers to choose from"),
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)

    def clean_choices(self) -> str:
        """Each answer is at most a line long."""
        text: str = self.cleaned_data["choices"]
        if any(len(line.strip()) > 120 for line in text.splitlines()):
            raise forms.ValidationError(_("An answer has at most 120 letters."))
        return text


class AudienceForm(forms.Form):
    """Whom of the directory to ask."""

    specialties = forms.MultipleChoiceField(
        label=_("Specialties"),
        help_text=_("None means all."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    professions = forms.MultipleChoiceField(
        label=_("Professions"),
        help_text=_("None means all."),
        choices=Profession.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = [(name, f"{name} ({count})") for name, count in specialties_of(access)]
        self.fields["specialties"].choices = there  # type: ignore[attr-defined]


class CiteForm(forms.Form):
    """Which question is evidence of which gap."""

    question = forms.ChoiceField(label=_("Question"), widget=forms.RadioSelect)
    gap = forms.ChoiceField(label=_("Gap"))

    def __init__(
        self, *args: Any, questions: Sequence[SurveyQuestion], gaps: Iterable[Gap], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [(str(q.pk), q.text) for q in questions]  # type: ignore[attr-defined]
        self.fields["gap"].choices = [(str(g.pk), str(g)) for g in gaps]  # type: ignore[attr-defined]
