"""A way to reach somebody, in the words that people and programs say it in."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class ContactFacts:
    """What reaches somebody, what it is for, since when, and who says so."""

    kind: str
    value: str
    label: str = ""
    from_on: date | None = None
    until_on: date | None = None
    source: str = ""


def as_noted(facts: ContactFacts) -> ContactFacts:
    """The same as the directory keeps it."""
    value = facts.value.strip()
    if facts.kind == "email":
        value = value.lower()
    if facts.kind == "address":
        value = "\n".join(line.strip() for line in value.splitlines() if line.strip())
    else:
        value = " ".join(value.split())
    return replace(facts, value=value, label=facts.label.strip(), source=facts.source.strip())
