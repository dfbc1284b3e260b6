"""Conflicts and unmatched people of an activity as lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.attendance.conflict_words import BECAUSE_WORDS, CHOICE_WORDS, who_in
from symposia.attendance.models import (
    Conflict,
    ConflictKind,
    ConflictState,
    PersonState,
    UnmatchedPerson,
)
from symposia.shared.lists import Choice, Column, ListOf, Search

CONFLICT_TONES = {
    ConflictState.OPEN: "warn",
    ConflictState.DECIDED: "ok",
    ConflictState.GONE: "",
}
PERSON_TONES = {PersonState.OPEN: "warn", PersonState.MATCHED: "ok", PersonState.LEFT_OUT: ""}


def _conflicts(access: Any, **kwargs: Any) -> Any:
    found = Conflict.objects.visible_to(access).with_people()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _people(access: Any, **kwargs: Any) -> Any:
    found = UnmatchedPerson.objects.visible_to(access).select_related(
        "activity", "registration__clinician"
    )
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _search_people(rows: Any, text: str) -> Any:
    return rows.search(text)


def _proposal(row: Any) -> Any:
    if row.candidate_id:
        return row.candidate.clinician.full_name
    return CHOICE_WORDS.get(row.proposal)


CONFLICTS = ListOf(
    name="activity_conflicts",
    title=_("Conflicts in the attendance"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_conflicts,
    columns=(
        Column("who", _("Who"), who_in, url=lambda r: ("conflict", [r.pk])),
        Column("kind", _("What does not fit"), "kind", sort="kind"),
        Column("proposal", _("Proposed"), _proposal),
        Column("because", _("Because"), lambda r: BECAUSE_WORDS.get(r.because)),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda r: CONFLICT_TONES[r.state],
        ),
        Column("choice", _("Decided"), lambda r: CHOICE_WORDS.get(r.choice), in_page=False),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
        Column("decided_at", _("Decided at"), "decided_at", kind="moment", in_page=False),
        Column("reason", _("Reason"), "reason", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=(
        Choice("state", _("State"), "state", ConflictState.choices),
        Choice("kind", _("What does not fit"), "kind", ConflictKind.choices),
    ),
    sort="-state",
    empty=_("Nothing contradicts itself. The attendance can be signed once the activity is over."),
)
UNMATCHED_PEOPLE = ListOf(
    name="unmatched_people",
    title=_("People nobody has matched"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_people,
    columns=(
        Column("name", _("Name"), "name", sort="name"),
        Column("email", _("E-mail"), "email"),
        Column("institution", _("Institution"), "institution"),
        Column("profession", _("Profession"), "profession", in_page=False),
        Column("number", _("Number"), "number", in_page=False),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda r: PERSON_TONES[r.state],
        ),
        Column(
            "matched",
            _("Whose place it is"),
            lambda r: r.registration.clinician.full_name if r.registration else None,
        ),
        Column("settled_by", _("Settled by"), "settled_by_name", in_page=False),
        Column("because", _("Reason"), "settled_because", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=(
        Search("q", _("Name, e-mail or number"), _search_people),
        Choice("state", _("State"), "state", PersonState.choices),
    ),
    sort="name",
    empty=_("Everybody who was seen has a place here."),
)
