"""What a person is asked to disclose: yes or no, then company, nature, ended; confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.actions.disclosures import DeclaredRelationship, DisclosureFacts
from symposia.activities.models import Relationship
from symposia.activities.standards.reading import Period, titles

SPARE = 4
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


@dataclass(frozen=True)
class Row:
    """The three fields of one relationship."""

    number: int
    company: forms.BoundField
    nature: forms.BoundField
    ended_on: forms.BoundField


class DisclosureForm(forms.Form):
    """Everything on one page, filled in with what was said last time."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Do you have, or did you have, any such relationship?"),
        choices=[("none", gettext_lazy("No, none")), ("some", gettext_lazy("Yes"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, last: Sequence[Relationship], period: Period) -> None:
        first: dict[str, Any] = {"answer": "some"} if last else {}
        for place, each in enumerate(last):
            first |= {
                f"company{place}": each.company,
                f"nature{place}": each.nature,
                f"ended{place}": each.ended_on,
            }
        super().__init__(data, initial=first)
        self.count = len(last) + SPARE
        self.months = period.look_back_months
        natures = [("", _("Choose")), *titles("natures", on=localdate())]
        for place in range(self.count):
            self.fields[f"company{place}"] = forms.CharField(
                label=_("Company"),
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": " "}),  # the stylesheet asks: empty?
            )
            self.fields[f"nature{place}"] = forms.ChoiceField(
                label=_("Nature"), choices=natures, required=False
            )
            self.fields[f"ended{place}"] = forms.DateField(
                label=_("Ended on"),
                help_text=_("Empty while it lasts."),
                widget=DAY,
                required=False,
            )
        self.fields["attested"] = forms.BooleanField(
            label=_("This is complete, and I will say so when it changes."),
            error_messages={"required": _("Confirm that this is complete.")},
        )

    def rows(self) -> list[Row]:
        return [
            Row(n + 1, self[f"company{n}"], self[f"nature{n}"], self[f"ended{n}"])
            for n in range(self.count)
        ]

    def facts(self, given_by: str) -> DisclosureFacts:
        """What was said, as the action takes it."""
        said = self.cleaned_data
        declared = [
            DeclaredRelationship(said[f"company{n}"], said[f"nature{n}"], said[f"ended{n}"])
            for n in range(self.count)
            if said[f"company{n}"] or said[f"nature{n}"]
        ]
        return DisclosureFacts(said["answer"] == "none", declared, said["attested"], given_by)
