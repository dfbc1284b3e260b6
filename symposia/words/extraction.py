"""Every sentence the source asks to be translated, found without a tool of the system."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

_PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
_STRING = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
_IN_TEMPLATE = re.compile(
    rf"\b(?P<call>_|gettext|ngettext|pgettext)\(\s*"
    rf"(?P<first>{_STRING})(?:\s*,\s*(?P<second>{_STRING}))?",
    re.DOTALL,
)


@dataclass(frozen=True, order=True)
class Message:
    """One sentence of the source, with its plural or its context where it has one."""

    text: str
    plural: str = ""
    context: str = ""


def messages_in(folder: Path) -> set[Message]:
    """All sentences of the Python and template files below a folder."""
    found: set[Message] = set()
    for path in sorted(folder.rglob("*.py")):
        found.update(in_python(path.read_text(encoding="utf-8")))
    for path in sorted(folder.rglob("templates/**/*.html")):
        found.update(in_template(path.read_text(encoding="utf-8"), str(path)))
    return found


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _name(node.func)):
            first, second = [*(_literal(each) for each in node.args[:2]), "", ""][:2]
            yield from _message(name, first, second)


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Name):
        return called.id
    return called.attr if isinstance(called, ast.Attribute) else ""


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _message(call: str, first: str, second: str) -> Iterator[Message]:
    if call in _PLAIN and first:
        yield Message(first)
    elif call in _PLURAL and first:
        yield Message(first, plural=second)
    elif call in _IN_CONTEXT and second:
        yield Message(second, context=first)


def in_template(source: str, origin: str = "") -> Iterator[Message]:
    for found in _IN_TEMPLATE.finditer(templatize(source, origin=origin)):
        first = ast.literal_eval(found["first"])
        second = ast.literal_eval(found["second"]) if found["second"] else ""
        yield from _message(found["call"], first, second)
