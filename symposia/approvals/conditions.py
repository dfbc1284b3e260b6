"""Conditions of routes: what a frozen subject says, compared with a value. They know no subject."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection, Refused

NOT_A_CONDITION = Objection(
    "not_a_condition",
    _(
        "“%(line)s” is not a condition. Write a fact, then is, is not, one of, above or at most,"
        " then a value: budget.total above 500000 INR."
    ),
)
NOT_A_NUMBER = Objection(
    "condition_without_number", _("“%(line)s” compares with a number, and there is none.")
)
_LINE = re.compile(r"^(\S+)\s+(is not|is|one of|above|at most)\s+(.+)$")
_AMOUNT = re.compile(r"^(-?\d+(?:\.\d+)?)(?:\s+([A-Z]{3}))?$")


class Test(models.TextChoices):
    """How a fact is compared."""

    IS = "is", _("is")
    IS_NOT = "is not", _("is not")
    ONE_OF = "one of", _("one of")
    ABOVE = "above", _("above")
    AT_MOST = "at most", _("at most")


@dataclass(frozen=True)
class Condition:
    """One comparison, as people write it: `place.country one of IN, LK`."""

    fact: str
    test: str
    value: str

    def __str__(self) -> str:
        return f"{self.fact} {self.test} {self.value}"


def conditions_in(text: str) -> list[dict[str, str]]:
    """The conditions of a text, one a line. Raises Refused for a line that is none."""
    return [asdict(_condition(line.strip())) for line in text.splitlines() if line.strip()]


def _condition(line: str) -> Condition:
    found = _LINE.match(line)
    if found is None:
        raise Refused(NOT_A_CONDITION.about(line=line))
    condition = Condition(found[1], found[2], found[3].strip())
    if condition.test in {Test.ABOVE, Test.AT_MOST} and not _AMOUNT.match(condition.value):
        raise Refused(NOT_A_NUMBER.about(line=line))
    return condition


def as_text(conditions: Iterable[Mapping[str, str]]) -> str:
    """Conditions as they are written, one a line."""
    return "\n".join(str(Condition(**each)) for each in conditions)


def hold_surely(conditions: Iterable[Mapping[str, str]], facts: Mapping[str, Any]) -> bool:
    """Whether all hold; what is not known does not hold."""
    return all(holds(Condition(**each), facts) is True for each in conditions)


def may_hold(conditions: Iterable[Mapping[str, str]], facts: Mapping[str, Any]) -> bool:
    """Whether none fails; what is not known may hold, so that no signature is lost to a gap."""
    return all(holds(Condition(**each), facts) is not False for each in conditions)


def holds(condition: Condition, facts: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds; nothing when the facts do not say."""
    found = fact_at(facts, condition.fact)
    if found in (None, ""):
        return None
    match condition.test:
        case Test.IS:
            return str(found).casefold() == condition.value.casefold()
        case Test.IS_NOT:
            return str(found).casefold() != condition.value.casefold()
        case Test.ONE_OF:
            values = {each.strip().casefold() for each in condition.value.split(",")}
            return str(found).casefold() in values
        case _:
            return _compared(condition, found, facts)


def _compared(condition: Condition, found: Any, facts: Mapping[str, Any]) -> bool | None:
    """An amount beside a limit; an amount of another currency is not known."""
    limit = _AMOUNT.match(condition.value)
    if limit is None:
        return None
    if limit[2]:
        beside = ".".join([*condition.fact.split(".")[:-1], "currency"])
        if fact_at(facts, beside) != limit[2]:
            return None
    try:
        amount = Decimal(str(found))
    except InvalidOperation:
        return None
    is_above = amount > Decimal(limit[1])
    return is_above if condition.test == Test.ABOVE else not is_above


def fact_at(facts: Mapping[str, Any], path: str) -> Any:
    """The fact at a dotted path; a list counts its records."""
    found: Any = facts
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    return len(found) if isinstance(found, list) else found


def paths_in(facts: Mapping[str, Any], before: str = "") -> list[str]:
    """Every path that a condition may name, for whoever writes one."""
    paths: list[str] = []
    for name in sorted(facts):
        path = f"{before}{name}"
        paths.append(path)
        if isinstance(facts[name], Mapping):
            paths += paths_in(facts[name], f"{path}.")
    return paths
