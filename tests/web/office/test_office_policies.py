from datetime import date

import pytest
from django.urls import reverse

from symposia.curriculum.actions.office_policies import PolicyFacts, write_policy
from symposia.curriculum.models import OfficePolicy
from symposia.curriculum.queries.office_policies import latest_edition, rule_choices
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, organisation):
    user = member(organisation, "education_lead")
    client.force_login(user)
    return user


def written():
    return write_policy(
        "policy", PolicyFacts("Records", date(2027, 1, 1)), text="Keep six years.", by=SYSTEM
    )


def test_a_policy_is_written_reviewed_and_published_again(client, organisation, lead):
    rule, title = rule_choices()[0]
    words = {
        "kind": "mission",
        "title": "Mission",
        "text": "Fewer late strokes.",
        "owner": str(lead.pk),
        "review_on": "2027-01-01",
        "rules": [rule],
    }
    client.post(reverse("office_policy_new"), words)
    policy = OfficePolicy.objects.get()
    again = client.post(reverse("office_policy_new"), words)
    client.post(
        reverse("office_policy_review", args=[policy.pk]), words | {"review_on": "2028-06-01"}
    )
    url = reverse("office_policy_edition", args=[policy.pk])
    client.post(url, {"text": "No late strokes.", "what_changed": "Bolder"})

    page = client.get(reverse("office_policy", args=[policy.pk])).content.decode()
    assert "There is a mission already" in again.content.decode()
    for said in ("No late strokes.", "Bolder", "1 Jun 2028", "Fewer late strokes.", "edition 2"):
        assert said in page
    assert title.split()[0] in page
    same = client.post(url, {"text": "No late strokes.", "what_changed": "x"})
    assert "These are the words of the edition in force." in same.content.decode()


def test_everybody_of_the_office_reads_and_acknowledges(client, organisation, lead):
    policy = written()
    reader = member(organisation, "finance_officer")
    client.force_login(reader)
    edition = latest_edition(policy)

    before = client.get(reverse("office_policy", args=[policy.pk])).content.decode()
    url = reverse("office_policy_reading", args=[policy.pk, edition.pk])
    after = client.post(url, follow=True).content.decode()

    assert "I have read it" in before
    assert "You have read this edition." in after
    assert "Readers" not in after
    assert policy.number in client.get(reverse("policies")).content.decode()
    assert client.get(reverse("office_policy_edition", args=[policy.pk])).status_code == 403
    client.force_login(lead)
    page = client.get(reverse("office_policy", args=[policy.pk])).content.decode()
    assert "1 of 2 have read it" in page


def test_a_policy_is_taken_out_of_force(client, organisation, lead):
    policy = written()
    url = reverse("office_policy_end", args=[policy.pk])
    assert client.post(url, {}).status_code == 422

    page = client.post(url, {"reason": "Merged"}, follow=True).content.decode()

    assert "No longer in force" in page
    assert "I have read it" not in page


def test_a_policy_of_another_organisation_does_not_exist(client, organisation, lead):
    with acting_in(OrganisationFactory().pk):
        policy = written()

    for name in ("office_policy", "office_policy_edition", "office_policy_review"):
        assert client.get(reverse(name, args=[policy.pk])).status_code == 404
