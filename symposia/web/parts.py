"""What pages hand to the components: small frozen facts, words already translated."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils.functional import Promise

Words = str | Promise
Tone = Literal["", "ok", "warn", "stop", "info", "seal", "accent"]


@dataclass(frozen=True)
class Tab:
    """A view of a record or a list; its address is its state."""

    label: Words
    href: str
    current: bool = False
    count: int | None = None
    changed: bool = False
    alert: Words = ""
    # One of those behind "More"; the current one never is.
    behind: bool = False


# So many tabs fit beside each other on a desk.
ROOM = 9


@dataclass(frozen=True)
class Folded:
    """Tabs as a page has room for them: those in the row, and those behind its last word."""

    first: Sequence[Tab]
    tabs: Sequence[Tab]

    @property
    def alert(self) -> Words:
        return next((tab.alert for tab in self.tabs if tab.alert), "")


def folded(tabs: Sequence[Tab]) -> Folded:
    """All of them where there is room; and one alone behind a word would save nothing."""
    behind = [tab for tab in tabs if tab.behind]
    if len(tabs) <= ROOM or len(behind) < 2:
        return Folded(tabs, [])
    return Folded([tab for tab in tabs if not tab.behind], behind)


@dataclass(frozen=True)
class Chip:
    """One filter in force: what, how, value, and the address without it."""

    label: Words
    operator: Words
    value: Words
    remove_href: str
    edit_href: str = ""


@dataclass(frozen=True)
class Column:
    """The head of a table's column; `sort_href` makes it a link, `sorted` says which way."""

    label: Words
    kind: Literal["", "n", "c"] = ""
    sort_href: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Node:
    """A condition on the readiness rail; a blocked one says what is missing and links to it."""

    label: Words
    state: Literal["sealed", "done", "blocked", "now", "waiting"]
    href: str = ""
    count: Words = ""
    lead: Words = ""
    detail: Words = ""
    fix_label: Words = ""
    fix_href: str = ""


@dataclass(frozen=True)
class Change:
    """A fact before and after, said in words as well as shown."""

    label: Words
    was: Words
    now: Words
    note: Words = ""


@dataclass(frozen=True)
class Entry:
    """One thing that happened, for a timeline or a history."""

    what: Words
    at: datetime
    who: Words = ""
    detail: Words = ""
    icon: str = "edit"
    tone: Tone = ""
    hash: str = ""
    href: str = ""
    changes: Sequence[Change] = field(default_factory=tuple)


@dataclass(frozen=True)
class Requirement:
    """What a learner must do for the credit, and how far it is."""

    label: Words
    state: Literal["open", "done", "sealed"]
    detail: Words = ""
    note: Words = ""
    href: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a funnel: invited, opened, registered, attended."""

    label: Words
    count: int
    href: str = ""


@dataclass(frozen=True)
class Stage:
    """One screen of a task that takes several."""

    label: Words
    state: Literal["done", "now", "waiting"]


@dataclass(frozen=True)
class Job:
    """Work that runs behind the page: done of total, safe to leave."""

    label: Words
    state: Literal["running", "done", "failed", "stopped"]
    done: int = 0
    total: int = 0
    note: Words = ""
    href: str = ""
    stop_href: str = ""
    icon: str = "tasks"


@dataclass(frozen=True)
class Upload:
    """A file handed in, with what the checks said of it."""

    name: str
    state: Literal["checking", "ready", "refused"]
    note: Words = ""
    href: str = ""
    remove_href: str = ""


@dataclass(frozen=True)
class Fact:
    """A named value in a list of facts."""

    label: Words
    value: Words
    href: str = ""
    mono: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Figure:
    """A number that leads a page, linking to the rows it counts."""

    label: Words
    value: Words
    href: str = ""
    note: Words = ""


@dataclass(frozen=True)
class Document:
    """A file that is signed together with a decision."""

    name: str
    hash: str
    href: str = ""
