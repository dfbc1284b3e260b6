"""Forms of discussions in the office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from symposia.learning.actions.discussions import DiscussionFacts
from symposia.learning.models import Discussion, DiscussionKind, Moderation

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DiscussionForm(forms.Form):
    """What is discussed, until when, and how it is moderated."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=DiscussionKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    introduction = forms.CharField(
        label=gettext_lazy("Introduction"), widget=_area(3), max_length=5_000, required=False
    )
    citation = forms.CharField(
        label=gettext_lazy("Citation of the paper"),
        help_text=gettext_lazy("Authors, title, journal, year, pages. A journal club needs it."),
        max_length=1_000,
        required=False,
    )
    doi = forms.CharField(label=gettext_lazy("DOI"), max_length=200, required=False)
    address = forms.URLField(
        label=gettext_lazy("Where it is read, if not by its DOI"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    questions = forms.CharField(
        label=gettext_lazy("Questions to discuss, one a line"),
        widget=_area(4),
        max_length=10_000,
        required=False,
    )
    opens_on = forms.DateField(label=gettext_lazy("First day"), widget=_DAY)
    closes_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Leave it empty where it stays open."),
        widget=_DAY,
        required=False,
    )
    moderation = forms.ChoiceField(
        label=gettext_lazy("A moderator looks at a contribution"),
        choices=Moderation.choices,
        widget=forms.RadioSelect,
    )
    edit_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes for which one may change what one said"),
        min_value=0,
        max_value=1_440,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> DiscussionFacts:
        said = dict(self.cleaned_data)
        said.pop("seen_version")
        return DiscussionFacts(**said | {"questions": said["questions"].splitlines()})


def discussion_as_asked(discussion: Discussion) -> dict[str, Any]:
    """A discussion as its form begins."""
    names = [name for name in DiscussionForm.base_fields if name != "seen_version"]
    first = {name: getattr(discussion, name) for name in names}
    first["questions"] = "\n".join(discussion.questions)
    return first | {"seen_version": discussion.version}


class HidingForm(forms.Form):
    """Why something is hidden; its author reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, for the author"), widget=_area(2), max_length=1_000
    )


class ReturnForm(forms.Form):
    """What the author of a practice should change."""

    note = forms.CharField(
        label=gettext_lazy("Words to the author"), widget=_area(4), max_length=5_000
    )
