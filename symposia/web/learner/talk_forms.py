"""Forms of discussions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.learning.models import Discussion


def words_field() -> forms.CharField:
    """The box for what somebody says."""
    area = forms.Textarea({"rows": 4})
    return forms.CharField(label=gettext_lazy("What you say"), widget=area, max_length=5_000)


class ContributionForm(forms.Form):
    """What somebody says, and which question it is about."""

    question = forms.TypedChoiceField(
        label=gettext_lazy("About which question"), coerce=int, empty_value=None, required=False
    )
    text = words_field()

    def __init__(self, *args: Any, discussion: Discussion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = discussion.questions if discussion else []
        if not questions:
            del self.fields["question"]
            return
        asked = [(n, f"{n}. {text}") for n, text in enumerate(questions, start=1)]
        self.fields["question"].choices = [("", _("none of them")), *asked]  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """What is wrong with what somebody said."""

    reason = forms.CharField(
        label=gettext_lazy("What is wrong with it"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1_000,
    )


class EditForm(forms.Form):
    """The own words, changed."""

    text = words_field()
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
