from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.activities.actions.series import make_occasions
from symposia.activities.actions.series_team import join_series_team
from symposia.activities.actions.team import enter_contributor
from symposia.activities.models import Series, SeriesTeamMember, TeamMember
from symposia.curriculum.actions.plans import make_plan
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.activities.test_series import FRIDAY, begun
from tests.activities.test_series_team import YEAR
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import OrganisationFactory, member
from tests.web.office.test_series import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def test_a_series_is_begun_in_a_plan_which_lists_it(client, lead):
    plan = make_plan(YEAR, by=SYSTEM)
    page = client.get(reverse("plan", args=[plan.pk])).text
    assert "No series belongs to it." in page
    assert f"{reverse('series_new')}?plan={plan.pk}" in page

    there = client.post(reverse("series_new"), asked(plan=str(plan.pk))).url

    series = Series.objects.get()
    assert series.plan == plan
    shown = client.get(there).text
    assert plan.title in shown
    assert "Only what an approved plan holds may run." in shown
    assert series.title in client.get(reverse("plan", args=[plan.pk])).text
    chosen = reverse("series_plan", args=[series.pk])
    assert "Sessions in planning follow" in client.get(chosen).text
    client.post(chosen, {"plan": ""})
    series.refresh_from_db()
    assert series.plan is None


def test_a_team_is_named_on_the_page_of_the_series_and_goes_again(client, lead):
    series = begun()
    make_occasions(series, by=SYSTEM)
    there = reverse("series", args=[series.pk])
    assert "Nobody plans its content yet" in client.get(there).text

    said = {"person": "Ada Moreno", "role": "planner"}
    client.post(reverse("series_join", args=[series.pk]), said)

    assert "Remove Ada Moreno" in client.get(there).text
    assert TeamMember.objects.count() == 4
    assert "Ada Moreno" in client.get(reverse("series_team")).text
    one = SeriesTeamMember.objects.get()
    client.post(reverse("series_leave", args=[series.pk, one.pk]))
    assert not TeamMember.objects.exists()


def test_the_rail_of_a_series_says_what_its_year_waits_for(client, lead):
    series = begun()
    make_occasions(series, by=SYSTEM, at_most=3)

    page = client.get(reverse("series", args=[series.pk])).text

    assert "Readiness of the series" in page
    assert "3 of 4" in page
    assert "Days that take place have no session yet." in page
    assert "0 of 3" in page
    assert "Ready in how many sessions" in page


def test_who_does_not_see_content_is_not_told_who_controls_it(client, organisation):
    client.force_login(member(organisation, "brand_manager"))
    series = begun()
    join_series_team(
        series, enter_contributor(name="Ada Moreno", by=SYSTEM), role="planner", by=SYSTEM
    )

    page = client.get(reverse("series", args=[series.pk]))

    assert page.status_code == 200
    assert "Ada Moreno" not in page.text
    assert "Team of the series" not in page.text


def test_team_and_plan_of_others_are_not_found(client, lead):
    with acting_in(OrganisationFactory().pk):
        foreign = begun()
        person = enter_contributor(name="Ada Moreno", by=SYSTEM)
        one = join_series_team(foreign, person, role="planner", by=SYSTEM)
    mine = begun()

    assert client.get(reverse("series_plan", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("series_join", args=[foreign.pk])).status_code == 404
    for series in (foreign, mine):
        away = reverse("series_leave", args=[series.pk, one.pk])
        assert client.post(away).status_code == 404


def test_programs_name_a_team_and_a_plan(client, organisation):
    headers = key(organisation, "education_lead")
    series, plan = begun(), make_plan(YEAR, by=SYSTEM)
    person = enter_contributor(name="Ada Moreno", by=SYSTEM)
    said = {"series": series.pk, "contributor": person.pk, "role": "planner"}
    address = f"{API}/series-teams"

    made = client.post(address, said, JSON, headers=headers)
    placed = client.put(
        f"{address}/plans/{series.pk}", {"plan": plan.pk}, JSON, headers=headers
    ).json()

    assert made.status_code == 201
    assert placed == {"plan": str(plan.pk)}
    listed = client.get(address, headers=headers).json()["items"]
    assert [each["name"] for each in listed] == ["Ada Moreno"]
    gone = client.delete(f"{address}/{made.json()['id']}", headers=headers)
    assert gone.status_code == 204
    assert not SeriesTeamMember.objects.exists()


def test_every_session_of_a_long_year_is_reached(organisation):
    series = begun(until_on=FRIDAY + timedelta(weeks=51), country="")
    make_occasions(series, by=SYSTEM)

    join_series_team(
        series, enter_contributor(name="Ada Moreno", by=SYSTEM), role="planner", by=SYSTEM
    )

    assert TeamMember.objects.filter(of_series=True).count() == 52
