"""What rules ask about those with a place, counted in one statement as by hand."""

from datetime import date, datetime, time

from symposia.activities.models import ActivityObjective
from symposia.registrations.rule_facts import facts_of_places
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.curriculum import ObjectiveFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory


def on(year, month=5, **facts):
    return ActivityFactory(wall_starts=datetime.combine(date(year, month, 4), time(9)), **facts)


def test_nothing_is_known_while_nobody_has_a_place(organisation):
    assert facts_of_places(RegistrationFactory(state="cancelled").activity_id) == {}


def test_the_fullest_calendar_of_the_same_year_counts(organisation):
    here, busy = on(2026, state="open"), ClinicianFactory()
    RegistrationFactory(activity=here)
    RegistrationFactory(activity=here, clinician=busy)
    RegistrationFactory(activity=on(2026, 12), clinician=busy, state="queued")
    RegistrationFactory(activity=on(2026, 1), clinician=busy, state="cancelled")
    RegistrationFactory(activity=on(2026, 2, state="cancelled"), clinician=busy)
    RegistrationFactory(activity=on(2025, 12), clinician=busy)
    RegistrationFactory(activity=on(2027, 1), clinician=busy)

    assert facts_of_places(here.pk)["busiest_attendee_count"] == 2


def test_who_knows_the_topic_already_attended_or_taught_it_in_the_year_before(organisation):
    objective = ObjectiveFactory()

    def about_it(activity):
        ActivityObjective.objects.create(activity=activity, objective=objective)
        return activity

    here, came, taught, new = about_it(on(2026, state="open")), *ClinicianFactory.create_batch(3)
    for each in (came, taught, new):
        RegistrationFactory(activity=here, clinician=each)
    before, long_ago = about_it(on(2025, 11, state="closed")), about_it(on(2024, state="closed"))
    other = on(2025, 11, state="closed")
    RegistrationFactory(activity=before, clinician=came)
    RegistrationFactory(activity=before, clinician=new, state="cancelled")
    RegistrationFactory(activity=long_ago, clinician=new)
    RegistrationFactory(activity=other, clinician=new)
    for _twice in range(2):
        session = SessionFactory(activity=before)
        SessionFacultyFactory(session=session, clinician=taught, name=taught.called)

    found = facts_of_places(here.pk)

    assert (found["repeat_attendees"], found["speakers_attending"]) == (1, 1)
