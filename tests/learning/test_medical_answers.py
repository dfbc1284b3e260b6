"""Questions about products: medical affairs answers whoever asked, once, or says why not."""

import pytest
import time_machine

from symposia.activities.models import Activity
from symposia.audit.models import Entry
from symposia.learning.actions.audience_questions import hand_question_over, join_questions
from symposia.learning.actions.medical_answers import (
    answer_medical_question,
    decline_medical_question,
)
from symposia.learning.audience import hours_of, room_of
from symposia.learning.models import AudienceQuestion, MedicalAnswer
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.audience import asked, place_in, session_now

PERSON = "mi@example.org"


@pytest.fixture
def session(organisation):
    made = session_now(mode="scientific")
    with time_machine.travel(made.starts_at):
        yield made


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def handed(session, text="Is it safe with grapefruit?", **facts):
    question = asked(session, text, **facts)
    hand_question_over(question, by=SYSTEM)
    return AudienceQuestion.objects.get(pk=question.pk)


def answered(question, text="It raises the level.", **facts):
    facts.setdefault("reply_to", PERSON)
    facts.setdefault("by", UserFactory(full_name="Ines Medical").actor())
    return answer_medical_question(question, text, **facts)


def test_whoever_asked_gets_the_answer_with_a_person_to_write_back_to(session):
    place = place_in(session, clinician__email="cy@example.org")
    question = handed(session, place=place)

    kept = answered(question)

    (letter,) = Delivery.objects.filter(template_code="learning.medical_answered")
    assert (letter.to_address, letter.reply_to) == ("cy@example.org", PERSON)
    assert "It raises the level." in letter.text
    assert "grapefruit" in letter.text
    assert (kept.outcome, kept.by_name) == ("answered", "Ines Medical")
    assert Entry.objects.filter(action="medical_question.answered").count() == 1


def test_the_room_is_told_nothing_of_it_and_nobody_waits_any_more(session):
    question = handed(session)
    assert hours_of(session.activity)[0].unanswered == 1

    answered(question)

    again = AudienceQuestion.objects.get(pk=question.pk)
    assert (again.state, again.answer) == ("shown", "")
    assert not room_of(session).answered
    assert hours_of(session.activity)[0].unanswered == 0


def test_it_is_declined_with_a_reason_that_is_read(session):
    question = handed(session, place=place_in(session, clinician__email="cy@example.org"))
    said = {"reply_to": PERSON, "by": SYSTEM}

    assert code_of(lambda: decline_medical_question(question, " ", **said)) == (
        "medical_declined_why"
    )
    decline_medical_question(question, "Ask your authority.", **said)

    (letter,) = Delivery.objects.filter(template_code="learning.medical_declined")
    assert "Ask your authority." in letter.text


def test_a_question_is_dealt_with_once(session):
    question = handed(session)
    answered(question)

    assert code_of(lambda: answered(question, "Something else.")) == "medical_dealt_with"
    assert (
        code_of(lambda: decline_medical_question(question, "No.", reply_to=PERSON, by=SYSTEM))
        == "medical_dealt_with"
    )
    assert MedicalAnswer.objects.count() == 1


def test_whoever_asked_the_same_in_other_words_gets_it_too(session):
    question = handed(session, place=place_in(session, clinician__email="cy@example.org"))
    other = asked(session, "And juice?", place=place_in(session, clinician__email="jo@x.org"))
    join_questions(other, question, by=SYSTEM)

    answered(question)

    letters = Delivery.objects.filter(template_code="learning.medical_answered")
    assert {each.to_address for each in letters} == {"cy@example.org", "jo@x.org"}
    assert "And juice?" in letters.get(to_address="jo@x.org").text


def test_what_was_joined_is_dealt_with_by_the_one_answer_and_nobody_gets_two(session):
    question, stays = handed(session), asked(session, "And juice?")
    join_questions(question, stays, by=SYSTEM)
    by_itself = handed(session, "And lemons?")
    answered(by_itself)
    join_questions(by_itself, stays, by=SYSTEM)
    late = handed(session, "And limes?")

    answered(stays)

    assert code_of(lambda: answered(question)) == "medical_dealt_with"
    join_questions(late, stays, by=SYSTEM)
    answered(late)
    letters = Delivery.objects.filter(template_code="learning.medical_answered")
    assert letters.count() == MedicalAnswer.objects.count() == 4


def test_what_was_not_handed_over_or_says_nothing_is_refused(session):
    plain = asked(session)
    question = handed(session)

    assert code_of(lambda: answered(plain)) == "medical_not_handed"
    assert code_of(lambda: answered(question, "  ")) == "audience_no_answer"
    assert code_of(lambda: answered(question, reply_to="nobody")) == "bad_address"
    assert not Delivery.objects.filter(template_code__startswith="learning.medical").exists()


def test_nobody_is_written_to_out_of_an_independent_activity(session):
    """Also where a question was handed over before the activity became independent."""
    question = handed(session)
    Activity.objects.filter(pk=session.activity_id).update(mode="independent")

    assert code_of(lambda: answered(question)) == "audience_not_handed"


def test_without_an_address_nothing_can_be_written(session):
    question = handed(session, place=place_in(session, clinician__email=""))

    assert code_of(lambda: answered(question)) == "medical_no_address"
