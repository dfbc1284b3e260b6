"""What an answer earns: pure arithmetic over a key and what was given, no query and no clock.

A question gives one point. The rule of its version says what an answer earns that is right in
part; numbers, words and single choices are right or wrong.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from symposia.assessment.models import BankKind, CreditRule

NOTHING, POINT = Decimal(0), Decimal(1)
_STEP = Decimal("0.0001")
_SPACES = re.compile(r"\s+")
# What a number may look like: digits with one sign for the fraction.
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")
# One and a half, or one and a half thousand: nobody knows.
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True)
class AnswerKey:
    """What is right: positions of right choices, how many answers there are, accepted words, or a
    number with its tolerance and unit."""

    kind: BankKind
    rule: CreditRule = CreditRule.WHOLE
    right: frozenset[int] = frozenset()
    count: int = 0
    # Of an order, the places whose words are the same are worth the same.
    alike: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    value: Decimal | None = None
    tolerance: Decimal = NOTHING
    unit: str = ""


@dataclass(frozen=True)
class Chosen:
    """What a learner gave: positions in their order, or words."""

    positions: tuple[int, ...] = ()
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(self.positions) and not self.text.strip()


def score(key: AnswerKey, given: Chosen) -> Decimal:
    """Points from nothing to one, rounded half up to four places."""
    if given.is_empty:
        return NOTHING
    match key.kind:
        case BankKind.SINGLE | BankKind.MULTIPLE:
            return _of_choices(key, given)
        case BankKind.ORDER | BankKind.MATCH:
            return _of_places(key, given)
        case BankKind.NUMERIC:
            return POINT if _is_right_number(key, given.text) else NOTHING
        case BankKind.SHORT:
            said = plain_words(given.text)
            return POINT if said in {plain_words(each) for each in key.accepted} else NOTHING
    raise AssertionError(key.kind)


def _of_choices(key: AnswerKey, given: Chosen) -> Decimal:
    chosen = frozenset(given.positions)
    if chosen == key.right:
        return POINT
    if key.kind == BankKind.SINGLE or key.rule == CreditRule.WHOLE:
        return NOTHING
    earned = len(chosen & key.right) - len(chosen - key.right)
    return _share(max(0, earned), len(key.right))


def _of_places(key: AnswerKey, given: Chosen) -> Decimal:
    """An order or pairs: how many stand where they belong."""
    names = key.alike or tuple(map(str, range(1, key.count + 1)))
    named = [names[each - 1] if 1 <= each <= len(names) else "" for each in given.positions]
    hits = sum(a == b for a, b in zip(named, names, strict=False))
    if hits == key.count and len(named) == key.count:
        return POINT
    return NOTHING if key.rule == CreditRule.WHOLE else _share(hits, key.count)


def _is_right_number(key: AnswerKey, text: str) -> bool:
    value = key.value
    if value is None:
        return False
    return any(abs(each - value) <= key.tolerance for each in _readings(text, key.unit))


def number_of(text: str) -> Decimal | None:
    """The number that somebody typed, with a point or a comma; nothing for what could be read in
    two ways."""
    found = _readings(text)
    return found[0] if len(found) == 1 else None


def _readings(text: str, unit: str = "") -> list[Decimal]:
    """What somebody typed, with or without its unit, as a number: of a learner either reading
    counts, since only the question says which one was meant."""
    said = text.strip()
    if unit and said.casefold().endswith(unit.casefold()):
        said = said[: -len(unit)].strip()
    said = said.replace("\u2212", "-")
    if not _NUMBER.fullmatch(said):
        return []
    fraction = Decimal(said.replace(",", "."))
    return [fraction, fraction * 1000] if _TWO_WAYS.fullmatch(said) else [fraction]


def plain_words(text: str) -> str:
    """Words as they are compared: letters of any width and case alike, one space, no full stop."""
    said = unicodedata.normalize("NFKC", text).casefold()
    return _SPACES.sub(" ", said).strip(" .")


def _share(part: int, whole: int) -> Decimal:
    if not whole:
        return NOTHING
    return (Decimal(part) / whole).quantize(_STEP, ROUND_HALF_UP)


def percent_of(points: Sequence[Decimal]) -> Decimal:
    """What points come to in per cent of one point each, rounded half up to two places."""
    if not points:
        return NOTHING
    share = sum(points, NOTHING) * 100 / len(points)
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)
