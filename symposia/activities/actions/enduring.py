from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from symposia.accounts.models import User
from symposia.accounts.queries import local_day
from symposia.activities.actions.cloning import keep_origin, take_objectives
from symposia.activities.actions.planning import ActivityFacts, change_activity, create_activity
from symposia.activities.actions.session_objectives import serve_the_same
from symposia.activities.actions.sessions import SessionFacts, add_session, assign_faculty
from symposia.activities.lasting import (
    Term,
    objection_to_enduring_type,
    objection_to_recording,
    objection_to_review_day,
    objection_to_reviewing,
    objection_to_term,
)
from symposia.activities.models import (
    Activity,
    DeliveryForm,
    EnduringTerm,
    OriginKind,
    RefreshKind,
    Session,
    SessionFaculty,
)
from symposia.activities.policies import objection_to_changing
from symposia.activities.taking_over import Mark, words_to_refresh
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class RecordingFacts:
    """What is offered of a recording: how it is called, as what, where and how long."""

    title: str
    type: str
    online_address: str
    term: Term


@transaction.atomic
def offer_recording(
    source: Activity, facts: RecordingFacts, *, by: Actor, owner: User | None = None
) -> Activity:
    """Plan the recording of an activity as enduring material: an activity of its own."""
    source = Activity.objects.locked(source.pk)

    refuse_if(objection_to_recording(source))
    refuse_if(objection_to_enduring_type(facts.type))
    refuse_if(objection_to_term(facts.term))

    first, last = _span(facts.term)
    told = ActivityFacts(
        title=facts.title,
        type=facts.type,
        wall_starts=first,
        wall_ends=last,
        zone=source.zone,
        delivery=DeliveryForm.ONLINE,
        summary=source.summary,
        country=source.country,
        online_address=facts.online_address,
    )
    made = create_activity(told, mode=source.mode, owner=owner or source.owner, by=by)
    marks = words_to_refresh(made.title, made.summary)
    marks += take_objectives(source, made, by)
    marks += _take_sessions(source, made, by=by)
    term = EnduringTerm.objects.create(activity=made, **vars(facts.term))
    keep_origin(made, source, OriginKind.RECORDING, marks, by=by)
    record(by, "enduring.begun", term, details={"from": source.number})
    return Activity.objects.get(pk=made.pk)


@transaction.atomic
def set_term(activity: Activity, term: Term, *, by: Actor) -> EnduringTerm:
    """Say from when to when enduring material is offered, and by when it is reviewed."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_changing(activity))
    refuse_if(objection_to_enduring_type(activity.type))
    refuse_if(objection_to_term(term))

    first, last = _span(term)
    has = {name: getattr(activity, name) for name in ActivityFacts.__dataclass_fields__}
    facts = ActivityFacts(**has | {"wall_starts": first, "wall_ends": last})
    change_activity(activity, facts, seen_version=activity.version, by=by)
    kept, _new = EnduringTerm.objects.update_or_create(activity=activity, defaults=vars(term))
    record(by, "enduring.term_set", kept)
    return kept


@transaction.atomic
def review_enduring(
    term: EnduringTerm, *, outcome: str, review_on: date, by: Actor
) -> EnduringTerm:
    """Keep what a review of enduring material found, and by when the next one is due."""
    rows = EnduringTerm.objects.select_related("activity").select_for_update(of=("self",))
    term = rows.get(pk=term.pk)
    today = local_day()

    refuse_if(objection_to_reviewing(term, outcome=outcome))
    refuse_if(objection_to_review_day(max(today, term.released_on), review_on))

    was, term.review_on = term.review_on, review_on
    term.reviewed_on, term.outcome = today, outcome.strip()[:300]
    term.version += 1
    term.save()
    change = {"field": "review_on", "was": was, "now": review_on}
    record(by, "enduring.reviewed", term, reason=term.outcome, details={"changes": [change]})
    return term


def _span(term: Term) -> tuple[datetime, datetime]:
    """From the first minute of the release to the last one of the termination."""
    return (
        datetime.combine(term.released_on, time()),
        datetime.combine(term.ends_on, time(23, 59)),
    )


def _take_sessions(source: Activity, made: Activity, *, by: Actor) -> list[Mark]:
    """What was taught, one after the other; breaks are not part of a recording."""
    at, marks = made.wall_starts, []
    for each in Session.objects.of(source).filter(is_break=False, is_marketing=False):
        facts = SessionFacts(each.title, at, each.minutes, each.creditable_minutes)
        session = add_session(made, facts, by=by)
        serve_the_same(each, session, by=by)
        at += timedelta(minutes=each.minutes)
        marks.append(
            Mark(RefreshKind.AGENDA, _("%s: the edited recording lasts as long") % each.title)
        )
        for who in SessionFaculty.objects.filter(session=each).order_by("name", "pk"):
            assign_faculty(session, clinician=who.clinician, name=who.name, role=who.role, by=by)
            said = f"{who.name}, {who.get_role_display()}"
            marks.append(Mark(RefreshKind.DISCLOSURE, said))
    return list(dict.fromkeys(marks))
