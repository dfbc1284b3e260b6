"""Which sessions work on which of the objectives an activity has taken on."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Session, SessionObjective
from symposia.activities.queries import objectives_of, served_rows, sessions_of
from symposia.activities.reading import rows_of
from symposia.curriculum.models import Objective
from symposia.shared.refusals import Objection

BREAK_TEACHES_NOTHING = Objection(
    "break_teaches_nothing", _("A break works on no objective. Choose a session that teaches.")
)
NOT_TAKEN_ON = Objection(
    "objective_not_taken_on",
    _("The activity has not taken on “%(objective)s”. Choose it for the activity first."),
)


@dataclass(frozen=True)
class Served:
    """An objective of an activity and the sessions that work on it."""

    objective: Objective
    sessions: tuple[Session, ...]


def objection_to_serving(
    session: Session, objectives: Collection[Objective], taken_on: Collection[Objective]
) -> Objection | None:
    """A session works on what its activity has promised, and on nothing else."""
    if objectives and session.is_break:
        return BREAK_TEACHES_NOTHING
    return objection_to_asking_about(objectives, taken_on)


def objection_to_asking_about(
    objectives: Collection[Objective], taken_on: Collection[Objective]
) -> Objection | None:
    """What is taught and asked belongs to an objective that the activity has taken on."""
    known = {each.pk for each in taken_on}
    for each in objectives:
        if each.pk not in known:
            return NOT_TAKEN_ON.about(objective=each.text)
    return None


def served_by(activity: Activity) -> list[Served]:
    """The objectives an activity has taken on, each with its sessions in their order."""
    working = objectives_by_session(activity)
    sessions = sessions_of(activity)
    return [
        Served(each, tuple(s for s in sessions if each.pk in working[s.pk]))
        for each in objectives_of(activity)
    ]


def served_in(session: Session) -> list[uuid.UUID]:
    """The objectives one session works on, by their ids."""
    rows = SessionObjective.objects.filter(session=session).order_by("pk")
    return list(rows.values_list("objective_id", flat=True))


def objectives_by_session(activity: Activity) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The objectives that each session works on, by their ids."""
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for link in rows_of(activity.pk, served_rows):
        found[link.session_id].add(link.objective_id)
    return found
