from symposia.activities.actions.lifecycle import submit_activity
from symposia.activities.models import Activity
from symposia.approvals.queries import latest_of
from symposia.finance.queries import budget_of
from tests.factories.accounts import member
from tests.factories.approvals import approved, sign
from tests.factories.finance import complete, estimated


def test_what_three_people_sign_includes_the_estimate_and_is_committed_by_the_last(organisation):
    activity = estimated(complete())
    coordinator = member(organisation, "coordinator").actor()

    submit_activity(activity, by=coordinator)
    request = approved(organisation, latest_of("activity", activity.pk))

    activity = Activity.objects.get(pk=activity.pk)
    assert activity.state == "approved"
    assert request.frozen["budget"]["total"] == "4250.00"
    assert str(budget_of(activity).committed.amount) == "4250.00"


def test_a_returned_activity_comes_back_with_another_estimate_as_the_difference(organisation):
    activity = estimated(complete())
    coordinator = member(organisation, "coordinator").actor()
    submit_activity(activity, by=coordinator)
    first = latest_of("activity", activity.pk)
    sign(first, member(organisation, "compliance_officer"), organisation, "return")

    activity = Activity.objects.get(pk=activity.pk)
    estimated(activity, [("venue", "Hall A", "900")])
    submit_activity(activity, by=coordinator)

    again = latest_of("activity", activity.pk)
    assert (again.pk, again.version) == (first.pk, 2)
    assert again.frozen["budget"]["total"] == "900.00"
