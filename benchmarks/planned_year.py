"""A year that is planned: activities in every state, ten sessions each, somebody who teaches."""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity, Session, SessionFaculty
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import acting_in
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory

ACTIVITIES = 2_000
SESSIONS = 10
STATES = ("draft", "returned", "approved", "open", "running", "held", "reconciling", "closed")
HALLS = 40
MINUTES = 20


def plan_a_year(organisation: Organisation, count: int = ACTIVITIES) -> None:
    """Half of it behind, half ahead; each activity has a hall and a teacher of its own hour."""
    with acting_in(organisation.pk):
        activities = Activity.objects.bulk_create(_activities(count))
        sessions = Session.objects.bulk_create(_sessions(activities), batch_size=2_000)
        SessionFaculty.objects.bulk_create(
            (
                SessionFacultyFactory.build(session=each, name=f"Dr {each.room} {each.track}")
                for each in sessions
            ),
            batch_size=2_000,
        )


def _activities(count: int) -> Iterator[Activity]:
    states, apart = itertools.cycle(STATES), timedelta(days=365) / count
    start = now().replace(tzinfo=None) - timedelta(days=182)
    for number in range(count):
        at: datetime = (start + apart * number).replace(minute=0, second=0, microsecond=0)
        yield ActivityFactory.build(
            number=f"ACT-{uuid7().hex[-12:]}",
            state=next(states),
            wall_starts=at,
            minutes=SESSIONS * MINUTES,
            zone="UTC",
        )


def _sessions(activities: list[Activity]) -> Iterator[Session]:
    for number, activity in enumerate(activities):
        for place in range(SESSIONS):
            yield SessionFactory.build(
                activity=activity,
                title=f"Case {place + 1}",
                minutes=MINUTES,
                after=place * MINUTES,
                room=f"Hall {number % HALLS}",
                track=str(number),
            )
