"""What similar activities cost per head, as a range with how many it rests on."""

from decimal import Decimal

import pytest
from django.urls import reverse

from symposia.finance.models import BudgetLine
from symposia.finance.similar import beside, similar_costs
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access
from tests.factories.attendance import EvidenceFactory
from tests.factories.finance import committed, spent, usd
from tests.factories.registrations import RegistrationFactory
from tests.web.office.test_money import lines

pytestmark = pytest.mark.django_db


def held(cost, *, came=0, **facts):
    """An activity that is over and spent so much on meals; 80 were expected."""
    activity = committed(activity=ActivityFactory(state="draft", **facts))
    spent(BudgetLine.objects.of(activity).get(category="meals"), cost)
    for _n in range(came):
        EvidenceFactory(registration=RegistrationFactory(activity=activity))
    for state in ("open", "running", "held"):
        activity.move(state)
    return activity


@pytest.fixture
def officer(organisation):
    return member(organisation, "finance_officer")


def test_a_range_rests_on_what_similar_activities_spent_per_head(organisation, officer):
    draft = ActivityFactory(state="draft")
    held("160")  # 2.00 for each of the 80 who were expected
    held("12", came=2)  # 6.00 for each of the two who came
    held("1000", country="DE")
    held("1000", type="webinar")

    found = similar_costs(draft, access(officer, organisation))

    assert set(found) == {"meals"}
    meals = found["meals"]
    assert (str(meals.low), str(meals.high)) == ("USD 2.00", "USD 6.00")
    assert (meals.activities, meals.is_middle) == (2, False)
    for cost in ("240", "320"):
        held(cost)
    meals = similar_costs(draft, access(officer, organisation))["meals"]
    assert (meals.activities, meals.is_middle) == (4, True)
    assert (meals.low.amount, meals.high.amount) == (Decimal("2.75"), Decimal("4.50"))

    told = {each.tone for each in beside({"meals": usd("361")}, {"meals": meals}, 80)}
    assert told == {"warn"}
    assert [e.tone for e in beside({"meals": usd("300")}, {"meals": meals}, 80)] == ["ok"]
    assert [e.tone for e in beside({"meals": usd("1")}, {"meals": meals}, 80)] == ["info"]
    assert beside({"meals": usd("1")}, {"meals": meals}, 0) == []


def test_what_a_wall_hides_is_not_in_the_range(organisation):
    held("160")
    draft = ActivityFactory(state="draft", mode="scientific")
    outside = access(member(organisation, "brand_manager"), organisation)
    assert similar_costs(draft, outside) == {}


def test_it_stands_beside_the_figure_while_one_types(client, organisation, officer):
    held("160")
    draft = ActivityFactory(state="draft")
    client.force_login(officer)
    page = client.get(reverse("activity_estimate", args=[draft.pk])).text
    address = reverse("activity_estimate_comparison", args=[draft.pk])
    assert f'hx-post="{address}"' in page

    text = client.post(address, lines(("meals", "Dinner", "200"), ("venue", "Hall", "1"))).text
    assert "200.00 beside 160.00 to 160.00" in text
    assert "rests on 1 activity" in text
    assert "Venue" not in text
    assert not BudgetLine.objects.of(draft).exists()
