import pytest

from symposia.credits import appealing
from symposia.credits.actions.appeals import appeal_credit, decide_appeal
from symposia.credits.explaining import explain_credit
from symposia.credits.in_words import other_bodies_in_words, steps_in_words
from symposia.credits.models import AppealState, CreditSystem
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditOfferFactory, attended


def test_an_appeal_keeps_what_was_explained_and_is_decided_with_a_reason(organisation):
    appeal = appeal_credit(attended(), "I was there to the end.", by=SYSTEM)
    assert appeal.explained[0] == "82 minutes at 60 minutes for one credit are 1.36."

    decided = decide_appeal(appeal, granted=True, reason="Mended.", by=SYSTEM)

    assert decided.state == AppealState.GRANTED
    assert Delivery.objects.get(template_code="credits.appeal").to_address


def test_one_appeal_waits_at_a_time_and_says_something(organisation):
    registration = attended()
    with pytest.raises(Refused) as silent:
        appeal_credit(registration, " ", by=SYSTEM)
    first = appeal_credit(registration, "Wrong.", by=SYSTEM)
    with pytest.raises(Refused) as twice:
        appeal_credit(registration, "Wrong again.", by=SYSTEM)

    assert silent.value.objection == appealing.SAY_WHAT_IS_WRONG
    assert twice.value.objection == appealing.APPEALED_ALREADY
    decide_appeal(first, granted=False, reason="No.", by=SYSTEM)
    assert appeal_credit(registration, "Wrong again.", by=SYSTEM).pk != first.pk


def test_before_the_end_there_is_nothing_to_appeal_against(organisation):
    registration = attended(minutes=0, activity=ActivityFactory(state="open"))

    with pytest.raises(Refused) as refused:
        appeal_credit(registration, "Wrong.", by=SYSTEM)

    assert refused.value.objection == appealing.TOO_EARLY


def test_nobody_decides_on_their_own_appeal_without_a_reason_or_twice(organisation):
    user = member(organisation, "coordinator")
    registration = attended()
    registration.clinician.user = user
    registration.clinician.save()
    appeal = appeal_credit(registration, "Wrong.", by=SYSTEM)

    with pytest.raises(Refused) as own:
        decide_appeal(appeal, granted=True, reason="Yes.", by=user.actor())
    with pytest.raises(Refused) as silent:
        decide_appeal(appeal, granted=True, reason=" ", by=SYSTEM)
    decide_appeal(appeal, granted=True, reason="Yes.", by=SYSTEM)
    with pytest.raises(Refused) as twice:
        decide_appeal(appeal, granted=False, reason="No.", by=SYSTEM)

    assert own.value.objection == appealing.OWN_APPEAL
    assert silent.value.objection == appealing.SAY_WHY_DECIDED
    assert twice.value.objection.code == appealing.APPEAL_DECIDED.code


def test_the_explanation_says_what_the_other_bodies_give(organisation):
    registration = attended()
    for code in ("ancc_ncpd", "eaccme"):
        CreditOfferFactory(
            activity=registration.activity,
            system=CreditSystem.objects.get(code=code),
        )

    said = other_bodies_in_words(explain_credit(registration))

    assert len(said) == 2
    assert any("not awarded to your profession (Physician)" in each for each in said)
    assert any("for the same hours you claim one credit" in each for each in said)


def test_the_steps_name_each_limit_that_told(organisation):
    registration = attended(minutes=90, offer=False)
    CreditOfferFactory(activity=registration.activity, maximum="1.00")

    assert steps_in_words(explain_credit(registration))[-1] == (
        "Designated were 1.00, and no more can be claimed."
    )
