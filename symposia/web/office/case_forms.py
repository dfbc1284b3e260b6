"""Forms of a case: the values of the patient, and a step with its findings and options in place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.learning.cases.document import (
    MINUTES,
    MOST_FINDINGS,
    MOST_OPTIONS,
    MOST_TURNS,
    MOST_VALUES,
    POINTS,
    CaseAsking,
    CaseCompare,
    CaseDocument,
    CaseEffect,
    CaseFinding,
    CaseOption,
    CaseOutcome,
    CaseQuality,
    CaseStep,
    CaseTurn,
    PatientValue,
)
from symposia.learning.cases.editing import new_code
from symposia.web.office.case_fields import (
    QuietForm,
    area_field,
    choice_field,
    line_field,
    minutes_field,
    points_field,
)

NEW = "new"
_BLANK_VALUES, _FEWEST_OPTIONS = 3, 2


class ValuesForm(QuietForm):
    """The named values of the patient; a row without a name is left out."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, document: CaseDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = list(document.values)
        self.rows = min(len(self.known) + _BLANK_VALUES, MOST_VALUES)
        for number in range(self.rows):
            value = self.known[number] if number < len(self.known) else PatientValue("")
            for name, label, most in _OF_VALUE:
                field = line_field(str(label), most)
                field.initial = getattr(value, name)
                self.fields[f"v{number}_{name}"] = field

    def groups(self) -> list[list[forms.BoundField]]:
        """The fields, row by row."""
        return [
            [self[f"v{number}_{name}"] for name, _label, _most in _OF_VALUE]
            for number in range(self.rows)
        ]

    def values(self) -> list[PatientValue]:
        """The values as they are from now on, each under its code."""
        codes, found = [each.code for each in self.known], list[PatientValue]()
        for number in range(self.rows):
            said = {n: self.cleaned_data[f"v{number}_{n}"].strip() for n, _l, _m in _OF_VALUE}
            if not said["label"]:
                continue
            if number >= len(self.known):
                codes.append(new_code("v", codes))
            code = self.known[number].code if number < len(self.known) else codes[-1]
            found.append(PatientValue(code, **said))
        return found


_OF_VALUE = (
    ("label", gettext_lazy("Name"), 60),
    ("unit", gettext_lazy("Unit"), 60),
    ("start", gettext_lazy("At the start"), 60),
    ("low", gettext_lazy("Usual from"), 60),
    ("high", gettext_lazy("to"), 60),
)


@dataclass(frozen=True)
class Group:
    """The fields of one finding or option, as the page shows them together."""

    title: str
    is_new: bool
    # Shown at once: what is there, and what is needed first.
    is_open: bool
    fields: Sequence[forms.BoundField]
    effects: Sequence[forms.BoundField] = ()
    turns: Sequence[Sequence[forms.BoundField]] = ()


class StepForm(QuietForm):
    """A step with its findings and options; an empty one more of each is there to be filled in."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("What one sees and hears"),
        help_text=gettext_lazy(
            "{Lactate} is filled with the value of the patient. An empty line begins a paragraph, "
            "“- ” a line of a list; **strong**, *emphasised*."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )
    ending = forms.ChoiceField(
        label=gettext_lazy("How it goes on"),
        choices=[("", gettext_lazy("Something is decided here")), *CaseOutcome.choices],
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, document: CaseDocument, step: CaseStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document, self.step = document, step
        self.initial.update(title=step.title, text=step.text, ending=step.ending or "")
        more = 1 if len(step.findings) < MOST_FINDINGS else 0
        blank = CaseFinding(new_code("f", [each.code for each in step.findings]))
        self.findings = [*step.findings, *[blank] * more]
        self.options = list(step.options)
        wanted = max(_FEWEST_OPTIONS, min(len(self.options) + 1, MOST_OPTIONS))
        while len(self.options) < wanted:
            self.options.append(CaseOption(new_code("o", [each.code for each in self.options])))
        for number, finding in enumerate(self.findings):
            self._put(f"f{number}", _finding_fields(), finding)
        for number, option in enumerate(self.options):
            self._put(f"o{number}", self._option_fields(), option)
            self._put_effects(f"o{number}", option)
            self._put_turns(f"o{number}", option)

    def _put(self, prefix: str, fields: dict[str, forms.Field], of: Any) -> None:
        for name, field in fields.items():
            field.initial = getattr(of, name, None)
            self.fields[f"{prefix}_{name}"] = field

    def _option_fields(self) -> dict[str, forms.Field]:
        return {
            "label": line_field(_("What can be decided")),
            "quality": choice_field(_("How good it is"), CaseQuality.choices),
            "points": points_field(),
            "minutes": minutes_field(),
            "rationale": area_field(_("Why"), 3),
            "source": line_field(_("Reference")),
            "to": choice_field(_("Then comes"), [("", _("Choose …")), *self._steps(), _NEW_STEP]),
        }

    def _put_effects(self, prefix: str, option: CaseOption) -> None:
        for value in self.document.values:
            field = line_field(value.label, 60, placeholder=_("unchanged"))
            field.initial = option.effect_on(value.code)
            self.fields[f"{prefix}_v_{value.code}"] = field

    def _put_turns(self, prefix: str, option: CaseOption) -> None:
        """The conditions that there are, and one that may be added."""
        for number in range(min(len(option.turns) + 1, MOST_TURNS)):
            turn = option.turns[number] if number < len(option.turns) else None
            fields: dict[str, forms.Field] = {
                "value": choice_field(_("Unless"), [("", _("(no condition)")), *self._measured()]),
                "compare": choice_field(_("compares"), CaseCompare.choices),
                "than": line_field(_("with"), 60),
                "to": choice_field(_("then comes"), [("", _("Choose …")), *self._steps()]),
            }
            self._put(f"{prefix}_t{number}", fields, turn)

    def _steps(self) -> list[tuple[str, str]]:
        others = (each for each in self.document.steps if each.code != self.step.code)
        return [(each.code, each.title or each.code) for each in others]

    def _measured(self) -> list[tuple[str, str]]:
        named = [(each.code, each.label) for each in self.document.values]
        return [*named, (MINUTES, _("Minutes that passed")), (POINTS, _("Points so far"))]

    def finding_groups(self) -> Iterator[Group]:
        """Each finding with its fields."""
        for number, finding in enumerate(self.findings):
            fields = [self[f"f{number}_{name}"] for name in _finding_fields()]
            is_open = bool(finding.label) or any(each.errors for each in fields)
            yield Group(finding.label, not finding.label, is_open, fields)

    def option_groups(self) -> Iterator[Group]:
        """Each option with its fields, what it does to the patient, and its conditions."""
        for number, option in enumerate(self.options):
            prefix = f"o{number}_"
            fields = [self[f"{prefix}{name}"] for name in self._option_fields()]
            effects = [self[name] for name in self.fields if name.startswith(f"{prefix}v_")]
            turns = [
                [self[f"{prefix}t{place}_{name}"] for name in ("value", "compare", "than", "to")]
                for place in range(MOST_TURNS)
                if f"{prefix}t{place}_value" in self.fields
            ]
            is_open = number < _FEWEST_OPTIONS or bool(option.label)
            is_open |= any(each.errors for each in fields)
            yield Group(option.label, not option.label, is_open, fields, effects, turns)

    def written(self) -> tuple[CaseStep, list[str]]:
        """The step as it is from now on, and for each option that leads to a new step its title."""
        said = self.cleaned_data
        is_end = bool(said["ending"])
        options = [
            self._option(number, option)
            for number, option in enumerate(self.options)
            if said[f"o{number}_label"] and not is_end
        ]
        titles = [each.label if each.to == NEW else "" for each in options]
        step = CaseStep(
            self.step.code,
            " ".join(said["title"].split()),
            said["text"].strip(),
            CaseOutcome(said["ending"]) if is_end else None,
            () if is_end else tuple(self._findings()),
            tuple(options),
        )
        return step, titles

    def _findings(self) -> Iterator[CaseFinding]:
        said = self.cleaned_data
        for number, finding in enumerate(self.findings):
            if said[f"f{number}_label"]:
                yield CaseFinding(
                    finding.code,
                    CaseAsking(said[f"f{number}_kind"] or CaseAsking.HISTORY),
                    said[f"f{number}_label"],
                    said[f"f{number}_shows"].strip(),
                    said[f"f{number}_points"] or 0,
                    said[f"f{number}_minutes"] or 0,
                )

    def _option(self, number: int, option: CaseOption) -> CaseOption:
        said, prefix = self.cleaned_data, f"o{number}_"
        effects = (
            CaseEffect(each.code, does)
            for each in self.document.values
            if (does := said[f"{prefix}v_{each.code}"].strip())
        )
        turns = (
            CaseTurn(
                said[f"{prefix}t{place}_value"],
                CaseCompare(said[f"{prefix}t{place}_compare"] or CaseCompare.IS),
                said[f"{prefix}t{place}_than"].strip(),
                said[f"{prefix}t{place}_to"],
            )
            for place in range(MOST_TURNS)
            if said.get(f"{prefix}t{place}_value")
        )
        return CaseOption(
            option.code,
            said[f"{prefix}label"],
            CaseQuality(said[f"{prefix}quality"] or CaseQuality.POSSIBLE),
            said[f"{prefix}points"] or 0,
            said[f"{prefix}minutes"] or 0,
            said[f"{prefix}rationale"].strip(),
            said[f"{prefix}source"],
            said[f"{prefix}to"],
            tuple(effects),
            tuple(turns),
        )


_NEW_STEP = (NEW, gettext_lazy("a new step"))


def _finding_fields() -> dict[str, forms.Field]:
    return {
        "label": line_field(_("What is asked for")),
        "kind": choice_field(_("How one gets to know it"), CaseAsking.choices),
        "shows": area_field(_("What it shows"), 2),
        "points": points_field(),
        "minutes": minutes_field(),
    }
