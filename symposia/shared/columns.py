"""A column of a declared list: what it is called and where each row says it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partialmethod
from inspect import getattr_static
from typing import Any

from django.db.models import TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.encoding import force_str
from django.utils.functional import Promise

from symposia.shared.money import Money

Words = str | Promise


@dataclass(frozen=True)
class Amount:
    """Money of a row: the paths of its minor units and of its currency."""

    minor: str
    currency: str


@dataclass(frozen=True)
class Column:
    """One fact of each row: text, a number, a date, Money or nothing.

    `read` is the path of a field (`"clinician__city"`; a field with choices shows its label), an
    `Amount`, or an expression of the database. A list of such columns is taken home at the
    database's own speed (`copying.py`). What only we can work out is a function of the row.
    """

    name: str
    label: Words
    read: str | Amount | Combinable | Callable[[Any], Any]
    sort: str = ""
    # (url name, arguments) of what the cell opens.
    url: Callable[[Any], tuple[str, Sequence[Any]] | None] | None = None
    # How a cell looks (`web/cells.py`): "n" a number, "money", "id" a number people read, "state" a
    # pill, "moment", "day"; else words.
    kind: str = ""
    tone: Callable[[Any], str] | None = None
    in_page: bool = True
    # A card on a phone has room for a few facts.
    on_phone: bool = True

    @cached_property
    def value(self) -> Callable[[Any], Any]:
        """Reads the fact from a row that `rows_for` returned."""
        match self.read:
            case str() as path:
                return _by_path(path)
            case Amount() as amount:
                return _by_amount(amount)
            case Combinable() as expression:
                return _by_alias(self.alias, expression)
            case worked_out:
                return worked_out

    @property
    def alias(self) -> str:
        """What an expression is called in the statement that reads it."""
        return f"cell_{self.name}"

    @property
    def sources(self) -> tuple[str, ...]:
        """What a statement selects for it; nothing when only we can work it out."""
        match self.read:
            case str() as path:
                return (path,)
            case Amount() as amount:
                return (amount.minor, amount.currency)
            case Combinable():
                return (self.alias,)
            case _:
                return ()


def either(first: str, second: str) -> Combinable:
    """A column's expression: one field, or another where the first is empty."""
    return Coalesce(NullIf(first, Value("")), second, output_field=TextField())


def _by_path(path: str) -> Callable[[Any], Any]:
    *way, last = path.split("__")
    labelled = f"get_{last}_display"

    def value(row: Any) -> Any:
        for part in way:
            row = getattr(row, part)
            if row is None:
                return None
        model: Any = type(row)
        labels = _labels(model, last)
        if labels is not None:
            found = getattr(row, last)
            return force_str(labels.get(found, found), strings_only=True)
        label = getattr(row, labelled, None)
        return label() if label else getattr(row, last)

    return value


@lru_cache(maxsize=1000)
def _labels(model: type[Any], name: str) -> dict[Any, Any] | None:
    """The words of a field's choices, not translated yet; nothing where a model says its own.
    The framework puts them together anew for each row it is asked of."""
    told = getattr_static(model, f"get_{name}_display", None)
    return (
        dict(model._meta.get_field(name).flatchoices) if isinstance(told, partialmethod) else None
    )


def _by_amount(amount: Amount) -> Callable[[Any], Any]:
    minor, currency = _by_path(amount.minor), _by_path(amount.currency)

    def value(row: Any) -> Money | None:
        units = minor(row)
        return None if units is None else Money.from_minor(units, currency(row))

    return value


def _by_alias(alias: str, expression: Any) -> Callable[[Any], Any]:
    declared = vars(expression).get("output_field")
    labels: dict[Any, Any] = dict(getattr(declared, "flatchoices", ()))

    def value(row: Any) -> Any:
        found = getattr(row, alias)
        return labels.get(found, found)

    return value
