"""The fields of a question of the bank, by its kind."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.assessment.actions.bank import QuestionFacts
from symposia.assessment.models import BankKind, BankQuestion, CreditRule
from symposia.assessment.queries.bank import Worded
from symposia.assessment.wording import OptionFacts, Wording
from symposia.curriculum.models import Objective
from symposia.curriculum.queries.guidelines import current_guidelines

IN_PARTS = (BankKind.MULTIPLE, BankKind.ORDER, BankKind.MATCH)
_KIND_NOTES = {
    BankKind.SINGLE: gettext_lazy("One answer of several is right."),
    BankKind.MULTIPLE: gettext_lazy("Several answers are right; each right one may count."),
    BankKind.ORDER: gettext_lazy("Steps are put in order. Write them in the right one."),
    BankKind.MATCH: gettext_lazy("Each left side has its right side."),
    BankKind.NUMERIC: gettext_lazy("A number with a tolerance and a unit."),
    BankKind.SHORT: gettext_lazy("A few words; write every form that is right."),
}
_FROM_AREA = {"rows": 2}


def kinds_offered() -> list[dict[str, str]]:
    """Each kind with what it is for."""
    return [
        {"code": kind.value, "label": str(kind.label), "note": str(_KIND_NOTES[kind])}
        for kind in BankKind
    ]


class QuestionForm(forms.Form):
    """The words of a question, what it is about, and what is right of a number."""

    text = forms.CharField(
        label=gettext_lazy("Question"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    value = forms.DecimalField(
        label=gettext_lazy("Right number"), max_digits=18, decimal_places=6, required=False
    )
    tolerance = forms.DecimalField(
        label=gettext_lazy("Tolerance"),
        help_text=gettext_lazy("How far off is right too. Nothing means exactly."),
        max_digits=18,
        decimal_places=6,
        required=False,
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=40, required=False)
    rule = forms.ChoiceField(
        label=gettext_lazy("Partly right"), choices=CreditRule.choices, required=False
    )
    rationale = forms.CharField(
        label=gettext_lazy("Why the answer is right"),
        widget=forms.Textarea(attrs=_FROM_AREA),
        max_length=4000,
        required=False,
    )
    reference = forms.CharField(
        label=gettext_lazy("Where that stands"), max_length=500, required=False
    )
    objective = forms.ChoiceField(label=gettext_lazy("Objective it measures"), required=False)
    guideline = forms.ChoiceField(label=gettext_lazy("Guideline it cites"), required=False)
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("With commas between them. A test draws questions by them."),
        max_length=400,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, kind: BankKind, *args: Any, question: BankQuestion | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self._objectives = {str(o.pk): o for o in Objective.objects.choosable()}
        self._guidelines = {str(g.pk): g for g in current_guidelines()}
        if question and question.objective:
            self._objectives.setdefault(str(question.objective_id), question.objective)
        if question and question.guideline:
            self._guidelines.setdefault(str(question.guideline_id), question.guideline)
        _offer(self.fields["objective"], self._objectives)
        _offer(self.fields["guideline"], self._guidelines)
        if kind != BankKind.NUMERIC:
            for name in ("value", "tolerance", "unit"):
                del self.fields[name]
        if kind not in IN_PARTS:
            del self.fields["rule"]

    def facts(self) -> QuestionFacts:
        said = self.cleaned_data
        return QuestionFacts(
            self._objectives.get(said["objective"]),
            self._guidelines.get(said["guideline"]),
            tuple(said["tags"].split(",")),
        )

    def wording(self, options: Sequence[OptionFacts]) -> Wording:
        said = self.cleaned_data
        return Wording(
            kind=self.kind,
            text=said["text"],
            options=tuple(options),
            rule=CreditRule(said.get("rule") or CreditRule.WHOLE),
            value=said.get("value"),
            tolerance=said.get("tolerance"),
            unit=said.get("unit") or "",
            rationale=said["rationale"],
            reference=said["reference"],
        )


def _offer(field: forms.Field, rows: dict[str, Any]) -> None:
    choices = [("", _("none")), *((pk, str(each)) for pk, each in rows.items())]
    cast(forms.ChoiceField, field).choices = choices


class OptionForm(forms.Form):
    """One answer; one without words is left out."""

    text = forms.CharField(label=gettext_lazy("Answer"), max_length=500, required=False)
    is_right = forms.BooleanField(label=gettext_lazy("This one is right"), required=False)
    partner = forms.CharField(
        label=gettext_lazy("What belongs to it"), max_length=500, required=False
    )
    rationale = forms.CharField(
        label=gettext_lazy("Why it is right or wrong"), max_length=1000, required=False
    )
    reference = forms.CharField(
        label=gettext_lazy("Where that stands"), max_length=500, required=False
    )

    def __init__(self, *args: Any, kind: BankKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in {BankKind.SINGLE, BankKind.MULTIPLE}:
            del self.fields["is_right"]
        if kind != BankKind.MATCH:
            del self.fields["partner"]

    def facts(self) -> OptionFacts:
        said = self.cleaned_data
        return OptionFacts(
            said["text"],
            said.get("is_right", False),
            said.get("partner", ""),
            said["rationale"],
            said["reference"],
        )


class OptionFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # of its one form
    """The answers in their order, without those taken out."""

    def options(self) -> list[OptionFacts]:
        kept = [form for form in self.forms if form.cleaned_data.get("text", "").strip()]
        kept = [form for form in kept if not form.cleaned_data.get("DELETE")]
        last = len(self.forms) + 1
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or last)
        return [form.facts() for form in kept]


def _answers(extra: int) -> type[OptionFormSet]:
    made = forms.formset_factory(
        OptionForm,
        formset=OptionFormSet,
        extra=extra,
        can_order=True,
        can_delete=True,
        max_num=20,
        validate_max=True,
    )
    return cast(type[OptionFormSet], made)


NewOptions, OptionForms = _answers(4), _answers(1)


def first_of(worded: Worded) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the fields of a question and of its answers begin with."""
    version, question = worded.version, worded.question
    first: dict[str, Any] = {
        name: getattr(version, name)
        for name in ("text", "value", "tolerance", "unit", "rule", "rationale", "reference")
    }
    first |= {
        "objective": str(question.objective_id or ""),
        "guideline": str(question.guideline_id or ""),
        "tags": ", ".join(question.tags),
        "seen_version": question.version,
    }
    names = ("text", "is_right", "partner", "rationale", "reference")
    return first, [{name: getattr(each, name) for name in names} for each in worded.options]
