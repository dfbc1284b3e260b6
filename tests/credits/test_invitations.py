import pytest

from symposia.outreach.facts import lines_of
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditOfferFactory


def test_an_invitation_names_the_designated_credit_in_the_words_of_its_system(organisation):
    offer = CreditOfferFactory()

    assert lines_of(offer.activity)["credit"] == "1.50 AMA PRA Category 1 Credit(s)™"


@pytest.mark.parametrize(
    ("mode", "facts"), [("independent", {"designated_at": None}), ("scientific", {})]
)
def test_nothing_is_announced_before_it_is_designated_nor_by_a_company(organisation, mode, facts):
    activity = ActivityFactory(state="open", mode=mode)
    CreditOfferFactory(activity=activity, **facts)

    assert lines_of(activity)["credit"] == ""
