"""A version before it belongs to a question: what a page, a file or the API hands in; and the
lines in which a file writes its answers.

    [x] Alteplase // It dissolves the clot. // Stroke Council 2019      a choice that is right
    [ ] Heparin                                                         one that is not
    Airway                                                              a step, in its right place
    Aspirin => Antiplatelet                                             a pair
    atrial fibrillation                                                 words that are right

After `//` comes why, then where that stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from symposia.assessment.models import BankKind, BankOption, BankVersion, CreditRule
from symposia.assessment.scoring import AnswerKey

RIGHT, WRONG, PAIR, APART = "[x]", "[ ]", "=>", "//"
_CHOICES = (BankKind.SINGLE, BankKind.MULTIPLE)
# What can be right in part.
_IN_PARTS = (BankKind.MULTIPLE, BankKind.ORDER, BankKind.MATCH)


@dataclass(frozen=True)
class OptionFacts:
    """One answer: what it says, whether it is right, what belongs to it, why, and where from."""

    text: str
    is_right: bool = False
    partner: str = ""
    rationale: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Wording:
    """What a version says."""

    kind: BankKind
    text: str
    options: tuple[OptionFacts, ...] = ()
    rule: CreditRule = CreditRule.WHOLE
    value: Decimal | None = None
    tolerance: Decimal | None = None
    unit: str = ""
    rationale: str = ""
    reference: str = ""


def tidied(wording: Wording) -> Wording:
    """The same without blanks at its ends, and without what its kind does not have."""
    is_number = wording.kind == BankKind.NUMERIC
    return replace(
        wording,
        text=wording.text.strip(),
        options=() if is_number else tuple(_tidied(wording.kind, o) for o in wording.options),
        rule=wording.rule if wording.kind in _IN_PARTS else CreditRule.WHOLE,
        value=wording.value if is_number else None,
        tolerance=wording.tolerance if is_number and wording.value is not None else None,
        unit=wording.unit.strip() if is_number else "",
        rationale=wording.rationale.strip(),
        reference=wording.reference.strip(),
    )


def _tidied(kind: BankKind, each: OptionFacts) -> OptionFacts:
    return OptionFacts(
        text=each.text.strip(),
        is_right=each.is_right if kind in _CHOICES else True,
        partner=each.partner.strip() if kind == BankKind.MATCH else "",
        rationale=each.rationale.strip(),
        reference=each.reference.strip(),
    )


def options_from_lines(kind: BankKind, text: str) -> tuple[OptionFacts, ...]:
    """The answers that the lines of a cell say."""
    lines = [line.strip() for line in text.splitlines()]
    return tuple(_from_line(kind, line) for line in lines if line)


def _from_line(kind: BankKind, line: str) -> OptionFacts:
    said, *more = [part.strip() for part in line.split(APART)]
    rationale = more[0] if more else ""
    # An address has the same two strokes in it.
    reference = APART.join(more[1:]).replace(f":{APART} ", f":{APART}")
    if kind in _CHOICES:
        is_right = said[:3].casefold() == RIGHT
        words = said[3:].strip() if said[:3].casefold() in {RIGHT, WRONG} else said
        return OptionFacts(words, is_right, "", rationale, reference)
    if kind == BankKind.MATCH:
        left, _sign, right = said.partition(PAIR)
        return OptionFacts(left.strip(), True, right.strip(), rationale, reference)
    return OptionFacts(said, True, "", rationale, reference)


def lines_of(kind: BankKind | str, options: Sequence[BankOption | OptionFacts]) -> str:
    """The answers as a file writes them."""
    return "\n".join(_as_line(BankKind(kind), each) for each in options)


def _as_line(kind: BankKind, each: BankOption | OptionFacts) -> str:
    said = each.text
    if kind in _CHOICES:
        said = f"{RIGHT if each.is_right else WRONG} {said}"
    elif kind == BankKind.MATCH:
        said = f"{said} {PAIR} {each.partner}"
    parts = [said, each.rationale, each.reference]
    while parts and not parts[-1]:
        parts.pop()
    return f" {APART} ".join(" ".join(part.split()) for part in parts)


def wording_of(
    kind: BankKind | str, version: BankVersion, options: Sequence[BankOption]
) -> Wording:
    """What a kept version says, to be compared or written again."""
    return Wording(
        kind=BankKind(kind),
        text=version.text,
        options=tuple(
            OptionFacts(o.text, o.is_right, o.partner, o.rationale, o.reference) for o in options
        ),
        rule=CreditRule(version.rule),
        value=version.value,
        tolerance=version.tolerance,
        unit=version.unit,
        rationale=version.rationale,
        reference=version.reference,
    )


def key_of(kind: BankKind | str, version: BankVersion, options: Sequence[BankOption]) -> AnswerKey:
    """What is right, as scoring asks for it."""
    kind = BankKind(kind)
    named = {
        BankKind.ORDER: tuple(o.text for o in options),
        BankKind.MATCH: tuple(o.partner for o in options),
    }
    return AnswerKey(
        kind=kind,
        rule=CreditRule(version.rule),
        right=frozenset(o.position for o in options if o.is_right),
        count=len(options),
        alike=named.get(kind, ()),
        accepted=tuple(o.text for o in options) if kind == BankKind.SHORT else (),
        value=version.value,
        tolerance=version.tolerance or Decimal(0),
        unit=version.unit,
    )
