"""A company's plan or meeting may be about a product; accredited education is about none."""

import pytest

from symposia.activities.actions.planning import create_activity
from symposia.activities.queries import frozen_of, rule_subject_of
from symposia.activities.signed import PLAN_FACTS
from symposia.approvals.parts import parts_of
from symposia.compliance.actions.values import RestrictionFacts, add_restriction
from symposia.compliance.queries.people import people_facts
from symposia.curriculum.actions.plans import PlanFacts, make_plan
from symposia.curriculum.queries.plans import frozen_plan
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.activities.test_actions import EVENING, facts
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db):
    made = OrganisationFactory(kind="company", country="IN", currency="INR", zone="Asia/Kolkata")
    with acting_in(made.pk):
        yield made


def meeting(**more):
    return create_activity(facts(type="round_table", **more), mode="scientific", by=SYSTEM)


def plan(organisation, **more):
    start = EVENING.date().replace(day=1)
    money = Money.zero(organisation.currency)
    return make_plan(PlanFacts("Heart failure", start, start, money, **more), by=SYSTEM)


def test_education_names_no_product(organisation):
    with pytest.raises(Refused) as refused:
        create_activity(facts(product="Cardivel"), mode="independent", by=SYSTEM)
    assert refused.value.objection.code == "product_in_education"
    with pytest.raises(Refused) as refused:
        plan(organisation, product="Cardivel")
    assert refused.value.objection.code == "plan_names_no_product"


def test_whoever_signs_reads_the_product_and_some_step_answers_for_it(company):
    named, unnamed = meeting(product="Cardivel"), meeting()

    assert frozen_of(named)["product"] == "Cardivel"
    assert parts_of("activity", named.pk)["codes"]["product"] == "Cardivel"
    assert "codes" in PLAN_FACTS
    assert "product" not in frozen_of(unnamed)
    assert "product" not in parts_of("activity", unnamed.pk)["codes"]
    assert frozen_plan(plan(company, product="Cardivel"))["product"] == "Cardivel"


def test_a_restricted_product_is_found_where_the_title_does_not_name_it(company):
    day = EVENING.date()
    add_restriction(RestrictionFacts("product", "Recalled", day, words="Cardivel"), by=SYSTEM)

    found = people_facts(rule_subject_of(meeting(product="Cardivel")), [])

    assert found["restricted_words"] == ["Cardivel"]
