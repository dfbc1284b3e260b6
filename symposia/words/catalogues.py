"""Catalogues: a .po file people edit, the .mo file the product reads, a pseudo-language for tests.

Written here and not by the gettext programs: a machine with Python alone has every language.
"""

import ast
import re
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

from symposia.words.extraction import Message

Catalogue = Mapping[Message, tuple[str, ...]]
PLURALS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
_TWO_FORMS = "nplurals=2; plural=(n != 1);"
_FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)?\s*(".*")$')


def forms(language: str) -> int:
    """How many shapes a counted noun has in a language."""
    return int(_plural_rule(language)[len("nplurals=") :].partition(";")[0])


def _plural_rule(language: str) -> str:
    return PLURALS.get(language, _TWO_FORMS)


def read_po(text: str) -> dict[Message, tuple[str, ...]]:
    """The translations a .po file holds; sentences without one are left out."""
    catalogue: dict[Message, tuple[str, ...]] = {}
    for block in re.split(r"\n\s*\n", text):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if found := _FIELD.match(line.strip()):
                name = found[1] or name
                fields[name] = fields.get(name, "") + ast.literal_eval(found[2])
        said = tuple(value for key, value in fields.items() if key.startswith("msgstr"))
        if fields.get("msgid") and all(said):
            message = Message(
                fields["msgid"], fields.get("msgid_plural", ""), fields.get("msgctxt", "")
            )
            catalogue[message] = said
    return catalogue


def write_po(language: str, messages: Iterable[Message], known: Catalogue) -> str:
    """A .po file of exactly these sentences, with what is known of their translation."""
    blocks = [f'msgid ""\nmsgstr ""\n{_quoted(_header(language))}']
    for message in sorted(messages):
        lines = [f"msgctxt {_quoted(message.context)}"] if message.context else []
        lines.append(f"msgid {_quoted(message.text)}")
        if message.plural:
            said = known.get(message, ("",) * forms(language))
            lines.append(f"msgid_plural {_quoted(message.plural)}")
            lines += [f"msgstr[{i}] {_quoted(words)}" for i, words in enumerate(said)]
        else:
            lines.append(f"msgstr {_quoted(known.get(message, ('',))[0])}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _header(language: str) -> str:
    return (
        f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nPlural-Forms: {_plural_rule(language)}\n"
    )


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def compile_mo(language: str, catalogue: Catalogue) -> bytes:
    """The binary form that gettext reads: two sorted tables of lengths and offsets."""
    pairs = {b"": _header(language).encode()}
    for message, said in catalogue.items():
        key = f"{message.context}\x04{message.text}" if message.context else message.text
        key += f"\x00{message.plural}" if message.plural else ""
        pairs[key.encode()] = "\x00".join(said).encode()
    count = len(pairs)
    start = 7 * 4 + count * 16
    keys, values = b"", b""
    table: list[tuple[int, int, int, int]] = []
    for key_bytes, value in sorted(pairs.items()):
        table.append((len(key_bytes), len(keys), len(value), len(values)))
        keys += key_bytes + b"\x00"
        values += value + b"\x00"
    of_keys = [number for row in table for number in (row[0], row[1] + start)]
    of_values = [number for row in table for number in (row[2], row[3] + start + len(keys))]
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + count * 8, 0, start)
    return head + struct.pack(f"<{count * 4}I", *of_keys, *of_values) + keys + values


# Each letter keeps its shape and gains a mark; what is filled in later stays as it is.
_MARKED = str.maketrans("aceinouyAEINOUY", "áçéíñóúýÁÉÍÑÓÚÝ")
_FILLED_IN = re.compile(r"(%\([^)]+\)[a-z]|%[sd%]|\{[^}]*\}|<[^>]+>|&\w+;)")


def pseudo(words: str) -> str:
    """The same sentence accented and two fifths longer: shows cut text and words left in code."""
    parts = _FILLED_IN.split(words)
    marked = "".join(p if i % 2 else p.translate(_MARKED) for i, p in enumerate(parts))
    longer = -(-len(_FILLED_IN.sub("", words)) * 2 // 5)
    return f"[{marked}{' ~' * (longer // 2)}]"


def pseudo_catalogue(messages: Iterable[Message]) -> dict[Message, tuple[str, ...]]:
    """Every sentence in the pseudo-language."""
    return {
        each: (pseudo(each.text), pseudo(each.plural)) if each.plural else (pseudo(each.text),)
        for each in messages
    }


def write_mo(locale: Path, language: str, catalogue: Catalogue) -> Path:
    """Put a language's catalogue where the product looks for it."""
    path = locale / language / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(compile_mo(language, catalogue))
    return path
