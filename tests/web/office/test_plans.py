import pytest
from django.urls import reverse

from symposia.activities.models import Activity
from symposia.curriculum.models import Plan, PlanningRule
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import PlanFactory

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Plan 2027",
    "therapy_area": "Neurology",
    "starts_on": "2027-01-01",
    "ends_on": "2027-12-31",
    "envelope": "12,000.00",
    "purpose": "Fewer late strokes",
}
QUESTIONS = {
    "mode": "independent",
    "type": "course",
    "title": "Acute stroke: thrombolysis update",
    "day": "2027-03-11",
    "starts": "18:30",
    "ends": "20:00",
    "zone": "America/New_York",
    "delivery": "in_person",
    "expected_attendance": "80",
}


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def test_a_plan_is_made_with_its_parts_and_submitted(client, organisation, lead):
    client.post(reverse("plan_new"), WORDS)
    plan = Plan.objects.get()
    assert (plan.envelope_minor, plan.owner) == (1_200_000, lead)
    part = WORDS | {"title": "Stroke", "parent": str(plan.pk), "envelope": "13000"}

    refused = client.post(reverse("plan_new"), part)
    client.post(reverse("plan_new"), part | {"envelope": "4000"})

    assert "more than the plan" in refused.content.decode()
    page = client.get(reverse("plan", args=[plan.pk])).content.decode()
    assert "Stroke" in page
    assert "4,000" in page
    page = client.post(reverse("plan_submission", args=[plan.pk]), follow=True).content.decode()
    assert "In approval" in page
    assert "REQ-" in page


def test_who_saves_over_a_change_sees_it(client, organisation, lead):
    plan = PlanFactory()
    url = reverse("plan_edit", args=[plan.pk])
    client.post(url, WORDS | {"seen_version": "1"})

    late = client.post(url, WORDS | {"seen_version": "1", "title": "Late"})

    assert late.status_code == 422
    assert "<del>Plan 2027</del>" in late.content.decode()


def test_a_plan_is_ended_with_a_reason_and_only_an_approved_one_reopened(
    client, organisation, lead
):
    plan = PlanFactory()
    reopened = client.post(reverse("plan_reopening", args=[plan.pk]), {"reason": "x"})
    assert reopened.status_code == 422
    assert client.post(reverse("plan_end", args=[plan.pk]), {}).status_code == 422

    client.post(reverse("plan_end", args=[plan.pk]), {"reason": "Merged"})

    assert Plan.objects.get().state == "ended"


def test_the_rule_is_set_by_the_lead(client, organisation, lead):
    url = reverse("plan_rule")
    assert client.get(url).status_code == 200

    client.post(url, {"needs_plan": "on", "months_ahead": "1", "reason": "Board"})

    assert PlanningRule.objects.get().months_ahead == 1
    assert "checked" in client.get(url).content.decode()


def test_an_activity_is_put_under_a_plan_and_shown_there(client, organisation, lead):
    activity = ActivityFactory()
    day = activity.wall_starts.date()
    plan = PlanFactory(starts_on=day, ends_on=day)
    url = reverse("activity_plan", args=[activity.pk])
    assert plan.title in client.get(url).content.decode()

    page = client.post(url, {"plan": str(plan.pk)}, follow=True).content.decode()

    assert "Only what an approved plan holds may run." in page
    assert activity.title in client.get(reverse("plan", args=[plan.pk])).content.decode()
    far = PlanFactory(starts_on="1999-01-01", ends_on="1999-01-01")
    answer = client.post(url, {"plan": str(far.pk)})
    assert "outside the period" in answer.content.decode()


def test_an_activity_begins_under_its_plan_or_not_at_all(client, organisation, lead):
    plan = PlanFactory(starts_on="2027-01-01", ends_on="2027-12-31")
    far = PlanFactory(starts_on="1999-01-01", ends_on="1999-01-01")
    offered = client.get(f"{reverse('plan', args=[plan.pk])}").content.decode()
    assert f"{reverse('activity_new')}?plan={plan.pk}" in offered
    asked = client.get(f"{reverse('activity_new')}?plan={plan.pk}").content.decode()
    assert f'<option value="{plan.pk}" selected>' in asked

    refused = client.post(reverse("activity_new"), QUESTIONS | {"plan": str(far.pk)})
    assert "outside the period" in refused.content.decode()
    assert not Activity.objects.exists()

    client.post(reverse("activity_new"), QUESTIONS | {"plan": str(plan.pk)})
    assert Activity.objects.get().plan == plan


def test_whoever_only_reads_is_offered_nothing_to_change(client, organisation):
    client.force_login(member(organisation, "reviewer"))
    plan = PlanFactory()
    activity = ActivityFactory(plan=plan)

    page = client.get(reverse("plan", args=[plan.pk])).content.decode()

    assert activity.title in page
    assert "Submit for approval" not in page
    assert "Estimated of the envelope" not in page
    assert client.post(reverse("plan_submission", args=[plan.pk])).status_code == 403
    assert client.get(reverse("activity_plan", args=[activity.pk])).status_code == 403


def test_a_plan_of_another_organisation_does_not_exist(client, organisation, lead):
    with acting_in(OrganisationFactory().pk):
        plan = PlanFactory()

    for name in ("plan", "plan_edit", "plan_end", "plan_reopening"):
        assert client.get(reverse(name, args=[plan.pk])).status_code == 404
    assert client.post(reverse("plan_submission", args=[plan.pk])).status_code == 404


def test_a_number_typed_into_the_search_box_opens_the_plan(client, organisation, lead):
    plan = PlanFactory()

    answer = client.get(reverse("search"), {"q": plan.number.lower()})

    assert answer.url == reverse("plan", args=[plan.pk])
