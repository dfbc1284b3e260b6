"""What a doctor says in a follow-up: questions to medical affairs, harm to drug safety."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from symposia.accounts.queries import access_of, local_day
from symposia.audit.models import Entry
from symposia.engagement.actions.follow_ups import finish_follow_up
from symposia.engagement.actions.handing import hand_medical_question, take_adverse_event
from symposia.engagement.actions.safety import set_safety_mailbox
from symposia.engagement.models import AdverseEvent, FollowUp, SafetySending
from symposia.engagement.queries import handed_on
from symposia.insights.today import needs_of
from symposia.learning.actions.audience_questions import show_question
from symposia.learning.actions.medical_answers import answer_medical_question
from symposia.learning.medical_lists import medical_questions
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.engagement import AfterMeeting

WORDS = "A patient of mine bled for two days after the second tablet."


@pytest.fixture
def after(organisation):
    made = AfterMeeting(organisation)
    made.make()
    return made


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def told(after, text=WORDS, product="Corvalan", **facts):
    owed = after.of(after.came)
    return take_adverse_event(owed, product, text, by=after.user.actor(), **facts)


def test_a_question_stands_with_medical_affairs_by_its_deadline(after):
    handed = hand_medical_question(after.of(after.missed), "Safe with juice?", by=SYSTEM)

    medical = access_of(member(after.organisation, "medical_affairs"), after.organisation, at=now())
    (question,) = medical_questions(medical)
    assert question == handed.question
    assert (question.clinician, question.asker_name) == (after.missed, after.missed.called)
    assert question.due_on == local_day() + timedelta(days=10)


def test_whoever_asked_gets_the_answer_by_mail_though_they_had_no_place_in_the_room(after):
    question = hand_medical_question(after.of(after.missed), "Safe with juice?", by=SYSTEM).question

    answer_medical_question(question, "It raises the level.", reply_to="mi@x.org", by=SYSTEM)

    (letter,) = Delivery.objects.filter(template_code="learning.medical_answered")
    assert letter.to_address == after.missed.email


def test_no_moderator_shows_it_to_a_room(after):
    question = hand_medical_question(after.of(after.came), "Safe with juice?", by=SYSTEM).question

    assert code_of(lambda: show_question(question, by=SYSTEM)) == "audience_asked_after"


def test_the_representative_sees_that_it_was_handed_on_and_no_more(after):
    owed = after.of(after.came)
    hand_medical_question(owed, "Safe with juice?", by=after.user.actor())
    told(after)
    finish_follow_up(owed, "call", "Asked much.", by=SYSTEM)
    hand_medical_question(owed, "And with milk?", by=SYSTEM)

    whats = [each.what for each in handed_on(owed)]
    assert sorted(whats) == ["Adverse event to drug safety"] + ["Question to medical affairs"] * 2
    rep = access_of(after.user, after.organisation, at=now())
    assert not AdverseEvent.objects.visible_to(rep).exists()


def test_an_adverse_event_is_written_to_drug_safety_at_once_with_its_clock(after):
    set_safety_mailbox("safety@example.org", by=SYSTEM)
    received = now() - timedelta(hours=5)

    event = told(after, received_at=received)

    (letter,) = Delivery.objects.filter(template_code="engagement.adverse_event")
    assert letter.to_address == "safety@example.org"
    assert WORDS in letter.text
    assert after.came.full_name in letter.text
    assert event.due_at == received + timedelta(hours=24)
    assert event.is_to_verify
    assert SafetySending.objects.get(event=event).address == "safety@example.org"
    assert Entry.objects.filter(action="adverse_event.taken").count() == 1


def test_without_a_mailbox_it_is_kept_and_sent_as_soon_as_there_is_one(after):
    told(after)
    assert not SafetySending.objects.exists()

    set_safety_mailbox("safety@example.org", by=SYSTEM)
    set_safety_mailbox("other@example.org", by=SYSTEM)

    assert SafetySending.objects.get().address == "safety@example.org"


def test_today_says_that_harm_waits_for_a_mailbox_and_that_follow_ups_are_late(after):
    told(after)
    FollowUp.objects.update(due_on="2026-01-02")

    def said(user):
        access = access_of(user, after.organisation, at=now())
        return {str(need.what): need.url_name for need in needs_of(access, at=now())}

    harm = "1 adverse event waits for a mailbox of drug safety: name it"
    admin = member(after.organisation, "administrator")
    assert said(admin)[harm] == "safety_mailbox"
    assert said(after.user)["2 follow-ups of yours are late"] == "field_follow_ups"
    assert harm not in said(after.user)
    set_safety_mailbox("safety@example.org", by=SYSTEM)
    assert harm not in said(admin)


def test_nobody_changes_it(after):
    event = told(after)
    event.text = "Nothing."

    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


def test_it_says_what_and_of_which_product_and_was_told_lately(after):
    assert code_of(lambda: told(after, " ")) == "adverse_event_says_what"
    assert code_of(lambda: told(after, product="")) == "adverse_event_says_product"
    later = now() + timedelta(hours=1)
    assert code_of(lambda: told(after, received_at=later)) == "adverse_event_told_later"
