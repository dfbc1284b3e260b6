"""Agreements at the rate card: from the draft to both signatures, and nothing above fair value."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction

from symposia.activities.actions.agreements import (
    AgreementFacts,
    accept_agreement,
    agree_above_card,
    change_agreement,
    countersign_agreement,
    draft_agreement,
    end_agreement,
    hand_in_signed,
    recall_agreement,
    send_agreement,
)
from symposia.activities.actions.faculty_invitations import (
    answer_faculty_invitation,
    invite_faculty,
)
from symposia.activities.actions.rate_card import RateFacts, set_rate, write_agreement_words
from symposia.activities.agreed import contract_facts, rate_on
from symposia.activities.agreeing import DEFAULT_TEXT, LARGEST, filled, objection_to_words
from symposia.activities.facts import read_facts
from symposia.activities.models import Agreement, Contributor, Rate
from symposia.activities.tasks_of_faculty import tasks_of
from symposia.audit.models import Entry
from symposia.compliance.models import Commitment
from symposia.finance.queries import budget_of, speakers_with_fees
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.work.files import open_stored
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.directory import ClinicianFactory

PDF = b"%PDF-1.7 signed by both, for a test"


@pytest.fixture(autouse=True)
def before_the_day():
    with time_machine.travel("2027-01-10T09:00Z"):
        yield


def usd(amount):
    return Money(Decimal(amount), "USD")


def card(amount="300", ceiling="400", from_on=date(2027, 1, 1), **more):
    facts = {"service": "speaker", "tier": "national", "unit": "hour", "source": "Study 2026"}
    made = RateFacts(**facts | more, amount=usd(amount), ceiling=usd(ceiling), from_on=from_on)
    return set_rate(made, by=SYSTEM)


@pytest.fixture
def activity(organisation):
    organisation.currency = "USD"
    organisation.save()
    found = ActivityFactory()
    clinician = ClinicianFactory(full_name="Meera Rao", email="rao@example.org")
    SessionFacultyFactory(
        session=SessionFactory(activity=found), clinician=clinician, name=clinician.called
    )
    Contributor.objects.create(clinician=clinician, name=clinician.called, email=clinician.email)
    return found


def person():
    return Contributor.objects.get(clinician__isnull=False)


def facts(each="300", quantity="2", **more):
    known = {"service": "speaker", "tier": "national", "unit": "hour", "services": "A talk."}
    return AgreementFacts(**known | more, quantity=Decimal(quantity), each=usd(each))


def drafted(activity, by=SYSTEM, **more):
    return draft_agreement(activity, person(), facts(**more), by=by)


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def invited(activity):
    invitation = invite_faculty(activity, person(), by=SYSTEM)
    by = Actor("link", invitation.pk, person().name)
    return answer_faculty_invitation(invitation, accepted=True, by=by)


def signed(activity, organisation, **more):
    agreement = drafted(activity, **more)
    invitation = invited(activity)
    agreement = send_agreement(agreement, by=SYSTEM)
    accept_agreement(
        agreement, seen=agreement.sha256, by=Actor("link", invitation.pk, person().name)
    )
    officer = member(organisation, "finance_officer")
    return countersign_agreement(agreement, factor="totp", by=officer.actor())


def test_a_rate_holds_from_its_day_and_ends_the_one_before(activity):
    card("300", from_on=date(2027, 1, 1))
    card("350", from_on=date(2027, 4, 1))

    def on(day):
        return str(rate_on(day, service="speaker", tier="national", unit="hour").amount.amount)

    assert (on(date(2027, 3, 31)), on(date(2027, 4, 1))) == ("300.00", "350.00")
    assert rate_on(date(2026, 12, 31), service="speaker", tier="national", unit="hour") is None
    assert Rate.objects.get(amount_minor=30000).until_on == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"amount": "0"}, "rate_not_positive"),
        ({"ceiling": "299"}, "ceiling_below"),
        ({"source": "  "}, "rate_source"),
        ({"from_on": date(2027, 1, 1)}, "rate_before"),
    ],
)
def test_a_rate_that_is_none_is_refused(activity, more, code):
    card()

    assert code_of(lambda: card(**{"from_on": date(2027, 6, 1)} | more)) == code


@pytest.mark.parametrize(
    ("each", "reason", "code"),
    [
        ("300", "", None),
        ("300.01", "", "above_needs_reason"),
        ("300.01", "Wrote the guideline", None),
        ("400", "Wrote the guideline", None),
        ("400.01", "Wrote the guideline", "above_fair_market_value"),
        ("0", "", None),
    ],
)
def test_the_card_and_its_ceiling_at_their_edges(activity, each, reason, code):
    card()

    if code:
        assert code_of(lambda: drafted(activity, each=each, above_because=reason)) == code
    else:
        assert str(drafted(activity, each=each, above_because=reason).each.amount) == f"{each}" + (
            "" if "." in each else ".00"
        )


def test_above_the_card_another_person_agrees_first(activity, organisation):
    card()
    writer = member(organisation, "coordinator")
    officer = member(organisation, "compliance_officer")
    agreement = drafted(activity, by=writer.actor(), each="350", above_because="Wrote it")
    invited(activity)

    assert code_of(lambda: send_agreement(agreement, by=writer.actor())) == "above_needs_second"
    assert code_of(lambda: agree_above_card(agreement, by=writer.actor())) == "own_fee"
    agreed = agree_above_card(agreement, by=officer.actor())
    changed = change_agreement(
        agreed,
        facts("360", above_because="Wrote it"),
        seen_version=agreed.version,
        by=writer.actor(),
    )

    assert changed.above_agreed_at is None
    assert code_of(lambda: send_agreement(changed, by=writer.actor())) == "above_needs_second"
    agree_above_card(changed, by=officer.actor())
    assert send_agreement(changed, by=writer.actor()).state == "sent"


def test_the_database_holds_that_nobody_agrees_to_their_own_fee(activity, organisation):
    writer = member(organisation, "coordinator")
    agreement = drafted(activity, by=writer.actor(), each="350", above_because="Wrote it")

    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(above_agreed_by_id=writer.pk)


def test_from_the_draft_to_both_signatures(activity, organisation):
    card()

    agreement = signed(activity, organisation)

    assert (agreement.state, agreement.factor) == ("signed", "totp")
    with open_stored(agreement.file) as file:
        assert file.read().startswith(b"%PDF-")
    said = Entry.objects.filter(action__startswith="agreement.").values_list("action", flat=True)
    assert set(said) == {
        *("agreement.drafted", "agreement.sent"),
        *("agreement.accepted", "agreement.signed"),
    }
    assert Delivery.objects.filter(template_code="activities.agreement").count() == 1


def test_only_what_was_shown_is_accepted(activity):
    card()
    agreement = drafted(activity)
    invited(activity)
    sent = send_agreement(agreement, by=SYSTEM)
    by = Actor("link", None, "Meera Rao")

    assert code_of(lambda: accept_agreement(sent, seen="0" * 64, by=by)) == "agreement_changed"
    recall_agreement(sent, reason="Another hour", by=SYSTEM)
    gone = code_of(lambda: accept_agreement(sent, seen=sent.sha256, by=by))
    assert gone == "agreement_not_sent"


def test_we_sign_after_the_person_and_with_a_factor(activity):
    card()
    agreement = drafted(activity)
    invited(activity)
    sent = send_agreement(agreement, by=SYSTEM)

    def sign(factor="totp"):
        return countersign_agreement(sent, factor=factor, by=SYSTEM)

    assert code_of(sign) == "not_accepted"
    accept_agreement(sent, seen=sent.sha256, by=Actor("link", None, "Meera Rao"))
    assert code_of(lambda: sign("")) == "agreement_needs_factor"
    assert sign().state == "signed"


def test_a_file_signed_on_paper_takes_the_place_of_both(activity):
    card()
    agreement = drafted(activity)

    def hand_in(content=PDF, factor="totp"):
        return hand_in_signed(agreement, content, factor=factor, by=SYSTEM)

    assert code_of(lambda: hand_in(b"MZ")) == "not_a_signed_pdf"
    assert code_of(lambda: hand_in(PDF + bytes(LARGEST))) == "signed_file_too_large"
    assert code_of(lambda: hand_in(factor="")) == "agreement_needs_factor"
    found = hand_in()
    assert (found.state, found.sha256) == ("signed", found.file.sha256)


def test_the_fee_is_a_line_of_the_estimate_and_the_speakers_fee_for_the_rules(activity):
    card()
    agreement = drafted(activity)

    assert str(budget_of(activity).estimate.amount) == "600.00"
    assert [each.fee for each in speakers_with_fees(activity.pk)] == [usd("600.00")]

    change_agreement(agreement, facts("250"), seen_version=agreement.version, by=SYSTEM)
    assert str(budget_of(activity).estimate.amount) == "500.00"
    end_agreement(agreement, reason="Cannot come", by=SYSTEM)
    assert str(budget_of(activity).estimate.amount) == "0.00"


def test_a_signature_counts_the_engagement_from_then_on(activity, organisation):
    card()
    signed(activity, organisation)

    commitment = Commitment.objects.standing().get()
    assert commitment.amount == usd("600.00")


def test_the_rules_know_who_has_no_contract(activity, organisation):
    assert contract_facts(activity.pk) == {}
    card()
    assert contract_facts(activity.pk) == {"contracts_missing": 1}

    signed(activity, organisation)

    assert contract_facts(activity.pk) == {"contracts_missing": 0}


def test_the_rail_says_how_many_are_signed(activity, organisation):
    def said():
        return [k.reading for k in read_facts(activity) if k.fact.name == "agreements"]

    assert said() == []
    card()
    signed(activity, organisation)
    assert [(r.state, str(r.count)) for r in said()] == [("done", "1 of 1")]


def test_the_portal_asks_for_the_agreement_once_there_is_one(activity):
    card()
    agreement, invitation = drafted(activity), invited(activity)
    before = [task.code for task in tasks_of(invitation).tasks]
    sent = send_agreement(agreement, by=SYSTEM)
    between = {task.code: task.is_done for task in tasks_of(invitation).tasks}
    accept_agreement(sent, seen=sent.sha256, by=Actor("link", invitation.pk, "Meera Rao"))
    after = {task.code: task.is_done for task in tasks_of(invitation).tasks}

    assert "agreement" not in before
    assert (between["agreement"], after["agreement"]) == (False, True)


def test_one_agreement_at_a_time_and_none_for_what_is_over(activity):
    card()
    drafted(activity)

    assert code_of(lambda: drafted(activity)) == "has_agreement"
    over = ActivityFactory(state="held")
    assert code_of(lambda: draft_agreement(over, person(), facts(), by=SYSTEM)) == (
        "no_agreement_now"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (DEFAULT_TEXT, None),
        ("{person} gets {fee}", None),
        ("{person} gets money", "template_empty"),
        ("{person} gets {fee} {bank_account}", "placeholder_unknown"),
        ("{person} gets {fee} {person.user.password}", "placeholder_unknown"),
        ("{person} gets {fee} {0}", "placeholder_unknown"),
        ("{person} gets {fee} {fee!r:>10}", "placeholder_unknown"),
        ("{person} gets {fee} {}", "placeholder_unknown"),
    ],
)
def test_only_what_is_on_the_list_is_filled_in(text, code):
    objection = objection_to_words(text)

    assert (objection and objection.code) == code


def test_a_value_that_looks_like_a_placeholder_stays_as_it_is():
    assert filled("{person}: {fee}", {"person": "{fee}", "fee": "1"}) == "{fee}: 1"


def test_other_words_are_for_what_is_sent_next(activity):
    card()
    invited(activity)
    agreement = drafted(activity)
    write_agreement_words("Letter {number}\n{person} gets {fee}.", by=SYSTEM)

    sent = send_agreement(agreement, by=SYSTEM)

    assert sent.text.startswith(f"Letter {sent.number}")
    assert code_of(lambda: write_agreement_words("{person}", by=SYSTEM)) == "template_empty"


def test_while_approvers_read_the_estimate_stays_as_it_was_submitted(activity):
    card()
    activity.move("submitted")
    activity.move("in_approval")

    drafted(activity)

    assert not budget_of(activity).estimate
