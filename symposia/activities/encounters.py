"""Where somebody meets the wall: which activity an address is about, and why it stays closed."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import (
    ABOUT,
    HELD_BY_DATABASE,
    WALL,
    Subject,
    objection_to_using,
)
from symposia.shared.guards import tenant_models
from symposia.shared.refusals import Objection

# What modules of pages and of the API show although their permission does not say it. What rules
# say of an activity names amounts.
_SHOWN = {
    **dict.fromkeys(("content", "slides", "disclosures", "activity_disclosures"), Subject.CONTENT),
    **dict.fromkeys(("courses", "lessons", "cases", "case_steps"), Subject.CONTENT),
    **dict.fromkeys(("case_files", "case_paths"), Subject.CONTENT),
    **dict.fromkeys(("rules", "rules_activity"), Subject.MONEY),
}
# The permissions that say whom a page is for, not what it shows.
_SAY_WHO = frozenset(
    {Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.VIEW_ACTIVITIES, Permission.VIEW_RULES}
)


def subject_shown(module: str) -> Subject | None:
    """What the pages of a module are about, where their permission does not say it."""
    return _SHOWN.get(module.rpartition(".")[2])


@dataclass(frozen=True)
class Met:
    """The wall stood between somebody and an activity: what was wanted, and why not."""

    activity: Activity
    permission: Permission
    objection: Objection


def ids_in(given: Mapping[str, Any]) -> list[uuid.UUID]:
    """The records that an address names; the API passes them on as text."""
    found = []
    for value in given.values():
        try:
            found.append(uuid.UUID(str(value)))
        except ValueError:
            continue
    return found


def may_be_met(
    access: Access, permissions: Iterable[Permission], subject: Subject | None = None
) -> bool:
    """Whether the wall keeps such pages from somebody in any mode at all; asks nobody."""
    return any(
        objection_to_using(access, mode, each, about(each, subject))
        for each in permissions
        if each in ABOUT or subject
        for mode in WALL
    )


def about(permission: Permission, subject: Subject | None) -> Subject | None:
    """What a permission of a page is asked about, where the page shows something of its own."""
    return subject if permission in _SAY_WHO else None


def met_by(
    access: Access,
    permissions: Iterable[Permission],
    ids: Collection[uuid.UUID],
    subject: Subject | None = None,
) -> Met | None:
    """What the wall keeps from somebody who may open such pages elsewhere."""
    wanted = [each for each in permissions if each in ABOUT or subject]
    found = _activity_of(ids) if ids and may_be_met(access, wanted, subject) else None
    if found is None:
        return None
    for permission in wanted:
        objection = objection_to_using(access, found.mode, permission, about(permission, subject))
        if objection:
            return Met(found, permission, objection)
    return None


def _activity_of(ids: Collection[uuid.UUID]) -> Activity | None:
    """The activity that an address names, itself or by a row that tells of it."""
    if found := Activity.objects.filter(pk__in=ids).first():
        return found
    # All tables in one statement. A row that is of no activity names none.
    behind: list[Any] = [each for each in tenant_models() if each.BEHIND in HELD_BY_DATABASE]
    first, *others = (
        each._default_manager.filter(pk__in=ids, activity_id__isnull=False)
        .order_by()
        .values_list("activity_id", flat=True)
        for each in behind
    )
    keys: list[uuid.UUID] = list(first.union(*others, all=True)[:1])
    return Activity.objects.get(pk=keys[0]) if keys else None


def is_worth_proving(mode: str, permission: Permission) -> bool:
    """Whether a page shows what the wall keeps from somebody in that mode: names, answers."""
    subject, _needed = ABOUT.get(permission, (None, None))
    return subject in HELD_BY_DATABASE and any(subject in row for row in WALL[mode].values())
