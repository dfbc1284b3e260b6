import pytest
from django.urls import reverse

from symposia.activities.actions.arrangements import arrange
from symposia.activities.models import Activity, Arrangement
from symposia.finance.actions.budgets import commit_budget
from symposia.finance.models import BudgetLine
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.activities.test_arrangements import facts
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.finance import approve, usd

pytestmark = pytest.mark.django_db
SENT = {
    "kind": "catering",
    "title": "Buffet",
    "supplier": "Bay Kitchen",
    "day": "2027-03-11",
    "starts": "18:30",
    "heads": "80",
    "cost": "2,000.00",
}


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))


@pytest.fixture
def activity(organisation):
    return ActivityFactory()


def here(name, *args):
    return reverse(name, args=args)


def meal(activity, **more):
    return arrange(activity, facts(**more), by=SYSTEM)


def test_a_meal_is_arranged_on_a_form_and_shown_with_its_cost(client, coordinator, activity):
    response = client.post(here("arrangement_new", activity.pk), SENT)

    page = client.get(response.url).content.decode()
    assert response.url == here("activity_logistics", activity.pk)
    assert "Buffet" in page
    assert "2,000.00" in page
    assert BudgetLine.objects.get().arrangement == Arrangement.objects.get()


def test_what_is_missing_is_said_and_nothing_is_lost(client, coordinator, activity):
    sent = SENT | {"kind": "travel", "notes": "Window seat"}

    response = client.post(here("arrangement_new", activity.pk), sent)

    assert response.status_code == 422
    assert "Say who travels or stays." in response.content.decode()
    assert "Window seat" in response.content.decode()


def test_the_rules_speak_while_one_types_and_nothing_is_kept(client, coordinator, activity):
    sent = SENT | {"title": "", "cost": "16000"}

    response = client.post(here("arrangement_preview", activity.pk), sent)

    assert "USD 200.00 a person" in response.content.decode()
    assert not Arrangement.objects.exists()
    empty = client.post(here("arrangement_preview", activity.pk), {"kind": "catering"})
    assert empty.content.decode().strip() == ""


def test_the_cap_of_a_rule_is_told_before_anything_is_saved(client, db):
    company = OrganisationFactory(kind="company", country="IN", currency="INR", zone="Asia/Kolkata")
    client.force_login(member(company, "medical_affairs"))
    with acting_in(company.pk):
        activity = ActivityFactory(
            mode="scientific", type="round_table", country="IN", zone="Asia/Kolkata"
        )
    sent = SENT | {"cost": "80000"}

    said = client.post(here("arrangement_preview", activity.pk), sent).context["said"]

    meals = [f for f, _tone in said.findings if "meal_per_head" in f.facts]
    assert meals
    assert meals[0].facts["meal_per_head"] == "1000.00"


def test_it_is_taken_further_by_a_press_and_called_off_for_a_reason(client, coordinator, activity):
    each = meal(activity)

    client.post(here("arrangement_step", each.pk, "confirmed"))
    client.post(here("arrangement_step", each.pk, "cancelled"))
    each.refresh_from_db()
    assert each.state == "confirmed"
    client.post(here("arrangement_step", each.pk, "cancelled"), {"reason": "Too dear"})

    each.refresh_from_db()
    assert each.state == "cancelled"
    page = client.get(here("arrangement", each.pk)).content.decode()
    assert "Too dear" in page


def test_a_step_that_does_not_exist_is_told(client, coordinator, activity):
    each = meal(activity)

    told = client.post(here("arrangement_step", each.pk, "eaten"), follow=True)
    assert "Choose one of the steps." in told.text
    each.refresh_from_db()
    assert each.state == "planned"


def test_whoever_saves_over_a_change_is_shown_it(client, coordinator, activity):
    each = meal(activity)

    first = client.post(here("arrangement_edit", each.pk), SENT | {"seen_version": 1, "heads": 60})
    second = client.post(here("arrangement_edit", each.pk), SENT | {"seen_version": 1, "heads": 70})

    assert (first.status_code, second.status_code) == (302, 422)
    each.refresh_from_db()
    assert each.heads == 60


def test_after_the_approval_the_difference_is_told_and_put_into_the_estimate(
    client, coordinator, activity
):
    each = meal(activity)
    approve(activity)
    commit_budget(activity, by=SYSTEM)
    client.post(here("arrangement_edit", each.pk), SENT | {"seen_version": 1, "cost": "2500"})

    page = client.get(here("activity_logistics", activity.pk)).content.decode()

    assert "differs from the estimate by USD 500.00" in page
    assert Activity.objects.get(pk=activity.pk).state == "approved"


def test_lines_that_follow_are_not_written_by_hand(client, coordinator, activity):
    each = meal(activity)

    page = client.get(here("activity_estimate", activity.pk))

    assert [f.initial.get("id") for f in page.context["forms"] if f.initial.get("id")] == []
    assert here("arrangement", each.pk) in page.content.decode()


def test_costs_are_for_those_who_see_money(client, organisation, activity):
    each = meal(activity, cost=usd(1234))
    client.force_login(member(organisation, "field_representative"))

    page = client.get(here("activity_logistics", activity.pk)).content.decode()
    own = client.get(here("arrangement", each.pk)).content.decode()

    assert "Buffet" in page
    assert "1,234" not in page + own
    assert client.get(here("arrangements")).status_code == 403
    assert client.get(here("arrangement_new", activity.pk)).status_code == 403


def test_what_is_not_mine_does_not_exist(client, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        each = meal(ActivityFactory())

    for name in ("arrangement", "arrangement_edit"):
        assert client.get(here(name, each.pk)).status_code == 404
    assert client.post(here("arrangement_step", each.pk, "confirmed")).status_code == 404
    assert client.get(here("activity_logistics", each.activity_id)).status_code == 404


def test_the_list_is_filtered_and_taken_home(client, coordinator, activity):
    meal(activity)
    meal(activity, kind="travel", person="Dr Rao", title="Flight")

    page = client.get(here("arrangements"), {"kind": "travel"}).content.decode()
    file = b"".join(client.get(here("arrangements_csv")).streaming_content).decode()

    assert "Flight" in page
    assert "Buffet" not in page
    assert "Buffet" in file
    assert "2000.00" in file
