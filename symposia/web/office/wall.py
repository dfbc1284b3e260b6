"""The wall as people read it: the table of who is shown what, and the proof of one activity."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.activities.modes import Mode
from symposia.activities.wall import (
    LEVEL_WORDS,
    SUBJECT_HEADS,
    SUBJECT_WORDS,
    WALL,
    Level,
    level_of,
)
from symposia.audit.queries import entries_about
from symposia.insights.queries import exports_of
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.requests import UserRequest

# As many attempts as a page of paper holds.
MOST = 100


@dataclass(frozen=True)
class Kept:
    """A role that the wall takes something from, and what is left of each subject."""

    role: str
    levels: list[tuple[str | Promise, str | Promise, bool]]


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def table(request: UserRequest) -> HttpResponse:
    """Mode by role: the same table that pages, lists, files, search, API and database obey."""
    context = {
        "modes": [(mode, kept_in(mode)) for mode in Mode],
        "subjects": list(SUBJECT_HEADS.values()),
        "legend": [(SUBJECT_HEADS[each], words) for each, words in SUBJECT_WORDS.items()],
        "untouched": untouched(),
    }
    return render(request, "office/wall/table.html", context)


def kept_in(mode: str) -> list[Kept]:
    """Each role that the wall takes something from in a mode."""
    return [
        Kept(
            template.name,
            [
                (words, LEVEL_WORDS[level], level < Level.SEES)
                for subject, words in SUBJECT_WORDS.items()
                for level in [level_of(mode, template.code, subject)]
            ],
        )
        for template in ROLE_TEMPLATES
        if template.code in WALL[mode]
    ]


def untouched() -> list[str]:
    """Roles that the wall takes nothing from in any mode."""
    touched = {role for roles in WALL.values() for role in roles}
    return [template.name for template in ROLE_TEMPLATES if template.code not in touched]


def proof(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """What stands beside the list of sights: the mode's rows of the table, who was turned away,
    and who took a list home."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_JOURNAL)
    turned_away = entries_about(activity.pk).filter(action="wall.met")[:MOST]
    return {
        "activity": activity,
        "kept": kept_in(activity.mode),
        "subjects": list(SUBJECT_HEADS.values()),
        "legend": [(SUBJECT_HEADS[each], words) for each, words in SUBJECT_WORDS.items()],
        "turned_away": turned_away,
        "taken_home": exports_of(activity.pk)[:MOST],
    }
