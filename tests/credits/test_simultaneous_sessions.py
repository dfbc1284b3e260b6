from symposia.credits.queries import creditable_minutes
from tests.factories.activities import ActivityFactory, SessionFactory


def test_sessions_at_the_same_time_are_offered_once(organisation):
    activity = ActivityFactory()
    for _room in ("A", "B"):
        SessionFactory(activity=activity, minutes=60)
    SessionFactory(activity=activity, after=60, minutes=30, creditable_minutes=0)

    assert creditable_minutes(activity) == 60
