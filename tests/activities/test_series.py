from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from symposia.activities.actions.occasions import (
    add_day,
    avoid_holidays,
    except_day,
    undo_exception,
)
from symposia.activities.actions.planning import ActivityFacts, change_activity
from symposia.activities.actions.refreshing import look_at
from symposia.activities.actions.series import (
    SeriesFacts,
    begin_series,
    change_series,
    choose_series_objectives,
    copy_to_next_year,
    make_occasions,
)
from symposia.activities.actions.sessions import assign_faculty
from symposia.activities.models import (
    Activity,
    ClosedDay,
    Occasion,
    Refresh,
    Series,
    SeriesException,
)
from symposia.activities.series import days_of_series, proposals_for, series_of
from symposia.activities.tasks import MAKING_SESSIONS, ask_for_sessions, make_sessions
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.work.models import Job
from tests.activities.test_actions import code_of
from tests.factories.accounts import OrganisationFactory
from tests.factories.curriculum import ObjectiveFactory

pytestmark = pytest.mark.django_db
FRIDAY = date(2027, 3, 5)
SECOND = date(2027, 3, 12)


def facts(**other):
    values = {
        "title": "Grand rounds",
        "type": "grand_rounds",
        "repeats": "weekly",
        "interval": 1,
        "first_on": FRIDAY,
        "until_on": date(2027, 3, 26),
        "clock": time(12),
        "minutes": 60,
        "zone": "America/New_York",
        "delivery": "in_person",
        "venue_name": "Harbour Centre",
        "city": "Boston",
        "country": "US",
    }
    return SeriesFacts(**values | other)


def begun(**other):
    return begin_series(facts(**other), mode="independent", by=SYSTEM)


def changed(series, **other):
    return change_series(series, facts(**other), seen_version=series.version, by=SYSTEM)


def made_by_a_worker(series):
    """The sessions that were asked for as a job."""
    job = Job.objects.get(kind=MAKING_SESSIONS, finished_at=None)
    make_sessions.run(str(series.organisation_id), job_id=str(job.pk), series_id=str(series.pk))
    job.refresh_from_db()
    assert job.state == "done", job.problem
    return job


def edited(activity, **other):
    has = {name: getattr(activity, name) for name in ActivityFacts.__dataclass_fields__}
    return change_activity(
        activity, ActivityFacts(**has | other), seen_version=activity.version, by=SYSTEM
    )


def test_an_activity_is_made_for_each_day_once_on_the_clock_of_its_venue(organisation):
    objective = ObjectiveFactory()
    series = choose_series_objectives(begun(), [objective], by=SYSTEM)

    made = make_occasions(series, by=SYSTEM)

    assert len(made) == 4
    assert make_occasions(series, by=SYSTEM) == []
    instants = [f"{each.starts_at:%d %H:%M}" for each in made]
    assert instants == ["05 17:00", "12 17:00", "19 16:00", "26 16:00"]
    assert [each.sessions.get().creditable_minutes for each in made] == [60] * 4
    assert {each.objective_links.get().objective for each in made} == {objective}
    assert series_of(made[0]) == series
    assert Entry.objects.filter(action="series.sessions_made").count() == 1


def test_a_long_year_is_made_by_a_job_a_few_at_a_time(organisation):
    series = begun(until_on=FRIDAY + timedelta(weeks=11))
    assert ask_for_sessions(series, by=SYSTEM) == 12

    job = made_by_a_worker(series)

    assert (job.done, job.total) == (12, 12)
    assert len(series.occasions.all()) == 12
    assert Entry.objects.filter(action="series.sessions_made").count() == 3
    assert ask_for_sessions(series, by=SYSTEM) == 0


def test_a_holiday_is_skipped_and_another_day_moved(organisation):
    series = begun()
    except_day(series, FRIDAY, moved_to=None, reason="Founders' day", by=SYSTEM)
    make_occasions(series, by=SYSTEM)

    except_day(series, SECOND, moved_to=date(2027, 3, 11), reason="Holiday", by=SYSTEM)

    days = days_of_series(series)
    assert [(each.on, each.reason) for each in days[:3]] == [
        (None, "Founders' day"),
        (date(2027, 3, 11), "Holiday"),
        (date(2027, 3, 19), ""),
    ]
    moved = Activity.objects.get(pk=days[1].activity_id)
    assert f"{moved.wall_starts:%d %H:%M}" == "11 12:00"


def test_an_exception_is_taken_back_and_the_day_returns(organisation):
    series = begun()
    make_occasions(series, by=SYSTEM)
    off = except_day(series, FRIDAY, moved_to=None, reason="Holiday", by=SYSTEM)
    moved = except_day(series, SECOND, moved_to=date(2027, 3, 11), reason="Holiday", by=SYSTEM)

    undo_exception(off, by=SYSTEM)
    undo_exception(moved, by=SYSTEM)

    assert not SeriesException.objects.exists()
    again = make_occasions(series, by=SYSTEM)
    assert [each.wall_starts.date() for each in again] == [FRIDAY]
    second = Occasion.objects.get(day=SECOND).activity
    assert second.wall_starts.date() == SECOND


def test_a_day_is_added_and_taken_back(organisation):
    series = begun()
    monday = date(2027, 3, 8)
    extra = add_day(series, monday, reason="Guest from abroad", by=SYSTEM)
    make_occasions(series, by=SYSTEM)
    assert Occasion.objects.get(day=monday).activity.wall_starts.date() == monday
    assert code_of(lambda: add_day(series, monday, reason="x", by=SYSTEM)) == "already_a_day"

    undo_exception(extra, by=SYSTEM)

    assert monday not in [each.planned_on for each in days_of_series(series)]
    assert Activity.objects.filter(state="cancelled").count() == 1


def test_holidays_are_avoided_as_proposed(organisation):
    series = begun(
        first_on=date(2026, 11, 19), until_on=date(2026, 12, 31), zone="America/New_York"
    )
    make_occasions(series, by=SYSTEM)
    found = proposals_for(series)
    assert [(each.day, each.to) for each in found] == [(date(2026, 11, 26), date(2026, 11, 27))]
    assert "Thanksgiving" in found[0].holiday

    avoid_holidays(series, by=SYSTEM)

    assert proposals_for(series) == []
    moved = Occasion.objects.get(day=date(2026, 11, 26)).activity
    assert moved.wall_starts.date() == date(2026, 11, 27)
    assert Entry.objects.filter(action="series.day_excepted").get().reason == found[0].holiday


def test_days_on_which_the_organisation_is_closed_are_kept_free_too(organisation):
    ClosedDay.objects.create(day=SECOND, name="Founders' day")

    assert [(each.day, each.holiday) for each in proposals_for(begun())] == [
        (SECOND, "Founders' day")
    ]


def test_a_day_that_is_skipped_later_takes_its_activity_off(organisation):
    series = begun()
    first = make_occasions(series, by=SYSTEM)[0]

    except_day(series, FRIDAY, moved_to=None, reason="Holiday", by=SYSTEM)

    assert Activity.objects.get(pk=first.pk).state == "cancelled"


@pytest.mark.parametrize(
    ("day", "moved_to", "reason", "code"),
    [
        (date(2027, 3, 6), None, "Why", "not_a_day"),
        (FRIDAY, FRIDAY, "Why", "same_day"),
        (FRIDAY, None, " ", "day_off_reason"),
    ],
)
def test_an_exception_is_of_a_day_and_for_a_reason(organisation, day, moved_to, reason, code):
    series = begun()

    found = code_of(lambda: except_day(series, day, moved_to=moved_to, reason=reason, by=SYSTEM))

    assert found == code


def test_what_was_submitted_is_not_moved_by_its_series(organisation):
    series = begun()
    first = make_occasions(series, by=SYSTEM)[0]
    first.move("submitted")

    found = code_of(lambda: except_day(series, FRIDAY, moved_to=None, reason="Holiday", by=SYSTEM))

    assert found == "frozen_session"


def test_a_series_has_days_and_lies_within_bounds(organisation):
    assert code_of(lambda: begun(until_on=date(2028, 9, 1))) == "series_too_long"
    assert code_of(lambda: begun(clock=time(23, 30))) == "over_midnight"
    until = date(2027, 4, 1)
    monthly = {"repeats": "monthly_day", "first_on": date(2027, 3, 31), "until_on": until}
    assert len(days_of_series(begun(**monthly))) == 1
    with acting_in(OrganisationFactory(kind="company").pk):
        assert code_of(begun) == "company_not_independent"


def test_sessions_follow_their_series_field_by_field_where_nobody_said_otherwise(organisation):
    series = begun()
    plain, titled, timed, gone = make_occasions(series, by=SYSTEM)
    edited(titled, title="Rounds: sepsis")
    late = timed.wall_starts + timedelta(hours=4)
    edited(timed, wall_starts=late, wall_ends=late + timedelta(hours=1))
    gone.move("submitted")

    changed(series, title="Rounds", clock=time(8), minutes=90, venue_name="Aula")

    def seen(activity):
        now = Activity.objects.get(pk=activity.pk)
        minutes = int((now.wall_ends - now.wall_starts).total_seconds() / 60)
        session = now.sessions.get()
        return now.title, f"{now.wall_starts:%H:%M}", minutes, now.venue_name, session.minutes

    assert seen(plain) == ("Rounds", "08:00", 90, "Aula", 90)
    assert seen(titled) == ("Rounds: sepsis", "08:00", 90, "Aula", 90)
    assert seen(timed) == ("Rounds", "16:00", 60, "Aula", 60)
    assert seen(gone) == ("Grand rounds", "12:00", 60, "Harbour Centre", 60)

    changed(Series.objects.get(), title="Rounds", clock=time(8), minutes=45, venue_name="Aula")

    assert seen(plain) == ("Rounds", "08:00", 45, "Aula", 45)
    assert seen(timed) == ("Rounds", "16:00", 60, "Aula", 60)


def test_days_that_the_rule_loses_stay_if_somebody_worked_on_them(organisation):
    series = begun()
    worked_on = make_occasions(series, by=SYSTEM)[1]
    assign_faculty(worked_on.sessions.get(), name="Dr Meera Rao", by=SYSTEM)

    series = changed(series, interval=2)

    kept = [(each.planned_on.day, each.kind) for each in days_of_series(series)]
    assert kept == [(5, ""), (12, "added"), (19, "")]
    assert Activity.objects.filter(state="cancelled").count() == 1
    again = changed(series, interval=1)
    assert [each.planned_on.day for each in days_of_series(again)] == [5, 12, 19, 26]
    assert len(make_occasions(again, by=SYSTEM)) == 1


def test_who_saves_over_a_change_of_a_series_is_told(organisation):
    series = begun()
    changed(series, title="Rounds")

    found = code_of(lambda: change_series(series, facts(title="Mine"), seen_version=1, by=SYSTEM))

    assert found == "changed_meanwhile"


def test_next_year_is_a_copy_of_which_everything_is_looked_at_first(organisation):
    objective = ObjectiveFactory()
    series = choose_series_objectives(begun(summary="What is new in 2027."), [objective], by=SYSTEM)

    copy = copy_to_next_year(series, by=SYSTEM)

    assert (copy.first_on, copy.first_on.weekday()) == (date(2028, 3, 3), FRIDAY.weekday())
    assert copy.copied_from == series
    marks = list(Refresh.objects.open_of(copy))
    assert sorted(each.kind for each in marks) == ["objective", "place", "words", "words"]
    assert code_of(lambda: make_occasions(copy, by=SYSTEM)) == "refresh_first"
    for each in marks:
        look_at(each, note="Still right", by=SYSTEM)
    assert code_of(lambda: look_at(marks[0], note="", by=SYSTEM)) == "looked_at"
    assert len(make_occasions(copy, by=SYSTEM)) == 4
    assert replace(series.rule, until_on=FRIDAY) == replace(
        Series.objects.get(pk=series.pk).rule, until_on=FRIDAY
    )
    assert not Occasion.objects.filter(series=series).exists()
