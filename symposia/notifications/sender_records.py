"""What a domain publishes so that mail from it is ours: SPF (RFC 7208), DKIM (RFC 6376) and DMARC
(RFC 7489). Pure rules: who asks the name servers is handed in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

# Texts (TXT) of one name; none where it has none. Raises Unanswered.
Lookup = Callable[[str], list[str]]
# RFC 7208, 4.6.4: beyond so many lookups a record counts as broken.
MOST_LOOKUPS = 10
_LOOKED_UP = {"a", "mx", "ptr"}
_READ_TOO = ("include:", "redirect=")
_TARGET = re.compile("[:=]")


class Unanswered(Exception):
    """No name server answered: nothing is known, for better or worse."""


class Kind(StrEnum):
    """The three records."""

    SPF = "SPF"
    DKIM = "DKIM"
    DMARC = "DMARC"


@dataclass(frozen=True)
class Published:
    """A record as it has to stand in DNS."""

    kind: Kind
    name: str
    value: str


@dataclass(frozen=True)
class Finding:
    """What stands there, and what is the matter with it: nothing where it holds."""

    kind: Kind
    name: str
    found: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Expected:
    """What the records of a domain are compared with."""

    domain: str
    selector: str
    public_key: str
    # As `include:spf.example.org`.
    spf: str

    @property
    def records(self) -> list[Published]:
        """What the owner publishes; a record that is there is added to, not doubled."""
        key = f"v=DKIM1; k=rsa; p={self.public_key}"
        return [
            Published(Kind.SPF, self.domain, f"v=spf1 {self.spf} ~all"),
            Published(Kind.DKIM, f"{self.selector}._domainkey.{self.domain}", key),
            Published(Kind.DMARC, f"_dmarc.{self.domain}", "v=DMARC1; p=quarantine"),
        ]


def findings_of(expected: Expected, lookup: Lookup) -> list[Finding]:
    """Record by record, what stands there and whether it is as it has to be."""
    spf, dkim, dmarc = expected.records
    return [
        _spf(spf.name, expected.spf, lookup),
        _dkim(dkim.name, expected.public_key, lookup),
        _dmarc(dmarc.name, expected.domain, lookup),
    ]


def _spf(name: str, ours: str, lookup: Lookup) -> Finding:
    found = _spf_records(name, lookup)
    problem = "spf_missing" if not found else "spf_twice" if found[1:] else ""
    if not problem:
        names_us, lookups = _walked(found[0], ours.lower(), lookup)
        too_many = lookups > MOST_LOOKUPS
        problem = "spf_too_long" if too_many else "" if names_us else "spf_without_us"
    return Finding(Kind.SPF, name, tuple(found), problem)


def _spf_records(name: str, lookup: Lookup) -> list[str]:
    return [text for text in lookup(name) if text.lower().split(" ")[0] == "v=spf1"]


def _walked(record: str, ours: str, lookup: Lookup) -> tuple[bool, int]:
    """Whether a record, or one that it includes, names us before it ends; how much it looks up."""
    to_read, lookups, names_us = [record], 0, False
    while to_read and lookups <= MOST_LOOKUPS:
        for term in _terms(to_read.pop(0)):
            names_us = names_us or term == ours
            lookups += _is_looked_up(term)
            if term.startswith(_READ_TOO) and term != ours and lookups <= MOST_LOOKUPS:
                to_read += _spf_records(_TARGET.split(term, maxsplit=1)[1], lookup)
    return names_us, lookups


def _is_looked_up(term: str) -> bool:
    bare = term.partition(":")[0].partition("/")[0]
    return bare in _LOOKED_UP or term.startswith((*_READ_TOO, "exists:"))


def _terms(record: str) -> list[str]:
    """What is read of a record: nothing that stands behind its `all`."""
    read = []
    for term in record.lower().split()[1:]:
        if term.lstrip("+-~?") == "all":
            break
        read.append(term.removeprefix("+"))
    return read


def _dkim(name: str, public_key: str, lookup: Lookup) -> Finding:
    found = lookup(name)
    if len(found) != 1:
        return Finding(Kind.DKIM, name, tuple(found), "dkim_twice" if found else "dkim_missing")
    tags = _tags(found[0])
    key = tags.get("p", "").replace(" ", "")
    problem = "" if key == public_key and tags.get("k", "rsa") == "rsa" else "dkim_other_key"
    return Finding(Kind.DKIM, name, (found[0],), problem)


def _dmarc(name: str, domain: str, lookup: Lookup) -> Finding:
    """The domain's own record counts, else the next one above it."""
    labels = domain.split(".")
    for above in range(len(labels) - 1):
        at = f"_dmarc.{'.'.join(labels[above:])}"
        found = [text for text in lookup(at) if text.replace(" ", "").startswith("v=DMARC1")]
        if found:
            policy = _tags(found[0]).get("p", "")
            known = policy in {"none", "quarantine", "reject"}
            problem = "dmarc_twice" if found[1:] else "" if known else "dmarc_without_policy"
            return Finding(Kind.DMARC, at, tuple(found), problem)
    return Finding(Kind.DMARC, name, (), "dmarc_missing")


def _tags(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split(";"))
    return {name.strip(): value.strip() for name, equals, value in parts if equals}
