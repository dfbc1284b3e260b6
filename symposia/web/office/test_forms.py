"""The fields of a test: how it is taken, and the parts it is made of."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.assessment.actions.tests import TestFacts
from symposia.assessment.models import Feedback, KnowledgeTest, PartOfTest, Purpose
from symposia.assessment.policies.tests import PartFacts
from symposia.assessment.queries.bank import question_of_number
from symposia.curriculum.models import Objective
from symposia.registrations.models import Registration

MORE = 3


class FactsForm(forms.Form):
    """How a test is taken and how it counts."""

    pass_mark = forms.IntegerField(
        label=gettext_lazy("Passed with, in per cent of the points"),
        help_text=gettext_lazy("Learners read it before they begin. Empty: nobody fails."),
        min_value=1,
        max_value=100,
        required=False,
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("Credit waits for this test"), required=False
    )
    attempts = forms.IntegerField(label=gettext_lazy("Attempts"), min_value=1, max_value=20)
    wait_hours = forms.IntegerField(
        label=gettext_lazy("Hours between attempts"), min_value=0, max_value=2000, required=False
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes for one attempt"),
        help_text=gettext_lazy("Empty: as much as somebody needs."),
        min_value=1,
        max_value=1000,
        required=False,
    )
    feedback = forms.ChoiceField(
        label=gettext_lazy("Right answers are shown"),
        choices=Feedback.choices,
        widget=forms.RadioSelect,
    )
    shuffles_questions = forms.BooleanField(
        label=gettext_lazy("Questions in another order for each attempt"), required=False
    )
    shuffles_options = forms.BooleanField(
        label=gettext_lazy("Answers in another order for each attempt"), required=False
    )
    after_days = forms.IntegerField(
        label=gettext_lazy("Days after the end of the activity"),
        min_value=0,
        max_value=1000,
        required=False,
    )
    what_next = forms.CharField(
        label=gettext_lazy("What whoever has used the last attempt reads"),
        help_text=gettext_lazy("What comes next, such as whom to write to."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, test: KnowledgeTest, data: Any = None) -> None:
        names = [name for name in self.base_fields if name != "seen_version"]
        first = {name: getattr(test, name) for name in names}
        first["seen_version"] = test.version
        super().__init__(data, initial=first)
        if test.purpose != Purpose.FOLLOW_UP:
            del self.fields["after_days"]
        if test.purpose != Purpose.POST:
            del self.fields["is_required"]

    def facts(self) -> TestFacts:
        said = {k: v for k, v in self.cleaned_data.items() if k != "seen_version"}
        said["wait_hours"] = said["wait_hours"] or 0
        said["after_days"] = said.get("after_days") or 0
        return TestFacts(**said)


class PartForm(forms.Form):
    """One question by its number, or so many of a pool; an empty one is left out."""

    question = forms.CharField(
        label=gettext_lazy("Question, by its number"),
        widget=forms.TextInput(attrs={"list": "bank-questions", "autocomplete": "off"}),
        max_length=20,
        required=False,
    )
    tag = forms.CharField(
        label=gettext_lazy("Or drawn from those with the tag"),
        widget=forms.TextInput(attrs={"list": "bank-tags", "autocomplete": "off"}),
        max_length=40,
        required=False,
    )
    objective = forms.ChoiceField(label=gettext_lazy("And with the objective"), required=False)
    count = forms.IntegerField(
        label=gettext_lazy("How many are drawn"), min_value=1, max_value=100, required=False
    )

    def __init__(self, *args: Any, objectives: Sequence[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._objectives = {str(each.pk): each for each in objectives}
        choices = [("", _("any")), *((pk, str(o)) for pk, o in self._objectives.items())]
        cast(forms.ChoiceField, self.fields["objective"]).choices = choices

    def clean_question(self) -> Any:
        number = self.cleaned_data["question"]
        found = question_of_number(number) if number else None
        if number and found is None:
            raise forms.ValidationError(_("There is no question of this number."))
        return found

    @property
    def is_said(self) -> bool:
        said = self.cleaned_data
        return bool(said.get("question") or said.get("tag") or said.get("objective"))

    def facts(self) -> PartFacts:
        said = self.cleaned_data
        if said["question"]:
            return PartFacts(said["question"])
        objective = self._objectives.get(said["objective"])
        return PartFacts(None, said["tag"], objective, said["count"] or 1)


class PartFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # of its one form
    """The parts in their order, without those taken out."""

    def parts(self) -> list[PartFacts]:
        kept = [form for form in self.forms if form.is_said]
        kept = [form for form in kept if not form.cleaned_data.get("DELETE")]
        last = len(self.forms) + 1
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or last)
        return [form.facts() for form in kept]


PartForms = cast(
    type[PartFormSet],
    forms.formset_factory(
        PartForm,
        formset=PartFormSet,
        extra=MORE,
        can_order=True,
        can_delete=True,
        max_num=100,
        validate_max=True,
    ),
)


def first_of_parts(parts: Sequence[PartOfTest]) -> list[dict[str, Any]]:
    """What the fields of the parts begin with."""
    return [
        {
            "question": part.question.number if part.question else "",
            "tag": part.tag,
            "objective": str(part.objective_id or ""),
            "count": part.count if part.question is None else None,
        }
        for part in parts
    ]


class AllowanceForm(forms.Form):
    """Whom to allow more, how much, and why."""

    person = forms.ChoiceField(label=gettext_lazy("Learner"))
    minutes = forms.IntegerField(
        label=gettext_lazy("More minutes for each attempt"),
        min_value=0,
        max_value=600,
        required=False,
    )
    attempts = forms.IntegerField(
        label=gettext_lazy("More attempts"), min_value=0, max_value=10, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Such as an adjustment that was agreed. No diagnosis."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )

    def __init__(self, people: Sequence[Registration], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), each.clinician.called) for each in people]
        cast(forms.ChoiceField, self.fields["person"]).choices = choices
