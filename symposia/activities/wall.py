"""The wall: what each role is shown of an activity, by the activity's mode. One table.

Permissions say what a role may do at all; the wall takes away from it where a mode demands it.
Every queryset of activities and of their people asks `by_mode`, every gate asks `closing`, the
database is told `settings_of`, and the matrix is printed from the same rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import IntEnum, StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.activities.modes import Mode
from symposia.shared.refusals import Objection

P = Permission
# A count of fewer people than this could name one of them.
FEWEST = 10


class Subject(StrEnum):
    """What the wall stands around."""

    PLAN = "plan"
    CONTENT = "content"
    LEARNERS = "learners"
    ANSWERS = "answers"
    MONEY = "money"
    FIGURES = "figures"


class Level(IntEnum):
    """How far somebody reaches; each includes those before it."""

    NOTHING = 0
    COUNTS = 1
    SEES = 2
    WORKS = 3


SUBJECT_WORDS: dict[Subject, Promise] = {
    Subject.PLAN: _("The plan: what, when, where, who teaches"),
    Subject.CONTENT: _("Content and disclosures of those in control of it"),
    Subject.LEARNERS: _("Who is invited, comes and earns credit"),
    Subject.ANSWERS: _("What learners answered"),
    Subject.MONEY: _("Money"),
    Subject.FIGURES: _("Figures"),
}
# The same in a word, for the head of a table.
SUBJECT_HEADS: dict[Subject, Promise] = {
    Subject.PLAN: _("Plan"),
    Subject.CONTENT: _("Content"),
    Subject.LEARNERS: _("Learners"),
    Subject.ANSWERS: _("Answers"),
    Subject.MONEY: _("Money"),
    Subject.FIGURES: _("Figures"),
}
LEVEL_WORDS: dict[Level, Promise] = {
    Level.NOTHING: _("nothing"),
    Level.COUNTS: _("counts of ten or more"),
    Level.SEES: _("sees"),
    Level.WORKS: _("as the role allows"),
}
# What a permission is about, and how far one must reach to use it.
ABOUT: dict[Permission, tuple[Subject, Level]] = {
    P.PLAN_ACTIVITIES: (Subject.PLAN, Level.WORKS),
    P.VIEW_PEOPLE_OF_ACTIVITY: (Subject.LEARNERS, Level.SEES),
    P.VIEW_ATTENDANCE: (Subject.LEARNERS, Level.SEES),
    P.VIEW_CREDITS: (Subject.LEARNERS, Level.SEES),
    P.INVITE: (Subject.LEARNERS, Level.WORKS),
    P.MANAGE_REGISTRATIONS: (Subject.LEARNERS, Level.WORKS),
    P.CHECK_IN: (Subject.LEARNERS, Level.WORKS),
    P.AWARD_CREDITS: (Subject.LEARNERS, Level.WORKS),
    P.VIEW_EVALUATIONS: (Subject.ANSWERS, Level.SEES),
    P.MANAGE_EVALUATIONS: (Subject.ANSWERS, Level.WORKS),
    P.VIEW_MONEY: (Subject.MONEY, Level.SEES),
    P.PLAN_MONEY: (Subject.MONEY, Level.WORKS),
    P.POST_MONEY: (Subject.MONEY, Level.WORKS),
    P.VIEW_BILLS: (Subject.MONEY, Level.SEES),
    P.HAND_IN_BILLS: (Subject.MONEY, Level.WORKS),
    P.VIEW_INSIGHTS: (Subject.FIGURES, Level.COUNTS),
}

Row = Mapping[Subject, Level]
_OUTSIDE: Row = {
    Subject.PLAN: Level.SEES,
    Subject.CONTENT: Level.NOTHING,
    Subject.LEARNERS: Level.NOTHING,
    Subject.ANSWERS: Level.NOTHING,
    Subject.MONEY: Level.NOTHING,
    Subject.FIGURES: Level.COUNTS,
}
_NO_ANSWERS: Row = {Subject.ANSWERS: Level.NOTHING}
_IN_THE_FIELD: Row = {Subject.CONTENT: Level.NOTHING, Subject.ANSWERS: Level.NOTHING}
_OF_A_BRAND: Row = {
    Subject.PLAN: Level.SEES,
    Subject.CONTENT: Level.NOTHING,
    Subject.LEARNERS: Level.NOTHING,
    Subject.ANSWERS: Level.NOTHING,
    Subject.FIGURES: Level.COUNTS,
}
# Mode → role → what the wall leaves of it. A role that is not named keeps what it may do.
WALL: dict[str, dict[str, Row]] = {
    Mode.INDEPENDENT: {
        "medical_affairs": _OUTSIDE,
        "brand_manager": _OUTSIDE,
        "area_manager": _OUTSIDE,
        "field_representative": _OUTSIDE,
        "supporter": _OUTSIDE,
        "agency": _NO_ANSWERS,
    },
    Mode.SCIENTIFIC: {
        "brand_manager": _OF_A_BRAND,
        "area_manager": _IN_THE_FIELD,
        "field_representative": _IN_THE_FIELD,
        "supporter": _OUTSIDE,
        "agency": _NO_ANSWERS,
    },
    Mode.PROMOTIONAL: {
        "brand_manager": _NO_ANSWERS,
        "area_manager": _NO_ANSWERS,
        "field_representative": _NO_ANSWERS,
        "supporter": _OUTSIDE,
        "agency": _NO_ANSWERS,
    },
}
# A role of the organisation's own making stands outside until the table names it.
_KNOWN = frozenset(template.code for template in ROLE_TEMPLATES)

BEHIND_THE_WALL = Objection(
    "behind_the_wall",
    _(
        "This activity is “%(mode)s”. Roles like yours (%(roles)s) are not shown: %(subject)s. "
        "Nobody in your organisation can change that for one person; the wall is the same for all."
    ),
)
NOT_TO_CHANGE = Objection(
    "not_to_change",
    _("This activity is “%(mode)s”. Roles like yours (%(roles)s) may look at it, not change it."),
)


def level_of(mode: str, role: str, subject: Subject) -> Level:
    """How far a role reaches in an activity of that mode."""
    row = WALL[mode].get(role, {} if role in _KNOWN else _OUTSIDE)
    return row.get(subject, Level.WORKS)


def passes(mode: str, role: str, permission: str, subject: Subject | None = None) -> bool:
    """Whether the wall leaves a role this permission; `subject` where it is about another."""
    about, needed = ABOUT.get(Permission(permission), (None, Level.NOTHING))
    subject = subject or about
    return subject is None or level_of(mode, role, subject) >= (needed or Level.SEES)


def narrowed(access: Access, mode: str, permission: str, subject: Subject | None = None) -> Access:
    """What of somebody's roles the wall leaves in that mode, for this permission."""
    kept = tuple(g for g in access.granted if passes(mode, g.role, permission, subject))
    return access if len(kept) == len(access.granted) else replace(access, granted=kept)


def may(access: Access, mode: str, permission: Permission, subject: Subject | None = None) -> bool:
    """Whether somebody holds a permission for activities of that mode."""
    return narrowed(access, mode, permission, subject).holds(permission)


def keeps_everywhere(access: Access, permission: Permission, subject: Subject) -> bool:
    """Whether a role of the whole organisation reaches rows of the subject in every mode."""
    left = (narrowed(access, mode, permission, subject) for mode in Mode.values)
    return all(each.everywhere(permission) for each in left)


def by_mode(
    access: Access,
    permission: Permission,
    reach: Callable[[Access], Q],
    *,
    field: str = "activity__mode",
    subject: Subject | None = None,
) -> Q:
    """The rows within reach, of each mode as far as the wall leaves it."""
    left = {mode: narrowed(access, mode, permission, subject) for mode in Mode.values}
    if all(each is access for each in left.values()):
        return reach(access)
    found = Q(pk__in=[])
    for mode, each in left.items():
        if each.holds(permission):
            found |= Q(**{field: mode}) & reach(each)
    return found


def of_activities(access: Access, permission: Permission) -> Q:
    """Rows of activities reached by a role for the whole organisation, or for that very activity;
    of each mode as far as the wall leaves it."""

    def reach(held: Access) -> Q:
        everywhere = held.everywhere(permission)
        return Q() if everywhere else Q(activity__in=held.scopes(permission, "activity"))

    return by_mode(access, permission, reach)


def shut(access: Access, subject: Subject) -> list[str]:
    """The modes in which no role of somebody's is shown any row of the subject."""
    return [
        mode
        for mode in Mode.values
        if all(level_of(mode, g.role, subject) < Level.SEES for g in access.granted)
    ]


def subjects_closed(access: Access, mode: str) -> list[Subject]:
    """Of what somebody is shown nothing in that mode."""
    return [each for each in Subject if mode in shut(access, each)]


# Held by row policies too: rows that name a learner.
HELD_BY_DATABASE = (Subject.LEARNERS, Subject.ANSWERS)


def settings_of(access: Access) -> str:
    """What the database is told of somebody's wall: `,learners:independent,…`, mostly nothing."""
    closed = [f"{each}:{mode}" for each in HELD_BY_DATABASE for mode in shut(access, each)]
    return f",{','.join(closed)}," if closed else ""


def only_counts(access: Access) -> list[str]:
    """The modes whose figures somebody sees from ten people on."""
    return [
        mode
        for mode in Mode.values
        if all(level_of(mode, g.role, Subject.FIGURES) <= Level.COUNTS for g in access.granted)
    ]


def objection_to_using(
    access: Access, mode: str, permission: Permission, subject: Subject | None = None
) -> Objection | None:
    """Why the wall keeps somebody from something that their role could do elsewhere."""
    if not access.holds(permission) or may(access, mode, permission, subject):
        return None
    about, needed = ABOUT.get(permission, (None, Level.SEES))
    about = subject or about
    roles = ", ".join(sorted(role_words(g.role) for g in access.granted))
    words = {"mode": Mode(mode).label, "roles": roles}
    seen = any(level_of(mode, g.role, about) >= Level.SEES for g in access.granted) if about else 0
    if seen and needed == Level.WORKS:
        return NOT_TO_CHANGE.about(**words)
    return BEHIND_THE_WALL.about(**words, subject=SUBJECT_WORDS[about] if about else "")


def objection_to_planning(access: Access, mode: str) -> Objection | None:
    """Why somebody may not begin an activity of that mode."""
    return objection_to_using(access, mode, P.PLAN_ACTIVITIES)


def role_words(code: str) -> str:
    """A role as the product calls it."""
    return next((t.name for t in ROLE_TEMPLATES if t.code == code), code)
