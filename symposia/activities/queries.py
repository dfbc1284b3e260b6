import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from symposia.accounts.models import Organisation
from symposia.accounts.queries import this_organisation
from symposia.activities.agenda import Clash, clashes, creditable_minutes
from symposia.activities.around import around
from symposia.activities.models import (
    Activity,
    ActivityObjective,
    ActivityStep,
    Session,
    SessionFaculty,
    SessionObjective,
    State,
)
from symposia.activities.reading import Batch, loaded_once, one_reading, read_together, rows_of
from symposia.compliance.facts import Engaged, Subject, people_of
from symposia.compliance.models import Evaluation, Finding, StatedFact
from symposia.compliance.queries.evaluations import facts_known, in_order
from symposia.curriculum.models import Objective


@dataclass(frozen=True)
class Slot:
    """A session with the people who teach in it."""

    session: Session
    faculty: list[SessionFaculty]


@dataclass(frozen=True)
class Agenda:
    """An activity's sessions in their order, with what they come to."""

    slots: list[Slot]
    minutes: int
    creditable_minutes: int
    clashes: list[Clash]

    @property
    def sessions(self) -> list[Session]:
        return [slot.session for slot in self.slots]


def agenda_of(activity: Activity) -> Agenda:
    """The sessions with their faculty, totals and overlaps: two queries, whatever its length."""
    sessions = loaded_once(activity, sessions_of)
    by_session: dict[uuid.UUID, list[SessionFaculty]] = defaultdict(list)
    for person in faculty_of(activity):
        by_session[person.session_id].append(person)
    names: dict[object, list[str]] = {pk: [p.name for p in by_session[pk]] for pk in by_session}
    return Agenda(
        [Slot(session, by_session[session.pk]) for session in sessions],
        sum(session.minutes for session in sessions),
        creditable_minutes(sessions),
        clashes(sessions, names),
    )


def session_rows(activity_id: uuid.UUID) -> QuerySet[Session]:
    """The sessions in their order."""
    return Session.objects.of(activity_id)


def sessions_of(activity: Activity) -> list[Session]:
    """The sessions in their order."""
    return rows_of(activity.pk, session_rows)


def faculty_rows(activity_id: uuid.UUID) -> QuerySet[SessionFaculty]:
    """Everybody with a content role, session by session."""
    return SessionFaculty.objects.of(activity_id)


def faculty_of(activity: Activity) -> list[SessionFaculty]:
    """Everybody with a content role, session by session."""
    return rows_of(activity.pk, faculty_rows)


def creditable_minutes_of(activity: Activity) -> int:
    """Minutes of the activity that count for credit; simultaneous sessions count once."""
    return creditable_minutes(loaded_once(activity, sessions_of))


def objective_rows(activity_id: uuid.UUID) -> QuerySet[ActivityObjective]:
    """The objectives an activity has taken on in their order, with their gaps."""
    links = ActivityObjective.objects.filter(activity=activity_id).order_by("position", "pk")
    return links.select_related("objective__gap")


def objectives_of(activity: Activity) -> list[Objective]:
    """The objectives an activity has taken on, with their gaps."""
    return [link.objective for link in rows_of(activity.pk, objective_rows)]


def activities_of_objectives(objective_ids: Iterable[uuid.UUID]) -> list[Activity]:
    """The activities that have taken on any of these objectives, cancelled ones left out."""
    links = ActivityObjective.objects.filter(objective__in=list(objective_ids))
    found = Activity.objects.filter(pk__in=links.values("activity")).exclude(state=State.CANCELLED)
    return list(found.order_by("starts_at", "pk"))


def step_rows(activity_id: uuid.UUID) -> QuerySet[ActivityStep]:
    """The moves of an activity along its states, oldest first."""
    return ActivityStep.objects.filter(activity=activity_id).order_by("at", "pk")


def activity_rows(activity_id: uuid.UUID) -> QuerySet[Activity]:
    """The activity itself: one row."""
    return Activity.objects.filter(pk=activity_id)


def activity_known(activity_id: uuid.UUID) -> Activity:
    """The activity that facts are asked of, read once within one reading."""
    found: Activity = rows_of(activity_id, activity_rows)[0]
    return found


def stated_rows(activity_id: uuid.UUID) -> QuerySet[StatedFact]:
    """What somebody said of an activity that no record holds: of each fact the last."""
    return StatedFact.objects.standing("activity", activity_id)


def organisation_rows(activity_id: uuid.UUID) -> QuerySet[Organisation]:
    """Whose activity it is: one row."""
    here = Activity.objects.filter(pk=activity_id).values("organisation_id")
    return Organisation.objects.filter(pk__in=here)


def organisation_of(activity: Activity) -> Organisation:
    """Whose activity it is."""
    found: Organisation = rows_of(activity.pk, organisation_rows)[0]
    return found


def steps_of(activity: Activity) -> list[ActivityStep]:
    """The moves of an activity along its states, oldest first."""
    return rows_of(activity.pk, step_rows)


def frozen_of(activity: Activity) -> dict[str, Any]:
    """Everything approvers sign: the facts of the plan as they are now.

    In the language of the organisation, so that nothing differs by who reads it.
    """
    with translation.override(this_organisation().language):
        return _frozen(activity)


def _frozen(activity: Activity) -> dict[str, Any]:
    served: dict[uuid.UUID, list[str]] = defaultdict(list)
    for link in served_rows(activity.pk).select_related("objective"):
        served[link.session_id].append(link.objective.text)
    return {
        "number": activity.number,
        "title": activity.title,
        "summary": activity.summary,
        **({"product": activity.product} if activity.product else {}),
        "mode": activity.get_mode_display(),
        "type": activity.get_type_display(),
        "when": {
            "starts": activity.wall_starts.isoformat(timespec="minutes"),
            "ends": activity.wall_ends.isoformat(timespec="minutes"),
            "zone": activity.zone,
        },
        "place": {
            "delivery": activity.get_delivery_display(),
            "venue": activity.venue_name,
            "address": activity.venue_address,
            "city": activity.city,
            "country": activity.country,
            "online": activity.online_address,
        },
        "places": {"capacity": activity.capacity, "expected": activity.expected_attendance},
        "objectives": [
            {"id": str(o.pk), "objective": o.text, "gap": f"{o.gap.number} {o.gap.title}"}
            for o in objectives_of(activity)
        ],
        "sessions": [
            _frozen_slot(slot, served[slot.session.pk]) for slot in agenda_of(activity).slots
        ],
    }


def served_rows(activity_id: uuid.UUID) -> QuerySet[SessionObjective]:
    """Which session works on which of the objectives."""
    return SessionObjective.objects.filter(session__activity=activity_id).order_by("pk")


def _frozen_slot(slot: Slot, served: Sequence[str]) -> dict[str, Any]:
    session = slot.session
    works_on = {"objectives": served} if served else {}
    return works_on | {
        "id": str(session.pk),
        "title": session.title,
        "starts": session.wall_starts.isoformat(timespec="minutes"),
        "minutes": session.minutes,
        "creditable_minutes": session.creditable_minutes,
        "room": session.room,
        **({"marketing": "yes"} if session.is_marketing else {}),
        "faculty": [f"{p.name}, {p.get_role_display()}" for p in slot.faculty],
    }


def evaluation_rows(activity_id: uuid.UUID) -> QuerySet[Evaluation]:
    """What the rules last said of an activity: one row, or none."""
    return Evaluation.objects.of_subject("activity", activity_id)[:1]


def evaluation_of(activity: Activity) -> Evaluation | None:
    """What the rules last said of an activity."""
    return next(iter(rows_of(activity.pk, evaluation_rows)), None)


def finding_rows(activity_id: uuid.UUID) -> QuerySet[Finding]:
    """What each rule said last; the text of the packs stays where it is."""
    last = Finding.objects.filter(evaluation__in=evaluation_rows(activity_id).values("pk"))
    return last.select_related("pack", "own_pack", "override").defer(
        "pack__source", "own_pack__source"
    )


def findings_about(activity: Activity) -> list[Finding]:
    """The single findings of that, blocks first."""
    return in_order(rows_of(activity.pk, finding_rows))


def rule_facts_of(activity: Activity) -> dict[str, Any]:
    """The facts that rules decide on, flat and typed; contexts above add theirs."""
    slots = loaded_once(activity, agenda_of)
    objectives = loaded_once(activity, objectives_of)
    unnamed = [s for s in slots.slots if s.session.creditable_minutes and not s.faculty]
    return {
        "mode": activity.mode,
        "type": activity.type,
        "delivery": activity.delivery,
        "country": activity.country,
        "city": activity.city,
        "starts_on": activity.wall_starts.date().isoformat(),
        "minutes": activity.interval.minutes,
        "creditable_minutes": slots.creditable_minutes,
        "sessions": len(slots.slots),
        "creditable_sessions_without_faculty": len(unnamed),
        "faculty": len({p.name for s in slots.slots for p in s.faculty}),
        "objectives": len(objectives),
        "gaps": len({o.gap_id for o in objectives}),
        "expected_attendance": activity.expected_attendance,
        "capacity": activity.capacity,
    }


def facts_known_of(activity: Activity) -> dict[str, Any]:
    """Every fact that rules would decide on now, as they are kept when the rules look."""
    with one_reading():
        return facts_known(
            rule_subject_of(activity),
            rule_facts_of(activity),
            people_of("activity", activity.pk),
            organisation_of(activity),
            stated={
                each.name: each.value
                for each in rows_of(activity.pk, stated_rows)
                if each.value is not None
            },
            around=around(activity),
        )


def rule_subject_of(activity: Activity) -> Subject:
    """An activity as rules see it: its day, and the words it is described in."""
    sessions = [session.title for session in sessions_of(activity)]
    words = " ".join([activity.title, activity.product, activity.summary, *sessions])
    return Subject("activity", activity.pk, activity.wall_starts.date(), str(activity), words)


def speakers_of(activity_id: uuid.UUID) -> list[Engaged]:
    """Everybody of the directory who teaches at an activity, each once; fees are kept above."""
    taught = [each for each in rows_of(activity_id, faculty_rows) if each.clinician_id]
    names = {each.clinician_id: each.name for each in sorted(taught, key=lambda e: (e.name, e.pk))}
    return [Engaged(pk, name) for pk, name in names.items()]


def register_rows() -> None:
    """What the rail of an activity shows of this context comes in one statement."""
    read_together(
        Batch.RAIL,
        *(session_rows, faculty_rows, objective_rows, step_rows, organisation_rows),
        *(evaluation_rows, finding_rows),
    )
    read_together(Batch.RULES, activity_rows, stated_rows)
