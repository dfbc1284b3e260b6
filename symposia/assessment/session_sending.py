"""Who is sent the questions of which sessions now: once, and one message a day at most."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from symposia.activities.models import Activity, Session, State
from symposia.assessment.models import (
    USUAL_DELAY,
    EvaluationForm,
    NoSending,
    PartResponse,
    Response,
    SessionAsked,
    SessionDelay,
)
from symposia.assessment.parts import asks_by_session, is_before_the_rest
from symposia.assessment.queries import current_form, questions_of
from symposia.assessment.taking_part import taught_in
from symposia.attendance.queries import presence_by_registration
from symposia.registrations.models import Registration
from symposia.shared.times import day_at

# Nobody is written to at night on their own clock; what falls into it leaves in the morning.
QUIET_FROM, QUIET_UNTIL = 21, 8
# Whoever was not written to by then is asked with the rest.
LATEST = timedelta(days=2)
_HELD_NOW = (State.OPEN, State.RUNNING)


@dataclass(frozen=True)
class Asking:
    """One learner and the sessions whose questions they are sent together."""

    registration: Registration
    sessions: tuple[Session, ...]


def delay_of(activity: Activity) -> int:
    """How many minutes after the last session of a day its questions go out."""
    said = SessionDelay.objects.filter(activity=activity).values_list("minutes", flat=True).first()
    return USUAL_DELAY if said is None else said


def sends_by_session(activity: Activity) -> bool:
    """Whether the form of an activity asks about its sessions before the rest."""
    form = current_form(activity)
    return form is not None and asks_by_session(activity, questions_of(form))


def with_days_between(at: datetime) -> list[Activity]:
    """Activities under way that may ask about sessions now; not where nothing goes by itself."""
    asks = EvaluationForm.objects.filter(questions__repeats__gt="").values("activity")
    rows = Activity.objects.filter(
        state__in=_HELD_NOW, starts_at__lte=at, ends_at__gt=at, pk__in=asks
    ).exclude(pk__in=NoSending.objects.values("activity"))
    found = [each for each in rows.order_by("pk") if is_before_the_rest(each, at)]
    return [each for each in found if sends_by_session(each)]


def sessions_due(activity: Activity, at: datetime) -> list[Session]:
    """The sessions of days whose last one has been over for the time that the activity says: so the
    last of a day gathers what the others asked."""
    wait = timedelta(minutes=delay_of(activity))
    by_day: dict[object, list[Session]] = defaultdict(list)
    for each in taught_in(activity):
        by_day[day_at(each.ends_at, activity.zone)].append(each)
    due = []
    for several in by_day.values():
        ends = max(each.ends_at for each in several)
        if ends + wait <= at < ends + LATEST:
            due += several
    return sorted(due, key=lambda each: (each.ends_at, each.pk))


def askings_due(activity: Activity, at: datetime) -> list[Asking]:
    """Whoever was in sessions that are due, has not answered and was not asked; whose night it is,
    and who had such a message today, waits."""
    due = sessions_due(activity, at)
    if not due:
        return []
    present = presence_by_registration(activity)
    places = Registration.objects.of(activity).confirmed().filter(pk__in=present)
    places = places.exclude(pk__in=Response.objects.of(activity).values("registration"))
    asked, told_today = _asked(activity, at)
    answered = set(PartResponse.objects.of(activity).values_list("registration_id", "session_id"))
    found = []
    for place in places.with_people().order_by("pk"):
        been = {each.session_id for each in present[place.pk].sessions if each.minutes}
        new = tuple(
            each for each in due if each.pk in been and (place.pk, each.pk) not in asked | answered
        )
        if new and place.pk not in told_today and not is_night(place, at):
            found.append(Asking(place, new))
    return found


def _asked(
    activity: Activity, at: datetime
) -> tuple[set[tuple[uuid.UUID, uuid.UUID]], set[uuid.UUID]]:
    """Of which sessions each was asked, and who was today."""
    rows = list(SessionAsked.objects.of(activity))
    today = day_at(at, activity.zone)
    told = {r.registration_id for r in rows if day_at(r.asked_at, activity.zone) == today}
    return {(row.registration_id, row.session_id) for row in rows}, told


def is_night(registration: Registration, at: datetime) -> bool:
    """Whether it is too late or too early to write, on the clock of the person, or of the venue."""
    zone = registration.clinician.zone or registration.activity.zone
    hour = at.astimezone(ZoneInfo(zone)).hour
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def titles_of(sessions: Sequence[Session]) -> str:
    """Some sessions as a message names them."""
    return ", ".join(each.title for each in sessions)


def sessions_left(places: Sequence[Registration]) -> dict[uuid.UUID, list[Session]]:
    """Of which sessions each of some was asked and has not answered, by place."""
    ids = [each.pk for each in places]
    done = PartResponse.objects.filter(registration__in=ids)
    answered = set(done.values_list("registration_id", "session_id"))
    left: dict[uuid.UUID, list[Session]] = {pk: [] for pk in ids}
    rows = SessionAsked.objects.filter(registration__in=ids).select_related("session")
    for row in rows.order_by("session__ends_at", "pk"):
        if (row.registration_id, row.session_id) not in answered:
            left[row.registration_id].append(row.session)
    return left
