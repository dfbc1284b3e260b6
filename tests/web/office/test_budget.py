"""Money → Budget in the office and for machines: tree, node, transfers, periods."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symposia.finance.models import (
    BooksPeriod,
    BudgetNode,
    BudgetPlace,
    BudgetTransfer,
    PeriodReopening,
)
from symposia.shared.tenancy import acting_in
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.budget import node, now_of, tree
from tests.factories.directory import TerritoryFactory
from tests.factories.finance import committed


@pytest.fixture
def south(organisation):
    return TerritoryFactory(code="south")


@pytest.fixture
def nodes(south):
    return tree(south, TerritoryFactory(code="west"))


@pytest.fixture
def officer(organisation, client):
    user = member(organisation, "finance_officer")
    client.force_login(user)
    return user


def page(client, name, *args, **data):
    return client.get(reverse(name, args=args), data)


def test_an_organisation_without_a_budget_is_invited_to_divide_one(client, officer):
    assert "No budget has been divided yet" in page(client, "budget").text

    said = {"code": "all", "name": "All of it", "kind": "organisation", "envelope": "1,00,000"}
    made = client.post(reverse("budget_new"), said, follow=True)
    assert "All of it" in made.text
    top = BudgetNode.objects.get()
    assert top.envelope_minor == 10_000_000

    said = {"code": "south", "name": "South", "kind": "region", "envelope": "100000.01"}
    refused = client.post(reverse("budget_node_new", args=[top.pk]), said)
    assert refused.status_code == 422
    assert "100,000 USD to give on" in refused.text


def test_the_tree_shows_bars_what_is_near_its_cap_and_what_hangs_nowhere(
    client, officer, nodes, south
):
    meeting = ActivityFactory(state="draft", mode="scientific", territory=south)
    committed(activity=meeting, lines=(("venue", "Hall", "7400"),))
    text = page(client, "budget").text
    assert "Near their cap" in text
    assert "92 % used" in text
    assert text.index("All") < text.index("South") < text.index("West")
    BudgetPlace.objects.all().delete()
    BudgetNode.objects.update(charged_minor=0, committed_minor=0, estimate_minor=0)
    assert "1 activity with money is for no node yet" in page(client, "budget").text
    assert "1 activity found its node." in client.post(reverse("budget_hanging"), follow=True).text


def test_a_node_shows_what_hangs_on_it_and_its_burn(client, officer, nodes, south):
    activity = committed(
        activity=ActivityFactory(state="draft", mode="scientific", territory=south)
    )
    found = page(client, "budget_node", nodes["south"].pk)
    assert activity.number in found.text
    assert "Is the budget holding?" in found.text
    assert "53 % promised or spent" in found.text
    with CaptureQueriesContext(connection) as made:
        page(client, "budget_node", nodes["all"].pk)
    assert len(made) <= 15
    money = page(client, "activity_money", activity.pk).text
    assert f'href="{reverse("budget_node", args=[nodes["south"].pk])}"' in money

    chosen = {"node": nodes["west"].pk, "reason": "Their idea"}
    moved = client.post(reverse("activity_budget_node", args=[activity.pk]), chosen, follow=True)
    assert "West" in moved.text
    assert now_of(nodes)["west"].charged_minor == 425_000


def test_lists_go_out_as_they_are_seen(client, officer, nodes, organisation):
    told = client.get(reverse("budget_nodes_csv")).getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert {row["Node"]: row["Envelope"] for row in rows} == {
        "all": "20000.00",
        "south": "8000.00",
        "west": "6000.00",
        "cme": "5000.00",
    }
    assert len(list(csv.reader(io.StringIO(told)))) == 5
    only = client.get(reverse("budget_nodes"), {"beneath": "south"}).text
    assert "West" not in only
    api = client.get(f"{API}/budget-nodes", headers=key(organisation, "brand_manager")).json()
    assert {item["code"]: item["envelope"] for item in api["items"]} == {
        "all": "15000.00",
        "south": "8000.00",
        "west": "6000.00",
    }


def test_whoever_sees_no_money_sees_no_budget_and_a_region_only_its_own(
    client, organisation, nodes, south
):
    client.force_login(member(organisation, "door_staff"))
    assert page(client, "budget").status_code == 403
    client.force_login(
        member(organisation, "area_manager", scope_kind="territory", scope_id=south.pk)
    )
    assert page(client, "budget_node", nodes["south"].pk).status_code == 200
    for hidden in ("all", "west", "cme"):
        assert page(client, "budget_node", nodes[hidden].pk).status_code == 404
    assert page(client, "budget_new").status_code == 403
    assert page(client, "books_periods").status_code == 403
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = node("x", "1")
    assert page(client, "budget_node", foreign.pk).status_code == 404


def test_money_is_moved_by_two_from_pages_and_programs(client, organisation, officer, nodes):
    asked = {"to": nodes["west"].pk, "amount": "1,000", "reason": "The congress moved"}
    made = client.post(reverse("budget_transfer_new", args=[nodes["south"].pk]), asked, follow=True)
    transfer = BudgetTransfer.objects.get()
    assert transfer.number in made.text
    own = client.post(reverse("budget_transfer_agreement", args=[transfer.pk]), follow=True)
    assert "a second person agrees to it" in own.text

    headers = key(organisation, "finance_officer")
    address = f"{API}/budget-transfers/{transfer.pk}"
    answer = client.post(f"{address}/agreement", {}, JSON, headers=headers)
    assert answer.json()["state"] == "agreed"
    assert now_of(nodes)["west"].envelope_minor == 700_000
    back = client.post(f"{address}/reversal", {"reason": "R"}, JSON, headers=headers)
    assert back.status_code == 201
    dropped = client.post(reverse("budget_transfer_drop", args=[back.json()["id"]]), follow=True)
    assert "Dropped" in dropped.text
    assert transfer.number in page(client, "budget_node", nodes["west"].pk).text


def test_a_month_is_closed_from_its_page_and_opened_by_a_second_person(
    client, organisation, officer
):
    with time_machine.travel("2027-04-09T15:00:00+00:00", tick=True):
        client.force_login(officer)
        said = {"kind": "month", "first": "2027-03-01"}
        assert "March 2027" in client.post(reverse("books_period_new"), said, follow=True).text
        period = BooksPeriod.objects.get()
        closed = client.post(
            reverse("books_period_closing", args=[period.pk]), {"reason": ""}, follow=True
        )
        assert "Closed" in closed.text
        why = {"reason": "A bill came late"}
        client.post(reverse("books_period_reopening", args=[period.pk]), why)
        headers = key(organisation, "finance_officer")
        waiting = PeriodReopening.objects.get()
        address = f"{API}/books-periods/{period.pk}"
        answer = client.post(
            f"{address}/reopenings/{waiting.pk}/agreement", {}, JSON, headers=headers
        )
        assert answer.json()["state"] == "reopened"
        assert client.get(f"{address}/tasks", headers=headers).json() == []
        assert "Opened again" in page(client, "books_periods").text
        assert period.starts_on == date(2027, 3, 1)


def test_a_program_divides_the_budget(client, organisation, nodes):
    headers = key(organisation, "finance_officer")
    said = {"code": "blr", "name": "Bengaluru", "kind": "territory", "envelope": "500"}
    said["parent"] = str(nodes["south"].pk)
    made = client.post(f"{API}/budget-nodes", said, JSON, headers=headers)
    assert made.status_code == 201
    address = f"{API}/budget-nodes/{made.json()['id']}"
    more = {"envelope": "8000.01", "reason": "More"}
    assert client.post(f"{address}/envelopes", more, JSON, headers=headers).status_code == 409
    assert (
        client.post(f"{address}/renaming", {"name": "B"}, JSON, headers=headers).json()["name"]
        == "B"
    )
    assert len(client.get(f"{address}/burn", headers=headers).json()) == 12
    assert client.delete(address, headers=headers).status_code == 204
    assert not BudgetNode.objects.filter(code="blr").exists()
