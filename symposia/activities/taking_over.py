"""What may be taken over from one activity into another, and what somebody looks at then.

A context above adds what it keeps of an activity (money, people) by `register_part` in its
`AppConfig.ready`. Whatever a part takes over, it says what is to be looked at before submission.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, RefreshKind
from symposia.activities.numbers import numbers_of
from symposia.activities.repeating import said_day
from symposia.shared.actors import Actor
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

IN_THE_PAST = Objection("clone_in_the_past", _("It is planned for a day that is still to come."))
UNKNOWN_PART = Objection("unknown_part", _("“%(part)s” cannot be taken over."))
NOT_LOOKED_AT = Objection(
    "not_looked_at",
    _("Taken over from another activity and not looked at yet: %(count)s."),
)


@dataclass(frozen=True)
class Mark:
    """Something that was taken over and is looked at before it is used."""

    kind: RefreshKind
    statement: str


@dataclass(frozen=True)
class Takeable:
    """One thing that whoever clones an activity may choose to take over."""

    name: str
    label: Words
    take: "Callable[[Activity, Activity, Actor], Sequence[Mark]]"
    order: int = 50
    # What somebody must hold beside the right to plan.
    permission: Permission | None = None


_parts: dict[str, Takeable] = {}


def register_part(part: Takeable) -> None:
    """Let something be taken over; the same name again replaces it."""
    _parts[part.name] = part


def parts() -> list[Takeable]:
    """Everything that may be taken over, in its order."""
    return sorted(_parts.values(), key=lambda part: (part.order, part.name))


def parts_for(access: Access) -> list[Takeable]:
    """What a person may take over."""
    return [part for part in parts() if part.permission is None or access.holds(part.permission)]


def objection_to_parts(take: Collection[str], access: Access) -> Objection | None:
    """Nobody copies what they may not write."""
    kept = sorted(set(take) - {part.name for part in parts_for(access)})
    return UNKNOWN_PART.about(part=kept[0]) if kept else None


def objection_to_taking_over(
    wall_starts: datetime, take: Collection[str], *, today: date
) -> Objection | None:
    """A copy lies ahead, and takes over only what can be."""
    if wall_starts.date() <= today:
        return IN_THE_PAST
    unknown = sorted(set(take) - {part.name for part in parts()})
    return UNKNOWN_PART.about(part=unknown[0]) if unknown else None


def words_to_refresh(*texts: str) -> list[Mark]:
    """Words that are taken over, those with a year first: they are the likeliest to be stale."""
    said = [text for text in texts if text.strip()]
    ordered = sorted(said, key=lambda text: not names_a_year(text))
    return [Mark(RefreshKind.WORDS, text) for text in ordered]


def names_a_year(text: str) -> bool:
    return bool(_YEAR.search(text))


def late_mark(title: str, due_on: date) -> Mark:
    """A day that would have to lie before today."""
    said = _("%(title)s: would have been due on %(day)s") % {
        "title": title,
        "day": said_day(due_on),
    }
    return Mark(RefreshKind.MILESTONE, str(said))


def objection_to_unseen(activity: Activity) -> Objection | None:
    """Whether everything taken over was looked at, by the numbers the activity was read with."""
    (count,) = numbers_of(activity, "refreshes_open")
    return NOT_LOOKED_AT.about(count=count) if count else None
