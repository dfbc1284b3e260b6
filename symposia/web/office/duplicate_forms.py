"""The decision on two records: one person or two, and which facts stay."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.directory.duplicates.fields import CHOSEN, said, usual
from symposia.directory.duplicates.own_facts import OwnPair
from symposia.directory.models import Clinician, OwnField
from symposia.directory.owning import own_in_words


class OtherForm(forms.Form):
    """The other record, chosen from a list."""

    other = forms.UUIDField()


class MergeForm(forms.Form):
    """One choice for each fact in which two records differ, and the decision."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("merge", gettext_lazy("One person: merge the records")),
            ("apart", gettext_lazy("Two people")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("How you know"),
        help_text=gettext_lazy("Needed where these are two people."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )

    def __init__(
        self,
        kept: Clinician,
        merged: Clinician,
        data: Any = None,
        *,
        own: Sequence[OwnPair] = (),
    ) -> None:
        super().__init__(data, initial={"verdict": "merge"})
        self.kept, self.merged = kept, merged
        self._own = [pair for pair in own if pair.is_open]
        better = usual(kept, merged)
        for column, label in CHOSEN.items():
            mine, theirs = said(kept, column), said(merged, column)
            if mine == theirs:
                continue
            self.fields[column] = forms.ChoiceField(
                label=str(label),
                choices=[("kept", mine or _("nothing")), ("merged", theirs or _("nothing"))],
                initial="merged" if column in better else "kept",
                widget=forms.RadioSelect,
            )
        for pair in self._own:
            words = (own_in_words(pair.mine), own_in_words(pair.theirs))
            self.fields[pair.field.name] = forms.ChoiceField(
                label=pair.field.label,
                choices=list(zip(("kept", "merged"), words, strict=True)),
                initial="kept",
                widget=forms.RadioSelect,
            )

    def choice(self, column: str) -> Any:
        """The two options of a fact, or nothing where both records say the same."""
        return self[column] if column in self.fields else None

    @property
    def taken_own(self) -> list[OwnField]:
        """The fields of one's own in which what the record that goes says is to stay."""
        fields = [pair.field for pair in self._own]
        return [each for each in fields if self.cleaned_data.get(each.name) == "merged"]

    @property
    def taken(self) -> list[str]:
        """The facts of the record that goes which are to stay."""
        return [column for column in CHOSEN if self.cleaned_data.get(column) == "merged"]
