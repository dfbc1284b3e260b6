from datetime import date, timedelta

import pytest
from django.urls import reverse

from symposia.activities.actions.rules import check_rules
from symposia.activities.actions.series import SeriesFacts, copy_to_next_year, make_occasions
from symposia.activities.models import Activity, Refresh, Series, SeriesException
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.activities.test_series import FRIDAY, SECOND, begun, facts, made_by_a_worker
from tests.factories.accounts import OrganisationFactory, member

pytestmark = pytest.mark.django_db


def asked(**other):
    values = {name: getattr(facts(), name) for name in SeriesFacts.__dataclass_fields__}
    values = {name: "" if value is None else value for name, value in values.items()}
    return values | {"mode": "independent", "clock": "12:00"} | other


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def text_of(response):
    return response.content.decode()


def test_a_year_is_planned_with_a_moved_holiday(client, lead):
    there = client.post(reverse("series_new"), asked()).url
    series = Series.objects.get()
    assert series.owner == lead
    assert "Make 4 sessions" in text_of(client.get(there))
    client.post(reverse("series_sessions", args=[series.pk]))
    page = text_of(client.get(there))
    assert "Sessions are being made" in page
    assert "Make 4 sessions" not in page
    assert "every 3s" in page
    made_by_a_worker(series)
    assert "Sessions are being made" not in text_of(client.get(there))

    moved = {"day": SECOND.isoformat(), "moved_to": "2027-03-11", "reason": "Holiday"}
    client.post(reverse("series_exception", args=[series.pk]), moved)

    page = text_of(client.get(there))
    assert "moved to Thu 11 Mar 2027" in page
    assert "Holiday" in page
    assert "Something is missing in 4 sessions." in page
    assert "No objective is chosen" in page
    assert "every week, <bdi>12:00</bdi>" in page
    listed = text_of(client.get(reverse("series_list")))
    assert series.number in listed
    exception = SeriesException.objects.get()
    client.post(reverse("series_exception_undo", args=[series.pk, exception.pk]))
    assert not SeriesException.objects.exists()


def test_who_stands_outside_the_wall_looks_at_a_series_and_begins_none(client, organisation):
    client.force_login(member(organisation, "brand_manager"))
    series = begun()
    there = reverse("series", args=[series.pk])

    answer = client.post(reverse("series_new"), asked())

    assert "may look at it, not change it" in text_of(answer)
    assert Series.objects.get() == series
    assert "Copy to next year" not in text_of(client.get(there))
    for name in ("series_sessions", "series_copy", "series_holidays"):
        assert client.post(reverse(name, args=[series.pk])).status_code == 404, name
    assert not Activity.objects.exists()


def test_days_are_added_and_holidays_kept_free(client, lead):
    series = begun(first_on=date(2026, 11, 19), until_on=date(2026, 12, 10))
    there = reverse("series", args=[series.pk])
    assert "Thanksgiving" in text_of(client.get(there))

    client.post(reverse("series_holidays", args=[series.pk]))
    extra = {"day": "2026-11-23", "reason": "Guest"}
    client.post(reverse("series_extra_day", args=[series.pk]), extra)

    kinds = dict(SeriesException.objects.values_list("kind", "day"))
    assert {each.isoformat() for each in kinds.values()} == {"2026-11-26", "2026-11-23"}
    assert set(kinds) == {"moved", "added"}
    assert "is Thanksgiving" not in text_of(client.get(there))


def test_a_refusal_is_said_in_words(client, lead):
    series = begun()
    url = reverse("series_exception", args=[series.pk])

    same = client.post(url, {"day": FRIDAY.isoformat(), "moved_to": FRIDAY, "reason": "x"})

    assert same.status_code == 422
    assert "It takes place on that day already." in text_of(same)
    assert client.post(url, {"day": "2027-03-06", "reason": "x"}).status_code == 422


def test_who_saves_over_a_change_of_a_series_sees_it(client, lead):
    series = begun()
    url = reverse("series_edit", args=[series.pk])
    client.post(url, asked(seen_version="1", title="Rounds"))

    late = client.post(url, asked(seen_version="1", title="Mine"))

    assert late.status_code == 422
    assert "<del>Rounds</del>" in text_of(late)


def test_next_year_is_looked_at_before_its_sessions_are_made(client, lead):
    series = begun(summary="What is new in 2027.")

    there = client.post(reverse("series_copy", args=[series.pk])).url
    copy = Series.objects.get(copied_from=series)
    assert there == reverse("series", args=[copy.pk])
    page = text_of(client.get(there))
    assert "What is new in 2027." in page
    assert "not looked at yet" in page
    for each in Refresh.objects.open_of(copy):
        url = reverse("series_look", args=[copy.pk, each.pk])
        assert client.get(url).status_code == 200
        client.post(url, {"note": "Still right"})
    client.post(reverse("series_sessions", args=[copy.pk]))
    made_by_a_worker(copy)

    assert len(copy.occasions.all()) == 4
    assert "Still right" in text_of(client.get(there))


def test_the_board_asks_few_things_however_long_the_year(
    client, lead, django_assert_max_num_queries
):
    short, long = begun(), begun(until_on=FRIDAY + timedelta(weeks=51), country="")
    for series in (short, long):
        make_occasions(series, by=SYSTEM)
    assert len(long.occasions.all()) == 52
    client.get(reverse("series", args=[short.pk]))

    with django_assert_max_num_queries(15 + OF_THE_TEST):
        page = client.get(reverse("series", args=[long.pk]))

    assert page.status_code == 200


def test_rules_that_have_looked_at_sessions_are_compared_in_one_statement_too(
    client, lead, django_assert_max_num_queries
):
    series = begun()
    for each in make_occasions(series, by=SYSTEM):
        check_rules(each, by=SYSTEM)
    url = reverse("series", args=[series.pk])
    client.get(url)

    with django_assert_max_num_queries(15 + OF_THE_TEST):
        page = text_of(client.get(url))

    assert "Changed since it was checked" not in page
    first = series.occasions.order_by("day").first().activity
    Activity.objects.filter(pk=first.pk).update(delivery="hybrid")
    assert "Changed since it was checked" in text_of(client.get(url))


# Savepoints, and the way back out of the organisation of a test.
OF_THE_TEST = 4


def test_whoever_only_reads_is_offered_nothing_to_change(client, organisation):
    client.force_login(member(organisation, "reviewer"))
    series = copy_to_next_year(begun(), by=SYSTEM)

    page = text_of(client.get(reverse("series", args=[series.pk])))

    assert "Skip or move a day" not in page
    assert "Look at it" not in page
    assert client.post(reverse("series_sessions", args=[series.pk])).status_code == 403
    assert client.get(reverse("series_new")).status_code == 403


def test_a_series_of_others_is_not_found(client, lead):
    with acting_in(OrganisationFactory().pk):
        foreign = begun()

    for name in ("series", "series_edit", "series_exception", "series_objectives"):
        assert client.get(reverse(name, args=[foreign.pk])).status_code == 404
    for name in ("series_sessions", "series_copy", "series_holidays"):
        assert client.post(reverse(name, args=[foreign.pk])).status_code == 404


def test_a_number_typed_into_the_search_box_opens_the_series(client, lead):
    series = begun()

    answer = client.get(reverse("search"), {"q": series.number})

    assert answer.url == reverse("series", args=[series.pk])


def test_objectives_of_a_series_are_chosen(client, lead):
    series = begun()
    url = reverse("series_objectives", args=[series.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"objectives": []}).url == reverse("series", args=[series.pk])
