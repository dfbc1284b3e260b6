from datetime import datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from symposia.activities.models import Activity, ActivityObjective, Session, SessionFaculty
from symposia.shared.times import at_venue
from tests.factories.curriculum import ObjectiveFactory


class ActivityFactory(DjangoModelFactory):
    """An activity of 90 minutes in any state; needs an organisation's transaction around it.

    Say `wall_starts` (a time on the wall of the venue) and `minutes`; instants follow.
    """

    class Meta:
        model = Activity

    class Params:
        minutes = 90

    # Far above what actions count, which may number activities of the same organisation.
    number = factory.Sequence(lambda n: f"ACT-2026-{5000 + n}")
    title = "Acute stroke: thrombolysis update"
    mode = "independent"
    type = "course"
    wall_starts = datetime.fromisoformat("2027-03-11T18:30")
    wall_ends = factory.LazyAttribute(lambda a: a.wall_starts + timedelta(minutes=a.minutes))
    zone = "America/New_York"
    starts_at = factory.LazyAttribute(lambda a: at_venue(a.wall_starts, a.zone))
    ends_at = factory.LazyAttribute(lambda a: at_venue(a.wall_ends, a.zone))
    delivery = "in_person"
    venue_name = "Harbour Conference Centre"
    city = "Boston"
    country = "US"
    capacity = 90
    expected_attendance = 80
    state = "draft"


class SessionFactory(DjangoModelFactory):
    """A slot right at the start of its activity unless told otherwise."""

    class Meta:
        model = Session

    class Params:
        after = 0

    activity = factory.SubFactory(ActivityFactory)
    title = "Who benefits?"
    minutes = 90
    creditable_minutes = factory.SelfAttribute("minutes")
    wall_starts = factory.LazyAttribute(
        lambda s: s.activity.wall_starts + timedelta(minutes=s.after)
    )
    starts_at = factory.LazyAttribute(lambda s: s.activity.starts_at + timedelta(minutes=s.after))
    ends_at = factory.LazyAttribute(lambda s: s.starts_at + timedelta(minutes=s.minutes))
    position = factory.Sequence(int)


class SessionFacultyFactory(DjangoModelFactory):
    class Meta:
        model = SessionFaculty

    session = factory.SubFactory(SessionFactory)
    name = factory.Sequence("Dr Meera Rao {}".format)
    role = "faculty"


class ActivityObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = ActivityObjective

    activity = factory.SubFactory(ActivityFactory)
    objective = factory.SubFactory(ObjectiveFactory)
