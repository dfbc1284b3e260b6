from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from symposia.accounts.models import User
from symposia.accounts.queries import local_day
from symposia.activities.actions.duties import (
    HandedIn,
    add_document,
    add_milestone,
    assign_milestone,
    hand_in_document,
)
from symposia.activities.actions.organisers import OrganiserFacts, name_organiser
from symposia.activities.actions.planning import (
    ActivityFacts,
    choose_objectives,
    create_activity,
)
from symposia.activities.actions.session_objectives import serve_the_same
from symposia.activities.actions.sessions import SessionFacts, add_session, assign_faculty
from symposia.activities.actions.team import add_team_member
from symposia.activities.actions.types import answer_type_questions
from symposia.activities.control import team_of
from symposia.activities.models import (
    Activity,
    DocumentSlot,
    Milestone,
    Origin,
    OriginKind,
    Refresh,
    RefreshKind,
    Session,
    SessionFaculty,
)
from symposia.activities.organisers import organiser_of
from symposia.activities.own_types import answers_of
from symposia.activities.queries import objectives_of
from symposia.activities.taking_over import (
    Mark,
    late_mark,
    names_a_year,
    objection_to_taking_over,
    parts,
    words_to_refresh,
)
from symposia.audit.actions import record
from symposia.curriculum.policies.gaps import objection_to_changing_gap
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.work.files import open_stored


@dataclass(frozen=True)
class CloneFacts:
    """What is new about the copy: what it is called and when it begins."""

    title: str
    wall_starts: datetime


@transaction.atomic
def clone_activity(
    source: Activity,
    facts: CloneFacts,
    *,
    take: Collection[str],
    by: Actor,
    owner: User | None = None,
) -> Activity:
    """Plan another activity like this one; what it takes over is looked at before submission."""
    source = Activity.objects.locked(source.pk)
    today = local_day()

    refuse_if(objection_to_taking_over(facts.wall_starts, take, today=today))

    has: dict[str, Any] = {n: getattr(source, n) for n in ActivityFacts.__dataclass_fields__}
    length = source.wall_ends - source.wall_starts
    has |= {"title": facts.title, "wall_starts": facts.wall_starts}
    has |= {"wall_ends": facts.wall_starts + length}
    copy = create_activity(
        ActivityFacts(**has),
        mode=source.mode,
        owner=owner or source.owner,
        territory=source.territory,
        by=by,
    )
    marks = words_to_refresh(copy.title, copy.summary)
    for part in parts():
        if part.name in take:
            marks += part.take(source, copy, by)
    marks += _late_duties(copy, today)
    keep_origin(copy, source, OriginKind.CLONE, marks, by=by)
    details = {"from": source.number, "taken": sorted(take), "to_look_at": len(marks)}
    record(by, "activity.cloned", copy, details=details)
    return Activity.objects.get(pk=copy.pk)


@transaction.atomic
def take_objectives(source: Activity, copy: Activity, by: Actor) -> list[Mark]:
    """Take on the same promises, as far as their gaps are still open."""
    taken = [o for o in objectives_of(source) if objection_to_changing_gap(o.gap) is None]
    choose_objectives(copy, taken, by=by)
    return [Mark(RefreshKind.OBJECTIVE, each.text) for each in taken]


@transaction.atomic
def take_agenda(source: Activity, copy: Activity, by: Actor) -> list[Mark]:
    """The same sessions at the same distance from the start; rooms are not booked again."""
    moved = copy.wall_starts - source.wall_starts
    marks = []
    for each in Session.objects.of(source):
        facts = SessionFacts(
            each.title,
            each.wall_starts + moved,
            each.minutes,
            each.creditable_minutes,
            room=each.room,
            track=each.track,
            is_break=each.is_break,
            is_marketing=each.is_marketing,
            guideline=each.guideline if each.guideline and each.guideline.is_current else None,
        )
        made = add_session(copy, facts, by=by)
        serve_the_same(each, made, by=by)
        if names_a_year(each.title):
            marks.append(Mark(RefreshKind.AGENDA, each.title))
        if each.place_id:
            said = _("%(session)s: the room %(room)s is not booked") % {
                "session": each.title,
                "room": each.room,
            }
            marks.append(Mark(RefreshKind.PLACE, said))
    return marks


@transaction.atomic
def take_people(source: Activity, copy: Activity, by: Actor) -> list[Mark]:
    """The team, and where the agenda is the same its faculty; each person is asked again."""
    people = {}
    for member in team_of(source):
        add_team_member(copy, member.contributor, role=member.role, by=by)
        people[member.contributor.name] = member.get_role_display()
    moved = copy.wall_starts - source.wall_starts
    sessions = {(s.title, s.wall_starts - moved): s for s in Session.objects.of(copy)}
    for each in SessionFaculty.objects.of(source):
        session = sessions.get((each.session.title, each.session.wall_starts))
        if session:
            assign_faculty(session, clinician=each.clinician, name=each.name, role=each.role, by=by)
            people[each.name] = each.get_role_display()
    return [Mark(RefreshKind.DISCLOSURE, f"{name}, {role}") for name, role in people.items()]


@transaction.atomic
def take_duties(source: Activity, copy: Activity, by: Actor) -> list[Mark]:
    """Milestones beyond those of the type, and who owes each."""
    there = {each.title: each for each in Milestone.objects.filter(activity=copy)}
    for each in Milestone.objects.of(source):
        if each.title in there:
            assign_milestone(there[each.title], each.owner, by=by)
        else:
            add_milestone(copy, title=each.title, days=each.days, owner=each.owner, by=by)
    return []


@transaction.atomic
def take_documents(source: Activity, copy: Activity, by: Actor) -> list[Mark]:
    """The latest file of each document, as the first version of the new one."""
    there = {each.title: each for each in DocumentSlot.objects.filter(activity=copy)}
    marks = []
    for each in DocumentSlot.objects.of(source):
        slot = there.get(each.title) or add_document(copy, title=each.title, days=each.days, by=by)
        latest = each.versions.select_related("file").order_by("-number").first()
        if latest is None or latest.file.deleted_at:
            continue
        with open_stored(latest.file) as kept:
            given = HandedIn(kept.read(), latest.file.name, _("From %s") % source.number)
        hand_in_document(slot, given, by=by)
        marks.append(Mark(RefreshKind.DOCUMENT, f"{each.title}: {latest.file.name}"))
    return marks


@transaction.atomic
def take_answers(source: Activity, copy: Activity, by: Actor) -> list[Mark]:
    """What was answered to the questions of the type, and who organises it with us."""
    asked = {each.question for each in answers_of(copy)}
    said = {a.question: a.answer for a in answers_of(source) if a.answer and a.question in asked}
    answer_type_questions(copy, said, by=by)
    marks = [Mark(RefreshKind.WORDS, f"{question}: {said[question]}") for question in said]
    if partner := organiser_of(source):
        name_organiser(copy, OrganiserFacts(partner.part, partner.name), by=by)
        marks.append(Mark(RefreshKind.WORDS, f"{partner.get_part_display()}: {partner.name}"))
    return marks


@transaction.atomic
def keep_origin(
    activity: Activity, source: Activity, kind: OriginKind, marks: Sequence[Mark], *, by: Actor
) -> Origin:
    """Link an activity to the one it was made from, with what is to be looked at."""
    origin = Origin.objects.create(activity=activity, source=source, kind=kind)
    Refresh.objects.bulk_create(
        Refresh(activity=activity, kind=mark.kind, statement=mark.statement[:300]) for mark in marks
    )
    record(by, "origin.kept", origin, details={"from": source.number, "kind": kind})
    return origin


def _late_duties(activity: Activity, today: date) -> list[Mark]:
    """Whatever should have been done before today, with the day on which it usually is."""
    begins = activity.wall_starts.date()
    owed = [
        *Milestone.objects.filter(activity=activity).order_by("days", "pk"),
        *DocumentSlot.objects.filter(activity=activity).order_by("days", "pk"),
    ]
    usual = [(each.title, begins + timedelta(days=each.days)) for each in owed]
    return [late_mark(title, day) for title, day in usual if day < today]
