"""The words of a body, with the facts of a case filled in; only the variables ever change."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from string import Formatter
from typing import Any

# Variables that stand out on paper; the others are set like the words around them.
_SHOWN = {"name", "title", "amount"}


@dataclass(frozen=True)
class Part:
    """A piece of a sentence and how it is set: italic, name, title, amount, or like the rest."""

    text: str
    style: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def filled(template: str, values: Mapping[str, str]) -> list[Part]:
    """The parts of a sentence; asterisks in the template (never in a value) mark italics."""
    return list(_parts(template, values))


def plain(parts: list[Part]) -> str:
    """The sentence as one text."""
    return "".join(part.text for part in parts)


def as_json(parts: list[Part]) -> list[dict[str, str]]:
    return [part.as_json() for part in parts]


def from_json(parts: list[dict[str, Any]]) -> list[Part]:
    return [Part(str(part["text"]), str(part["style"])) for part in parts]


def _parts(template: str, values: Mapping[str, str]) -> Iterator[Part]:
    is_italic = False
    for words, variable, _spec, _conversion in Formatter().parse(template):
        for index, run in enumerate(words.split("*")):
            is_italic = not is_italic if index else is_italic
            if run:
                yield Part(run, "italic" if is_italic else "")
        if variable:
            yield Part(values[variable], variable if variable in _SHOWN else "")
