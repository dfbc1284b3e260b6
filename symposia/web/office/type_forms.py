"""Questions about types of activities and about who organises one."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.actions.organisers import CouncilApproval, OrganiserFacts
from symposia.activities.actions.types import TypeFacts
from symposia.activities.models import DeliveryForm, Mode, Part
from symposia.activities.own_types import Answer
from symposia.activities.types import Due, TypeOfActivity

_LINE = re.compile(r"^\s*([+-]?\d{1,4})\s*;\s*([\w-]*)\s*;\s*(.+?)\s*$")
_ROWS = {"rows": 8}
_PARTS: dict[str, tuple[Part, ...]] = {
    Mode.INDEPENDENT: (Part.DIRECT, Part.JOINT),
    Mode.SCIENTIFIC: (Part.ASSOCIATION,),
}


class DueField(forms.CharField):
    """Lines of days, role and words: "-60; coordinator; Disclosures collected"."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[Due]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        return [self._due(line) for line in lines]

    def _due(self, line: str) -> Due:
        found = _LINE.match(line)
        if found is None:
            words = _("Write “%(line)s” as days; role; words, such as -60; coordinator; Agenda.")
            raise forms.ValidationError(words % {"line": line[:80]})
        return Due(found[3][:200], int(found[1]), found[2])

    @staticmethod
    def written(several: Sequence[Due]) -> str:
        return "\n".join(f"{each.days}; {each.role}; {each.title}" for each in several)


class OwnTypeForm(forms.Form):
    """An own copy of a type."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    delivery = forms.ChoiceField(
        label=gettext_lazy("How people usually take part"), choices=DeliveryForm.choices
    )
    minutes = forms.IntegerField(label=gettext_lazy("Usual minutes"), min_value=1, max_value=20_160)
    milestones = DueField(
        label=gettext_lazy("Milestones"),
        help_text=gettext_lazy(
            "One a line: days (less than 0 is before), the role that owes it, what it is."
        ),
        widget=forms.Textarea(attrs=_ROWS),
        max_length=8000,
        required=False,
    )
    documents = DueField(
        label=gettext_lazy("Documents"),
        help_text=gettext_lazy("One a line, written like the milestones."),
        widget=forms.Textarea(attrs=_ROWS),
        max_length=8000,
        required=False,
    )
    fields_asked = forms.CharField(
        label=gettext_lazy("Questions of this type"),
        help_text=gettext_lazy("One a line; they are answered in each activity of the type."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> TypeFacts:
        given = self.cleaned_data
        asked = [line.strip()[:200] for line in given["fields_asked"].splitlines()]
        return TypeFacts(
            given["title"],
            given["delivery"],
            given["minutes"],
            given["milestones"],
            given["documents"],
            [each for each in asked if each],
        )


def type_as_asked(kind: TypeOfActivity, version: int) -> dict[str, Any]:
    """A type as its form shows it."""
    return {
        "title": kind.title,
        "delivery": kind.delivery,
        "minutes": kind.minutes,
        "milestones": DueField.written(kind.milestones),
        "documents": DueField.written(kind.documents),
        "fields_asked": "\n".join(kind.fields),
        "seen_version": version,
    }


class AnswersForm(forms.Form):
    """The questions of a type, one field each."""

    def __init__(self, *args: Any, answers: Sequence[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [each.question for each in answers]
        for place, each in enumerate(answers):
            self.fields[f"answer_{place}"] = forms.CharField(
                label=each.question, initial=each.answer, max_length=500, required=False
            )

    def answers(self) -> dict[str, str]:
        return {
            question: self.cleaned_data[f"answer_{place}"]
            for place, question in enumerate(self.asked)
        }


class OrganiserForm(forms.Form):
    """Who stands for the activity beside us."""

    part = forms.ChoiceField(label=gettext_lazy("Part"), widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Organisation"), max_length=200)
    is_ineligible = forms.BooleanField(
        label=gettext_lazy(
            "It makes, markets, sells or distributes products used by or on patients"
        ),
        required=False,
    )

    def __init__(self, *args: Any, mode: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [(part.value, part.label) for part in _PARTS.get(mode, ())]
        self.fields["part"].choices = parts  # type: ignore[attr-defined]

    def facts(self) -> OrganiserFacts:
        return OrganiserFacts(**self.cleaned_data)


class ApprovalForm(forms.Form):
    """The council that approved the meeting for hours."""

    council = forms.CharField(label=gettext_lazy("Medical council"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Approval number"), max_length=80)

    def approval(self) -> CouncilApproval:
        return CouncilApproval(**self.cleaned_data)
