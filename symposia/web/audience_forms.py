"""What is written about questions and polls of a session, on whichever page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from symposia.learning.audience_rules import (
    LARGEST_SCALE,
    LONGEST_ANSWER,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    SMALLEST_SCALE,
    PollFacts,
)
from symposia.learning.models import AudienceQuestion, PollKind


class AskForm(forms.Form):
    """A question, and whether the room is told whose it is."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    name = forms.ChoiceField(
        label=_("What the room sees"),
        choices=[
            ("unnamed", _("The question without my name")),
            ("named", _("The question with my name")),
        ],
        initial="unnamed",
        widget=forms.RadioSelect,
        help_text=_(
            "Either way the organiser keeps that you asked it, so that you can be answered."
        ),
    )

    @property
    def is_named(self) -> bool:
        return bool(self.cleaned_data["name"] == "named")


class WrittenForm(forms.Form):
    """An answer in writing."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It stands on the page of the session; whoever asked gets it by mail."),
    )


class InRoomForm(forms.Form):
    """That it was answered in the room, with what was said if somebody writes it down."""

    said = forms.CharField(
        label=_("What was said"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("May stay empty. What stands here is sent to whoever asked."),
    )


class HidingForm(forms.Form):
    """Why the room does not see a question."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Whoever asked reads it.")
    )


class JoiningForm(forms.Form):
    """With which question one is the same."""

    other = forms.ChoiceField(label=_("The same as"))

    def __init__(self, *args: Any, others: Sequence[AudienceQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._others = {str(each.pk): each for each in others}
        named = [(key, each.text[:90]) for key, each in self._others.items()]
        self.fields["other"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]

    def chosen(self) -> AudienceQuestion:
        return self._others[self.cleaned_data["other"]]


class PollForm(forms.Form):
    """What is asked of the audience, and how it is answered."""

    question = forms.CharField(label=_("Question"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Answered with"), choices=PollKind.choices, initial=PollKind.SINGLE.value
    )
    options = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=(LONGEST_OPTION + 2) * MOST_OPTIONS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line. Of a scale the words of its two ends, or nothing."),
    )
    highest = forms.IntegerField(
        label=_("Scale from 1 to"),
        required=False,
        min_value=SMALLEST_SCALE,
        max_value=LARGEST_SCALE,
        help_text=_("Only of a scale."),
    )

    def facts(self) -> PollFacts:
        given = self.cleaned_data
        lines = [line.strip() for line in given["options"].splitlines() if line.strip()]
        is_scale = given["kind"] == PollKind.SCALE
        highest = given["highest"] or LARGEST_SCALE if is_scale else None
        return PollFacts(given["kind"], given["question"], lines, highest)
