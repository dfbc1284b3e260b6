from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import F

from symposia.activities.models import Session, Type
from symposia.credits.actions.offers import (
    designate_offers,
    offer_credit,
    refresh_offers,
    withdraw_credit_offer,
)
from symposia.credits.models import CreditOffer, CreditSystem
from symposia.credits.policies import DESIGNATED, NOTHING_COUNTS, OFFERED
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.credits import ama


def planned(minutes=90):
    activity = ActivityFactory(state="draft")
    SessionFactory(activity=activity, minutes=90, creditable_minutes=minutes)
    return activity


def test_the_credit_of_an_activity_is_computed_from_its_minutes(organisation):
    offer = offer_credit(planned(), ama(), by=SYSTEM)

    assert (offer.maximum, offer.creditable_minutes) == (Decimal("1.50"), 90)
    assert offer.learning_format == "live activity"


def test_credit_is_offered_once_and_only_for_minutes_that_count(organisation):
    activity = planned()
    offer_credit(activity, ama(), by=SYSTEM)

    with pytest.raises(Refused) as twice:
        offer_credit(activity, ama(), by=SYSTEM)
    with pytest.raises(Refused) as nothing:
        offer_credit(planned(0), ama(), by=SYSTEM)

    assert twice.value.objection == OFFERED
    assert nothing.value.objection == NOTHING_COUNTS


def test_an_offer_follows_the_agenda_until_it_is_designated(organisation):
    activity = planned()
    offer = offer_credit(activity, ama(), by=SYSTEM)
    SessionFactory(activity=activity, after=90, minutes=30)

    refresh_offers(activity, by=SYSTEM)
    offer.refresh_from_db()
    assert offer.maximum == Decimal("2.00")

    designate_offers(activity, by=SYSTEM)
    SessionFactory(activity=activity, after=120, minutes=60)
    refresh_offers(activity, by=SYSTEM)
    offer.refresh_from_db()
    assert offer.is_designated
    assert offer.maximum == Decimal("2.00")


def test_a_limit_of_the_day_tells_where_the_minutes_are_the_same(organisation):
    activity = ActivityFactory(state="draft")
    sessions = [SessionFactory(activity=activity, after=after, minutes=300) for after in (0, 300)]
    eaccme = CreditSystem.objects.get(code="eaccme")
    offer = offer_credit(activity, eaccme, by=SYSTEM)
    assert (offer.maximum, offer.creditable_minutes) == (Decimal("8.00"), 600)

    last = Session.objects.filter(pk=sessions[-1].pk)
    times = ("wall_starts", "starts_at", "ends_at")
    last.update(**{name: F(name) + timedelta(days=1) for name in times})
    refresh_offers(activity, by=SYSTEM)

    offer.refresh_from_db()
    assert (offer.maximum, offer.creditable_minutes) == (Decimal("10.00"), 600)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ama_pra_1", ("manuscript", "manuscript review activity", Decimal("3.00"))),
        ("eaccme", ("live", "live activity", Decimal("1.50"))),
    ],
)
def test_an_offer_follows_the_format_where_the_body_knows_it(organisation, code, expected):
    activity = planned()
    offer = offer_credit(activity, CreditSystem.objects.get(code=code), by=SYSTEM)
    activity.type = Type.MANUSCRIPT_REVIEW
    activity.save()

    refresh_offers(activity, by=SYSTEM)

    offer.refresh_from_db()
    assert (offer.format_key, offer.learning_format, offer.maximum) == expected


def test_an_offer_can_be_withdrawn_until_it_is_designated(organisation):
    activity = planned()
    withdraw_credit_offer(offer_credit(activity, ama(), by=SYSTEM), by=SYSTEM)
    assert not CreditOffer.objects.exists()

    offer = offer_credit(activity, ama(), by=SYSTEM)
    designate_offers(activity, by=SYSTEM)
    with pytest.raises(Refused) as refused:
        withdraw_credit_offer(offer, by=SYSTEM)
    assert refused.value.objection == DESIGNATED
