"""The portfolio of a year: groups, money, months, overlaps, and what is locked for whom."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.curriculum.models import Plan
from symposia.insights.models import ActivityFigures, OpenPoint
from symposia.insights.portfolio import locks_of, overlaps_of, portfolio_of
from symposia.shared.money import Money
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import PlanFactory
from tests.factories.directory import TerritoryFactory


@pytest.fixture
def organisation(db):
    made = OrganisationFactory(kind="company", currency="INR")
    with acting_in(made.pk):
        yield made


@pytest.fixture
def provider(db):
    made = OrganisationFactory()
    with acting_in(made.pk):
        yield made


def planned(day, *, estimate=0, committed=0, **facts):
    activity = ActivityFactory(
        wall_starts=datetime.fromisoformat(f"{day}T18:30"), **({"mode": "scientific"} | facts)
    )
    ActivityFigures.objects.create(
        activity=activity,
        counted_at=now(),
        estimate_minor=estimate * 100,
        committed_minor=committed * 100,
    )
    return activity


@pytest.fixture
def stroke(organisation):
    return PlanFactory(
        therapy_area="Stroke",
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        envelope_minor=500_000,
        currency="INR",
    )


def access(organisation, role="executive"):
    return access_of(member(organisation, role), organisation, at=now())


def test_a_year_by_therapy_area_against_its_envelope(organisation, stroke):
    part = PlanFactory(
        parent=stroke, therapy_area="", starts_on=stroke.starts_on, ends_on=stroke.ends_on
    )
    planned("2027-03-11", plan=stroke, estimate=1_000, committed=400)
    planned("2027-05-02", plan=part, estimate=500, committed=100)
    planned("2027-05-03", estimate=70)
    planned("2026-05-03", plan=stroke, estimate=9_000)

    first, second = portfolio_of(access(organisation), "therapy", 2027)

    assert (first.name, first.activities) == ("Stroke", 2)
    assert first.envelope == Money.from_minor(500_000, "INR")
    assert first.committed == Money.from_minor(50_000, "INR")
    assert first.left == Money.from_minor(450_000, "INR")
    assert [n for n in first.months if n] == [1, 1]
    assert (second.name, second.envelope) == ("", None)


def test_a_part_of_a_plan_has_its_share_under_its_own_therapy_area(organisation, stroke):
    PlanFactory(
        therapy_area="Acute care",
        parent=stroke,
        starts_on=stroke.starts_on,
        ends_on=stroke.ends_on,
        envelope_minor=200_000,
        currency=stroke.currency,
    )
    planned("2027-03-01", plan=stroke)
    planned("2027-03-02", plan=Plan.objects.get(parent=stroke))

    groups = portfolio_of(access(organisation), "therapy", 2027)

    assert {each.name: each.envelope for each in groups} == {
        "Acute care": Money.from_minor(200_000, "INR"),
        "Stroke": Money.from_minor(300_000, "INR"),
    }


def test_regions_are_the_whole_of_their_territories(organisation):
    west = TerritoryFactory(name="West")
    planned("2027-03-11", territory=TerritoryFactory(parent=west), city="Pune")
    planned("2027-03-12", territory=TerritoryFactory(parent=west), city="Surat")
    planned("2027-03-13", city="Delhi")

    assert [(g.name, g.activities) for g in portfolio_of(access(organisation), "region", 2027)] == [
        ("West", 2),
        ("Delhi", 1),
    ]


def test_quarters_stand_in_their_order(organisation):
    for day in ("2027-11-01", "2027-02-01", "2027-12-01"):
        planned(day)

    groups = portfolio_of(access(organisation), "quarter", 2027)

    assert [(g.name, g.activities) for g in groups] == [("1", 1), ("4", 2)]


def test_what_is_missing_is_counted(organisation):
    activity = planned("2027-02-01")
    for fact in ("agenda", "needs"):
        OpenPoint.objects.create(activity=activity, fact=fact, stage="submit", due_at=now())

    (group,) = portfolio_of(access(organisation), "quarter", 2027)

    assert group.lacking == 2


def test_what_took_place_is_held_whatever_its_books_say(organisation):
    for state in ("open", "held", "reconciling", "closed"):
        planned("2027-02-01", state=state)

    (group,) = portfolio_of(access(organisation), "quarter", 2027)

    assert (group.activities, group.done) == (4, 3)


def test_what_was_called_off_is_not_part_of_it(organisation):
    planned("2027-02-01", state="cancelled")

    assert portfolio_of(access(organisation), "quarter", 2027) == []


def test_two_on_one_day_for_the_same_people_overlap(organisation):
    both = [planned("2027-03-11", city="Pune"), planned("2027-03-11", city="Pune")]
    planned("2027-03-11", city="Delhi")

    (found,) = overlaps_of(access(organisation), "region", 2027)

    assert (found.day, found.name) == (date(2027, 3, 11), "Pune")
    assert [a.pk for a in found.activities] == [a.pk for a in both]


def test_money_behind_the_wall_is_in_no_sum_and_says_why(provider):
    planned("2027-03-11", mode="independent", estimate=1_000)
    planned("2027-03-12", mode="scientific", estimate=30)
    rep = access(provider, "area_manager")

    (group,) = portfolio_of(rep, "quarter", 2027)

    assert group.estimate == Money.from_minor(3_000, "USD")
    assert [each.code for each in locks_of(rep)] == ["behind_the_wall"]
    assert locks_of(access(provider)) == []


def test_a_company_without_independent_education_locks_nothing_of_a_brand(organisation, stroke):
    planned("2027-03-11", plan=stroke)
    brand = access(organisation, "brand_manager")

    assert locks_of(brand) == []
    assert portfolio_of(brand, "therapy", 2027)[0].envelope is not None


def test_who_sees_no_money_is_told_so(organisation):
    assert [each.code for each in locks_of(access(organisation, "supporter"))] == ["no_money"]


@pytest.mark.parametrize("cut", ["therapy", "region", "quarter", "nonsense"])
def test_the_page_shows_each_cut(client, organisation, stroke, cut):
    activity = planned("2027-03-11", plan=stroke, city="Pune", estimate=1_000)
    client.force_login(member(organisation, "executive"))

    answer = client.get(reverse("portfolio"), {"by": cut, "year": "2027"})

    assert answer.status_code == 200
    names = {"region": "Pune", "quarter": "Quarter 1"}
    assert names.get(cut, "Stroke") in answer.text
    assert reverse("activity", args=[activity.pk]) not in answer.text


def test_the_page_without_anything(client, organisation):
    client.force_login(member(organisation, "executive"))

    assert "Nothing is planned in this year." in client.get(reverse("portfolio")).text


def test_the_list_hides_locked_money(client, organisation):
    activity = planned("2027-03-11", mode="independent", estimate=7_777)
    client.force_login(member(organisation, "area_manager"))

    written = client.get(reverse("portfolio_activities_csv")).getvalue().decode()

    assert activity.number in written
    assert "7777" not in written


def statements_for(client, address, django_assert_max_num_queries, most):
    client.get(address)
    with django_assert_max_num_queries(most) as asked:
        client.get(address)
    return len(asked)


def test_it_asks_the_same_for_many_as_for_one(
    client, organisation, stroke, django_assert_max_num_queries
):
    client.force_login(member(organisation, "executive"))
    address = f"{reverse('portfolio')}?by=region&year=2027"
    planned("2027-03-11")
    one = statements_for(client, address, django_assert_max_num_queries, 20)
    for _each in range(5):
        planned("2027-03-11")

    assert statements_for(client, address, django_assert_max_num_queries, 20) <= one + 1


@pytest.mark.parametrize("cut", ["therapy", "region", "quarter"])
def test_the_number_of_a_group_opens_the_list_it_counts(client, organisation, stroke, cut):
    counted = planned("2027-03-11", plan=stroke, city="Pune")
    elsewhere = planned("2027-06-11", city="Nagpur")
    called_off = planned("2027-03-12", plan=stroke, city="Pune", state="cancelled")
    client.force_login(member(organisation, "executive"))

    page = client.get(reverse("portfolio"), {"by": cut, "year": "2027"}).text
    group = {"therapy": "Stroke", "region": "Pune", "quarter": "1"}[cut]
    href = f"{reverse('portfolio_activities')}?{cut}={group}&amp;year=2027"
    assert href in page
    rows = client.get(href.replace("&amp;", "&")).text

    assert counted.number in rows
    assert elsewhere.number not in rows
    assert called_off.number not in rows


def test_a_year_that_is_none_finds_nothing(client, organisation):
    planned("2027-03-11")
    client.force_login(member(organisation, "executive"))

    assert "No match" in client.get(reverse("portfolio_activities"), {"year": "soon"}).text
