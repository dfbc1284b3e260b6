import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symposia.finance.models import BudgetLine, Posting
from symposia.finance.queries import budget_of
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.finance import committed, estimated, spent


@pytest.fixture
def finance(organisation, client):
    user = member(organisation, "finance_officer")
    client.force_login(user)
    return user


def page(name, activity, *more):
    return reverse(name, args=[activity.pk, *more])


def lines(*rows, initial=0):
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": initial}
    for place, (category, description, amount, *line) in enumerate(rows):
        data |= {
            f"form-{place}-category": category,
            f"form-{place}-description": description,
            f"form-{place}-amount": amount,
            f"form-{place}-id": line[0] if line else "",
        }
    return data


def test_an_activity_without_money_invites_to_estimate_it(client, finance):
    activity = ActivityFactory(state="draft")

    assert "No estimate yet" in client.get(page("activity_money", activity)).text


def test_an_estimate_of_three_lines_comes_from_the_form(client, finance):
    activity = ActivityFactory(state="draft")
    rows = [("venue", "Hall", "1,800.00"), ("meals", "Dinner", "2000"), ("travel", "Rail", "90.5")]

    response = client.post(
        page("activity_estimate_save", activity), lines(*rows, ("venue", "", "")), follow=True
    )

    assert "The estimate is kept." in response.text
    assert "debit equals credit" in response.text
    assert str(budget_of(activity).estimate.amount) == "3890.50"


def test_a_saved_estimate_comes_back_into_the_form_and_is_corrected(client, finance):
    activity = estimated()
    hall = BudgetLine.objects.of(activity).first()

    assert "Hall A" in client.get(page("activity_estimate", activity)).text
    client.post(
        page("activity_estimate_save", activity), lines(("venue", "Hall B", "100", hall.pk))
    )

    assert str(budget_of(activity).estimate.amount) == "100.00"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("venue", "", "10"), "Say what the amount is for."),
        (("venue", "Hall", ""), "Say what it will cost."),
        (("venue", "Hall", "much"), "Enter a number."),
    ],
    ids=["no words", "no amount", "no number"],
)
def test_a_line_with_a_mistake_comes_back(client, finance, row, says):
    activity = ActivityFactory(state="draft")

    response = client.post(page("activity_estimate_save", activity), lines(row))

    assert response.status_code == 422
    assert says in response.text


def test_what_was_submitted_keeps_its_estimate_and_says_why(client, finance):
    activity = ActivityFactory(state="in_approval")

    response = client.post(
        page("activity_estimate_save", activity), lines(("venue", "Hall", "10")), follow=True
    )

    assert "part of what was submitted" in response.text
    assert not Posting.objects.exists()


def test_an_actual_is_posted_and_taken_back_on_the_page(client, finance):
    activity = committed()
    line = BudgetLine.objects.of(activity).first()
    given = {"paid_to": "Bay Hotels", "evidence": "INV-118", "reason": "Hall, day rate"}
    given |= {"line": line.pk, "amount": "1,765.00"}

    shown = client.post(
        page("activity_actual", activity),
        given,
        follow=True,
    )
    posting = Posting.objects.get(kind="actual")
    back = client.post(
        page("activity_reversal", activity, posting.pk), {"reason": "Wrong line"}, follow=True
    )

    assert "INV-118" in shown.text
    assert "taken back" in back.text
    assert str(budget_of(activity).actual.amount) == "0.00"


def test_an_actual_without_evidence_comes_back_with_what_was_typed(client, finance):
    activity = committed()
    line = BudgetLine.objects.of(activity).first()

    response = client.post(
        page("activity_actual", activity), {"line": line.pk, "amount": "5", "reason": "Taxi"}
    )

    assert response.status_code == 422
    assert "Taxi" in response.text


def test_money_is_not_taken_back_without_a_reason(client, finance):
    activity = committed()
    posting = spent(BudgetLine.objects.of(activity).first())

    response = client.post(page("activity_reversal", activity, posting.pk), follow=True)

    assert "Write why it is taken back" in response.text


def test_a_coordinator_plans_money_but_posts_none(client, organisation):
    activity = committed()
    client.force_login(member(organisation, "coordinator"))

    assert "Post what was spent" not in client.get(page("activity_money", activity)).text
    assert client.post(page("activity_actual", activity)).status_code == 403


def test_money_of_another_organisation_is_not_found(client, finance):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = estimated()

    for name in ("activity_money", "activity_estimate"):
        assert client.get(page(name, foreign)).status_code == 404


def test_the_list_shows_the_sums_of_each_activity_and_links_to_them(client, finance):
    activity = committed()

    text = client.get(reverse("money")).text

    assert activity.number in text
    assert "4,250.00" in text
    assert page("activity_money", activity) in text


def test_the_ledger_shows_every_posting_of_one_activity_only(client, finance):
    activity, other = committed(), committed([("venue", "Elsewhere", "7")])

    text = client.get(page("activity_ledger", activity)).text

    assert "Dinner" in text
    assert "Elsewhere" not in text
    assert other.number not in text


@pytest.mark.django_db(transaction=True)
def test_the_money_list_leaves_as_a_file_with_plain_amounts(client):
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        user = member(organisation, "finance_officer")
        activity = committed()
    client.force_login(user)

    response = client.get(reverse("money_csv"))

    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert rows[0]["Activity"] == activity.number
    assert (rows[0]["Currency"], rows[0]["Estimate"]) == ("USD", "4250.00")


@pytest.mark.parametrize("name", ["money", "activity_money", "activity_ledger"])
def test_each_page_asks_the_same_number_of_questions_whatever_its_length(client, finance, name):
    one_line, many_lines = committed([("venue", "Hall", "7")]), committed()
    addresses = [reverse(name, args=[] if name == "money" else [one_line.pk])]
    addresses.append(reverse(name, args=[] if name == "money" else [many_lines.pk]))
    client.get(addresses[0])

    with CaptureQueriesContext(connection) as few:
        client.get(addresses[0])
    committed()
    with CaptureQueriesContext(connection) as many:
        client.get(addresses[1])

    assert len(few) == len(many)
