"""The words of messages: one small text file each, with the placeholders it may use.

A file `messages/<name>.<language>.txt` of any context is a message called `<context>.<name>`. Its
head names the subject and the placeholders; its body is made of blocks between empty lines:

    # heading            > small print            Label | value   (a row of facts)
    [Verb]({some_link})  (the one button)         anything else is a paragraph

A block whose placeholders are all empty is left out.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.apps import apps

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_BUTTON = re.compile(r"\[(?P<label>[^\]]+)\]\(\{(?P<link>[a-z_]*link)\}\)")
# Sign-in and the offer of a role are the installation's own words.
NOT_THEIRS = ("accounts.", "web.")
# Every message says who writes; the caller gives the organisation's name.
ALWAYS = frozenset({"organisation"})


class BadWording(ValueError):
    """A shipped message is not well-formed: a mistake of ours, found when it is read."""


@dataclass(frozen=True)
class Heading:
    """A line that stands above others."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True)
class Small:
    """A remark in small letters."""

    text: str


@dataclass(frozen=True)
class Button:
    """A link that asks to be pressed."""

    label: str
    link: str


@dataclass(frozen=True)
class Facts:
    """Rows of a name and what is said of it."""

    rows: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Small | Button | Facts


@dataclass(frozen=True)
class Wording:
    """One message in one language: its words, and what may be filled into them."""

    code: str
    language: str
    subject: str
    preview: str
    body: str
    placeholders: frozenset[str]
    unsubscribable: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(_block(text.strip()) for text in re.split(r"\n\s*\n", self.body.strip()))

    @property
    def unknown_placeholders(self) -> frozenset[str]:
        used = PLACEHOLDER.findall(f"{self.subject} {self.preview} {self.body}")
        return frozenset(used) - self.placeholders - ALWAYS

    @property
    def links(self) -> list[str]:
        """What it may fill in that is ours: personal addresses, written as they are."""
        return sorted(name for name in self.placeholders if name.endswith("link"))

    @property
    def texts(self) -> list[str]:
        """What it may fill in of people: escaped, and never a link or words to fill."""
        return sorted((self.placeholders | ALWAYS) - set(self.links))

    def in_other_words(self, subject: str, body: str, preview: str = "") -> "Wording":
        """The same message as an organisation words it."""
        return replace(self, subject=subject, preview=preview, body=body)

    def spoken_in(self, language: str) -> "Wording":
        """The same message for words in a language that is not shipped."""
        return replace(self, language=language)


def shipped(code: str, language: str) -> Wording:
    """The message as it is shipped, in the language asked for or else in English."""
    known = _shipped()
    for each in (language, language.partition("-")[0], "en"):
        if (code, each) in known:
            return known[code, each]
    raise BadWording(f"There is no message {code}.")


def is_shipped(code: str, language: str) -> bool:
    """Whether the product itself words this message in exactly this language."""
    return (code, language) in _shipped()


def shipped_messages() -> tuple[Wording, ...]:
    """Every message of every context, in every language it has."""
    return tuple(_shipped().values())


def worded_here(code: str) -> bool:
    """Whether an organisation may word this message itself: those of signing in and of roles are
    the installation's own."""
    known = any(code == each for each, _language in _shipped())
    return known and not code.startswith(NOT_THEIRS)


def parse(code: str, language: str, text: str) -> Wording:
    """Read one file; refuses placeholders that its head does not allow."""
    head, line, body = text.partition("\n---\n")
    facts = dict(re.findall(r"^(\w+): *(.*)$", head, re.MULTILINE))
    if not line or not facts.get("subject"):
        raise BadWording(f"{code}.{language}: no subject, or no line of three hyphens")
    wording = Wording(
        code,
        language,
        facts["subject"],
        facts.get("preview", ""),
        body.strip(),
        frozenset(facts.get("placeholders", "").split()),
        facts.get("unsubscribable") == "yes",
    )
    if wording.unknown_placeholders:
        raise BadWording(f"{code}.{language}: {sorted(wording.unknown_placeholders)}")
    return wording


@lru_cache(maxsize=1)
def _shipped() -> dict[tuple[str, str], Wording]:
    found: dict[tuple[str, str], Wording] = {}
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "messages").glob("*.txt")):
            name, language, _txt = path.name.split(".")
            code = f"{app.label}.{name}"
            found[code, language] = parse(code, language, path.read_text(encoding="utf-8"))
    return found


def _block(text: str) -> Block:
    lines = text.split("\n")
    if button := _BUTTON.fullmatch(text):
        return Button(button["label"], button["link"])
    if text.startswith("# "):
        return Heading(text[2:])
    if all(line.startswith("> ") for line in lines):
        return Small("\n".join(line[2:] for line in lines))
    if all(" | " in line for line in lines):
        return Facts(tuple(_row(line) for line in lines))
    return Paragraph(text)


def _row(line: str) -> tuple[str, str]:
    label, _bar, value = line.partition(" | ")
    return label.strip(), value.strip()
