from decimal import Decimal

from symposia.credits.actions.claims import claim_credit, revoke_certificate
from symposia.credits.models import Certificate
from symposia.credits.queries import credit_totals
from symposia.insights.queries import figures_of
from symposia.shared.actors import SYSTEM
from tests.factories.credits import attended


def test_after_a_revocation_the_credit_page_and_the_figures_agree(organisation):
    first = attended()
    second = attended(activity=first.activity)
    for registration in (first, second):
        claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)
    revoke_certificate(
        Certificate.objects.get(registration=first), reason="Was not there.", by=SYSTEM
    )

    [total] = credit_totals([first.activity])
    figures = figures_of(first.activity, "USD")

    assert (total.amount, total.people) == (Decimal("1.25"), 1)
    assert list(figures.credits) == [total]
    assert figures.credited == 1


def test_the_unit_is_in_the_words_of_the_body_and_asks_nothing_more(
    organisation, django_assert_num_queries
):
    registration = attended()
    claim_credit(registration, Decimal("1.25"), attested=True, by=SYSTEM)

    [total] = credit_totals([registration.activity])

    with django_assert_num_queries(0):
        assert total.unit == "AMA PRA Category 1 Credit(s)\u2122"
