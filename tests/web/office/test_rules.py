from datetime import date

import pytest
from django.urls import reverse

from symposia.compliance.models import OwnParameter, RulePack
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member


@pytest.fixture
def company(db):
    made = OrganisationFactory(kind="company", country="IN", currency="INR", zone="Asia/Kolkata")
    with acting_in(made.pk):
        yield made


def india():
    return RulePack.objects.get(code="in-ucpmp")


def value_page(name="meal_cap"):
    return reverse("rules_value", args=[india().pk, name])


GIVEN = {"value": "2500", "effective_from": "2026-01-01", "reason": "Policy 7"}


def test_the_page_shows_versions_sources_and_what_is_to_verify(client, company):
    client.force_login(member(company, "compliance_officer"))

    text = client.get(reverse("rules")).text

    assert "Binds you" in text
    assert "To verify" in text
    assert "Uniform Code for Pharmaceutical Marketing Practices" in text
    assert text.index("Pharmaceutical marketing in India") < text.index("Does not bind you")


def test_a_compliance_officer_sets_the_organisations_own_value(client, company):
    client.force_login(member(company, "compliance_officer"))

    response = client.post(value_page(), GIVEN, follow=True)

    assert "2,500 INR" in response.text
    own = OwnParameter.objects.get()
    assert (own.value, own.effective_from) == ("2500", date(2026, 1, 1))


def test_a_value_of_the_body_is_not_set_here(client, company):
    client.force_login(member(company, "compliance_officer"))

    response = client.post(value_page("item_cap"), GIVEN, follow=True)

    assert "set by the body that made the rule" in response.text
    assert not OwnParameter.objects.exists()


def test_a_value_without_a_day_comes_back(client, company):
    client.force_login(member(company, "compliance_officer"))

    response = client.post(value_page(), GIVEN | {"effective_from": "soon"})

    assert response.status_code == 422
    assert "Enter a valid date." in response.text


def test_who_only_reads_the_rules_changes_none(client, company):
    client.force_login(member(company, "coordinator"))

    assert "Set value" not in client.get(reverse("rules")).text
    assert client.post(value_page(), GIVEN).status_code == 403
