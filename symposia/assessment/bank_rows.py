"""Questions as the rows of a file: which columns there are, and what each row says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.assessment.models import BankKind, CreditRule
from symposia.assessment.scoring import number_of
from symposia.assessment.wording import Wording, options_from_lines
from symposia.shared.sheets import unquoted
from symposia.work.imports.fields import TargetField, plain

KIND = "questions"
MOST_ROWS = 1_000
FIELDS = (
    TargetField(
        "number", _("Number"), (), _("Of a question that is there already: it is reworded.")
    ),
    TargetField("question", _("Question"), ("text", "stem"), _("What is asked.")),
    TargetField(
        "kind", _("Kind"), ("type",), _("single, multiple, order, match, numeric or short.")
    ),
    TargetField(
        "answers",
        _("Answers"),
        ("options",),
        _("One a line: [x] right, [ ] wrong; steps in order; left => right; accepted words."),
    ),
    TargetField("value", _("Right number"), ("right",), _("Of kind numeric.")),
    TargetField("tolerance", _("Tolerance"), (), _("How far off is right too.")),
    TargetField("unit", _("Unit"), (), _("Such as mg/dL.")),
    TargetField("rule", _("Partly right"), ("credit",), _("whole or parts.")),
    TargetField("why", _("Why"), ("rationale",), _("Why the answer is right.")),
    TargetField("source", _("Source"), ("reference",), _("Where that stands.")),
    TargetField("objective", _("Objective"), (), _("Its words, as they stand in the list.")),
    TargetField("guideline", _("Guideline"), (), _("Its number.")),
    TargetField("tags", _("Tags"), ("tag",), _("With commas between them.")),
)
NO_KIND, NO_NUMBER, NO_OBJECTIVE, NO_GUIDELINE, UNKNOWN, REFUSED = (
    *("kind", "number", "objective", "guideline", "unknown", "refused"),
)
NOT_OUR_KIND, MEDIA, NO_QTI = "interaction", "media", "item"
REASONS: dict[str, str | Promise] = {
    NO_KIND: _("Nobody knows this kind"),
    NO_NUMBER: _("This is no number"),
    NO_OBJECTIVE: _("There is no such objective"),
    NO_GUIDELINE: _("There is no such guideline"),
    UNKNOWN: _("There is no question of this number"),
    REFUSED: _("A rule says no"),
    NOT_OUR_KIND: _("No single choice, order, match or text entry: not one of our kinds"),
    MEDIA: _("It holds pictures, sound or formulas"),
    NO_QTI: _("This file of the package cannot be read as an item"),
}
_RULES = {plain(each.value): each for each in CreditRule} | {
    plain(str(each.label)): each for each in CreditRule
}


@dataclass(frozen=True)
class RowWish:
    """What one row of a file asks for, or why nobody can know."""

    line: int
    number: str
    wording: Wording | None
    objective: str = ""
    guideline: str = ""
    tags: tuple[str, ...] = ()
    problem: str = ""
    label: str = ""


def wishes_of(rows: Iterable[Sequence[str]], columns: Mapping[str, int]) -> Iterator[RowWish]:
    """The rows of a table as wishes, empty ones left out; lines count the header as the first."""
    kinds = _kinds()
    for line, row in enumerate(rows, start=2):
        said = {
            name: unquoted(row[place].strip()) if place < len(row) else ""
            for name, place in columns.items()
        }
        if any(said.values()):
            yield _wish(line, said, kinds)


def _kinds() -> dict[str, BankKind]:
    """Each kind by its code, and by its label in the reader's language."""
    found = {plain(each.value): each for each in BankKind}
    return found | {plain(str(each.label)): each for each in BankKind}


def _wish(line: int, said: Mapping[str, str], kinds: Mapping[str, BankKind]) -> RowWish:
    label, number = said.get("question", "")[:200], said.get("number", "").upper()[:20]
    kind = kinds.get(plain(said.get("kind", "")))
    if kind is None:
        return RowWish(line, number, None, problem=NO_KIND, label=label)
    value, tolerance = (_decimal(said.get(name, "")) for name in ("value", "tolerance"))
    if "wrong" in {value, tolerance}:
        return RowWish(line, number, None, problem=NO_NUMBER, label=label)
    wording = Wording(
        kind=kind,
        text=said.get("question", ""),
        options=options_from_lines(kind, said.get("answers", "")),
        rule=_RULES.get(plain(said.get("rule", "")), CreditRule.WHOLE),
        value=value if isinstance(value, Decimal) else None,
        tolerance=tolerance if isinstance(tolerance, Decimal) else None,
        unit=said.get("unit", "")[:40],
        rationale=said.get("why", ""),
        reference=said.get("source", "")[:500],
    )
    tags = tuple(each for each in said.get("tags", "").split(",") if each.strip())
    asked = (said.get("objective", ""), said.get("guideline", ""))
    return RowWish(line, number, wording, *asked, tags, label=label)


def _decimal(text: str) -> Decimal | str | None:
    """The number of a cell; nothing for an empty one, a word for what is none."""
    if not text:
        return None
    found = number_of(text)
    return "wrong" if found is None else found
