"""Forms of the editor of rules: a table as a table, its worked examples beside it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.compliance.drafts import CaseEdit, RowEdit, RuleEdit, ValueEdit
from symposia.compliance.judging import UNKNOWN, Proof
from symposia.compliance.models import Confidence, Result
from symposia.compliance.packfile import Pack, Parameter, Rule

_SMALL = forms.Textarea(attrs={"rows": 2})
_OWN = "own."


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, required=required, help_text=hint)


class VersionForm(forms.Form):
    """What a new version begins from, its number, its day and why."""

    base = forms.ChoiceField(label=gettext_lazy("Begin from"))
    version = forms.CharField(label=gettext_lazy("Version"), max_length=20)
    effective_from = day_field(gettext_lazy("Applies from"))
    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class FileForm(forms.Form):
    """The text of a pack's file."""

    text = forms.CharField(
        label=gettext_lazy("Text of the pack"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=500_000,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class HeadForm(forms.Form):
    """What a draft is called and when it begins."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    effective_from = day_field(gettext_lazy("Applies from"))
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)


class ValueForm(forms.Form):
    """A value from a day on; the one before it ends there."""

    value = forms.CharField(label=gettext_lazy("Value"), max_length=60)
    key = forms.CharField(
        label=gettext_lazy("For"),
        help_text=gettext_lazy("A country, or country/meal, such as DK/lunch."),
        max_length=40,
        required=False,
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=20, required=False)
    effective_from = day_field(gettext_lazy("From"))
    citation = forms.CharField(
        label=gettext_lazy("Source"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
    confidence = forms.ChoiceField(label=gettext_lazy("How sure"), choices=Confidence.choices)
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, parameter: Parameter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not parameter.keyed_by:
            del self.fields["key"]

    def edit(self) -> ValueEdit:
        return ValueEdit(**_without_revision(self))


class RuleForm(forms.Form):
    """The words of a rule."""

    title = forms.CharField(label=gettext_lazy("What it asks"), max_length=200)
    severity = forms.ChoiceField(
        label=gettext_lazy("At most it"), choices=[c for c in Result.choices if c[0] != "pass"]
    )
    citation = forms.CharField(label=gettext_lazy("Source"), widget=_SMALL, max_length=2000)
    confidence = forms.ChoiceField(label=gettext_lazy("How sure"), choices=Confidence.choices)
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)


class RowForm(forms.Form):
    """A row of the table; emptied cells always hold, a row taken out is gone."""

    ORDER = forms.IntegerField(label=gettext_lazy("Order"), required=False, min_value=1)
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=Result.choices)
    message = forms.CharField(
        label=gettext_lazy("Sentence"), widget=_SMALL, max_length=500, required=False
    )
    say = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    taken_out = forms.BooleanField(label=gettext_lazy("Take out"), required=False)

    def __init__(self, columns: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [f"when_{place}" for place, _name in enumerate(columns)]
        for name, label in zip(self.names, columns, strict=True):
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=500, widget=_SMALL
            )

    @property
    def cells(self) -> list[Any]:
        return [self[name] for name in self.names]

    def edit(self) -> RowEdit | None:
        said = self.cleaned_data
        if said["taken_out"] or not said["message"]:
            return None
        when = tuple(said[name] for name in self.names)
        return RowEdit(when, said["result"], said["message"], said["say"])


class CaseForm(forms.Form):
    """A worked example: these facts, on this day, meet this row."""

    name = forms.CharField(label=gettext_lazy("Example"), max_length=120, required=False)
    on = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    facts = forms.CharField(
        label=gettext_lazy("Facts"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    say = forms.ChoiceField(label=gettext_lazy("Must answer"), required=False)
    boundary = forms.BooleanField(label=gettext_lazy("On the edge"), required=False)
    taken_out = forms.BooleanField(label=gettext_lazy("Take out"), required=False)

    def __init__(self, says: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["say"].choices = [*says, (UNKNOWN, _("Not known yet"))]  # type: ignore[attr-defined]
        self.proof: Proof | None = None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("name") and not said.get("on"):
            self.add_error("on", _("Say on which day."))
        return said

    def edit(self) -> CaseEdit | None:
        said = self.cleaned_data
        if said["taken_out"] or not said["name"]:
            return None
        facts, own = facts_in(said["facts"])
        return CaseEdit(said["name"], said["on"], facts, own, said["say"], said["boundary"])


def facts_in(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Lines `name = value`; `own.name = value` is what the organisation has set."""
    facts: dict[str, Any] = {}
    own: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, value = (part.strip() for part in line.partition("="))
        if not (name and equals):
            continue
        if name.startswith(_OWN):
            own[name.removeprefix(_OWN)] = value.strip('"')
        else:
            facts[name] = _read(value)
    return facts, own


def _read(value: str) -> Any:
    if value in {"yes", "no"}:
        return value == "yes"
    try:
        return json.loads(value)
    except ValueError:
        return value


def facts_as_lines(facts: Mapping[str, Any], own: Mapping[str, str]) -> str:
    """The same lines back, so that reading them gives the same facts."""
    lines = [f"{name} = {_written(value)}" for name, value in facts.items()]
    return "\n".join(lines + [f"{_OWN}{name} = {value}" for name, value in own.items()])


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return json.dumps(value, ensure_ascii=False)


class RuleEditor:
    """A rule with its table and examples as forms, empty ones at the end for what is new."""

    def __init__(self, pack: Pack, rule: Rule, revision: int, data: Any = None) -> None:
        self.rule = rule
        first = {
            "title": rule.title,
            "severity": rule.severity,
            "citation": rule.citation,
            "confidence": rule.confidence,
            "seen_revision": revision,
        }
        self.words = RuleForm(data, initial=first)
        self.rows = list(self._rows(rule, data))
        self.cases = list(self._cases(pack, rule, data))

    def _rows(self, rule: Rule, data: Any) -> Iterator[RowForm]:
        table = rule.table
        columns = [column.name for column in table.columns] if table else []
        rows = list(table.rows) if table else []
        for place in range(_asked(data, "r", len(rows) + 1)):
            row = rows[place] if place < len(rows) else None
            first = {"ORDER": place + 1, "result": "warn"}
            if row:
                first |= {"result": row.result, "message": rule.messages[row.say], "say": row.say}
                first |= {f"when_{column}": cell for column, cell in enumerate(row.when)}
            yield RowForm(columns, data, prefix=f"r{place}", initial=first)

    def _cases(self, pack: Pack, rule: Rule, data: Any) -> Iterator[CaseForm]:
        cases = [case for case in pack.cases if case.rule == rule.code]
        says = [(say, message[:80]) for say, message in rule.messages.items()]
        for place in range(_asked(data, "k", len(cases) + 1)):
            case = cases[place] if place < len(cases) else None
            first = case.model_dump(include={"name", "on", "say", "boundary"}) if case else {}
            if case:
                first["facts"] = facts_as_lines(case.facts, case.own)
            yield CaseForm(says, data, prefix=f"k{place}", initial=first)

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in (self.words, *self.rows, *self.cases))

    def edit(self) -> RuleEdit:
        said = _without_revision(self.words)
        ordered = sorted(self.rows, key=lambda form: form.cleaned_data["ORDER"] or 999)
        rows = [row for form in ordered if (row := form.edit())]
        cases = [case for form in self.cases if (case := form.edit())]
        return RuleEdit(**said, rows=rows, cases=cases)


def _without_revision(form: forms.Form) -> dict[str, Any]:
    """What was written; the revision that was seen is for the action alone."""
    return {name: said for name, said in form.cleaned_data.items() if name != "seen_revision"}


def _asked(data: Any, letter: str, at_least: int) -> int:
    """How many forms were sent; never more than a page holds."""
    if data is None:
        return at_least
    sent = sum(1 for name in data if name.startswith(letter) and name.endswith("-taken_out_shown"))
    return max(at_least, min(sent, 200))
