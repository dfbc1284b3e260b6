from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.curriculum.actions.survey_answers import answer_survey, cite_survey, stop_surveys
from symposia.curriculum.actions.surveys import (
    QuestionFacts,
    SurveyFacts,
    add_question,
    ask_next_again,
    change_survey,
    close_survey,
    make_next_round,
    make_survey,
    remove_question,
    repeat_due_surveys,
    send_survey,
)
from symposia.curriculum.audience import audience_now
from symposia.curriculum.models import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyQuestion,
)
from symposia.curriculum.periods import months_later
from symposia.curriculum.policies.surveys import (
    NO_QUESTIONS,
    SURVEY_ANSWERED,
    SURVEY_CLOSED,
    SURVEY_SENT,
    TOO_FEW_CHOICES,
    objection_to_survey_answers,
)
from symposia.curriculum.queries.surveys import audience_of, results_of_survey, specialties_of
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.actions.restrictions import RestrictionFacts, restrict_person
from symposia.directory.models import Channel, ConsentStatement, Purpose
from symposia.notifications.actions import suppress_address
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.changing import CHANGED_MEANWHILE
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here
from tests.factories.curriculum import (
    GapFactory,
    SurveyFactory,
    SurveyInvitationFactory,
    SurveyQuestionFactory,
)
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def survey(organisation):
    """A survey with a rating, a choice and own words, not sent yet."""
    made = make_survey(SurveyFacts("Stroke needs", "Why", 6), by=SYSTEM)
    add_question(made, QuestionFacts("rating", "How sure are you?"), by=SYSTEM)
    add_question(
        made, QuestionFacts("choice", "Best format?", ["Course", " Cases ", ""]), by=SYSTEM
    )
    add_question(made, QuestionFacts("text", "Anything else?", required=False), by=SYSTEM)
    return made


def answers(survey, rating="4", choice="Course", text=""):
    first, second, third = SurveyQuestion.objects.filter(survey=survey).order_by("position")
    return {first.pk: rating, second.pk: choice, third.pk: text}


def answered(survey, ratings, **more):
    """One more clinician for each rating, who was asked and answered."""
    for rating in ratings:
        send_survey(survey, [ClinicianFactory()], by=SYSTEM)
        invitation = SurveyInvitation.objects.filter(survey=survey).latest("sent_at", "pk")
        answer_survey(invitation, answers(survey, str(rating), **more), by=SYSTEM)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 10), 36, date(2029, 5, 10)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day, months, later):
    assert months_later(day, months) == later


def test_a_survey_is_built_and_its_blank_choices_left_out(survey):
    assert survey.number.startswith("SUR-")
    assert survey.questions.get(kind="choice").choices == ["Course", "Cases"]
    assert Entry.objects.filter(action="survey.question_added").count() == 3

    remove_question(survey.questions.get(kind="text"), by=SYSTEM)
    assert survey.questions.count() == 2


def test_a_choice_needs_two_answers(survey):
    with pytest.raises(Refused) as refused:
        add_question(survey, QuestionFacts("choice", "One?", ["only"]), by=SYSTEM)

    assert refused.value.objection == TOO_FEW_CHOICES


def test_nobody_overwrites_what_they_have_not_seen(survey):
    change_survey(survey, SurveyFacts("Stroke needs 2"), seen_version=1, by=SYSTEM)
    change_survey(survey, SurveyFacts("Stroke needs 2"), seen_version=2, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        change_survey(survey, SurveyFacts("Other"), seen_version=1, by=SYSTEM)

    assert refused.value.objection == CHANGED_MEANWHILE
    assert Survey.objects.get().version == 2


def test_a_survey_without_questions_is_not_sent(organisation):
    with pytest.raises(Refused) as refused:
        send_survey(SurveyFactory(), [ClinicianFactory()], by=SYSTEM)

    assert refused.value.objection == NO_QUESTIONS
    assert not Delivery.objects.exists()


def test_people_get_a_personal_link_once(survey):
    asked, silent, tired = ClinicianFactory(), ClinicianFactory(email=""), ClinicianFactory()
    suppress_address(tired.email, by=SYSTEM)

    assert send_survey(survey, [asked, silent, tired], by=SYSTEM) == 1
    assert send_survey(survey, [asked], by=SYSTEM) == 0

    delivery = Delivery.objects.get()
    assert delivery.to_address == asked.email
    assert "/n/" in delivery.text
    assert delivery.unsubscribe_link.endswith("/stop/")
    assert Survey.objects.get().state == "open"


def test_what_was_sent_stays_as_people_read_it(survey):
    send_survey(survey, [ClinicianFactory()], by=SYSTEM)

    for change in (
        lambda: add_question(survey, QuestionFacts("text", "More?"), by=SYSTEM),
        lambda: remove_question(survey.questions.first(), by=SYSTEM),
        lambda: change_survey(survey, SurveyFacts("X"), seen_version=1, by=SYSTEM),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.objection == SURVEY_SENT


def test_an_answer_is_kept_without_the_person_and_given_once(survey):
    answered(survey, [4], text="More cases")
    invitation = SurveyInvitation.objects.get()

    with pytest.raises(Refused) as refused:
        answer_survey(invitation, answers(survey), by=SYSTEM)

    assert refused.value.objection == SURVEY_ANSWERED
    kept = list(SurveyAnswer.objects.all())
    assert len({each.sheet for each in kept}) == 1
    assert sorted((each.rating, each.text) for each in kept if each.rating is None) == [
        (None, "Course"),
        (None, "More cases"),
    ]
    columns = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert columns == {"id", "organisation_id", "sheet", "question", "rating", "text"}
    assert not Entry.objects.filter(subject_type="curriculum.SurveyAnswer").exists()


@pytest.mark.parametrize(
    ("kind", "choices", "required", "answer", "code"),
    [
        ("rating", [], True, "3", None),
        ("rating", [], True, "6", "no_such_survey_answer"),
        ("rating", [], True, "", "survey_unanswered"),
        ("rating", [], False, "", None),
        ("choice", ["A", "B"], True, "B", None),
        ("choice", ["A", "B"], True, "C", "no_such_survey_answer"),
        ("text", [], True, "  ", "survey_unanswered"),
        ("text", [], True, "words", None),
    ],
)
def test_answers_are_ones_that_were_offered(kind, choices, required, answer, code):
    question = SurveyQuestion(
        organisation_id=uuid4(), kind=kind, text="Q", choices=choices, required=required
    )

    objection = objection_to_survey_answers([question], {question.pk: answer})

    assert (objection.code if objection else None) == code


def test_a_closed_survey_takes_no_answer(survey):
    send_survey(survey, [ClinicianFactory()], by=SYSTEM)
    close_survey(survey, reason="enough", by=SYSTEM)

    for change in (
        lambda: answer_survey(SurveyInvitation.objects.get(), answers(survey), by=SYSTEM),
        lambda: send_survey(survey, [ClinicianFactory()], by=SYSTEM),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.objection == SURVEY_CLOSED


def test_results_are_counted_once_three_have_answered(survey):
    answered(survey, [2, 4])
    assert results_of_survey(survey).questions == ()

    answered(survey, [5], choice="Cases", text="Thanks")

    results = results_of_survey(survey)
    rating, choice, text = results.questions
    assert (results.asked, results.answered) == (3, 3)
    assert str(rating.mean) == "3.67"
    assert rating.figure == "3.67 of 5, 3 answers"
    assert [(s.label, s.count) for s in choice.shares] == [("Course", 2), ("Cases", 1)]
    assert choice.figure == "2 of 3: Course"
    assert text.texts == ("Thanks",)


def test_the_next_round_continues_the_trend_of_each_question(survey):
    answered(survey, [2, 2, 2])
    second = make_next_round(survey, by=SYSTEM)
    answered(second, [4, 4, 5])

    rating = results_of_survey(second).questions[0]

    assert second.round == 2
    assert [(p.round, str(p.mean)) for p in rating.trend] == [(1, "2.00"), (2, "4.33")]
    assert [p.round for p in results_of_survey(survey).questions[0].trend] == [1]
    with pytest.raises(Refused) as refused:
        make_next_round(survey, by=SYSTEM)
    assert refused.value.objection.code == "has_next_round"


def test_a_draft_has_no_next_round(survey):
    with pytest.raises(Refused) as refused:
        make_next_round(survey, by=SYSTEM)

    assert refused.value.objection.code == "never_sent"


def test_a_recurring_survey_is_sent_again_when_its_months_are_over(survey):
    with time_machine.travel(datetime(2026, 1, 31, 12, tzinfo=UTC), tick=False):
        send_survey(survey, [ClinicianFactory(), ClinicianFactory()], by=SYSTEM)
    gone = SurveyInvitation.objects.first().clinician
    gone.deactivated_at = now()
    gone.save()
    due = datetime(2026, 7, 31, 12, tzinfo=UTC)

    assert repeat_due_surveys(at=due - timedelta(hours=1), by=SYSTEM) == []
    (second,) = repeat_due_surveys(at=due, by=SYSTEM)
    assert repeat_due_surveys(at=due, by=SYSTEM) == []
    assert Survey.objects.get(pk=second.pk).state == "draft"

    assert ask_next_again(second.pk, by=SYSTEM, limit=1) == 1
    assert ask_next_again(second.pk, by=SYSTEM, limit=1) == 0
    assert second.invitations.count() == 1
    assert Survey.objects.get(pk=second.pk).state == "open"


def test_a_first_round_asks_nobody_again(survey):
    assert ask_next_again(survey.pk, by=SYSTEM) == 0


def test_a_survey_that_is_asked_once_is_not_repeated(organisation):
    SurveyFactory(state="closed", opened_at=datetime(2020, 1, 1, tzinfo=UTC))

    assert repeat_due_surveys(at=now(), by=SYSTEM) == []


def test_what_a_survey_found_is_evidence_of_a_gap(survey):
    gap, question = GapFactory(), survey.questions.get(kind="rating")
    with pytest.raises(Refused) as refused:
        cite_survey(survey, question, gap, by=SYSTEM)
    assert refused.value.objection.code == "too_few_answers"
    answered(survey, [2, 2, 3])

    evidence = cite_survey(survey, question, gap, by=SYSTEM)

    assert evidence.kind == "survey"
    assert evidence.figure == "2.33 of 5, 3 answers"
    assert survey.number in evidence.citation
    assert evidence.survey == survey


def test_whoever_wants_no_surveys_gets_none(organisation):
    invitation = SurveyInvitationFactory()

    stop_surveys(invitation, by=SYSTEM)

    SurveyQuestionFactory(survey=invitation.survey)
    tired = ClinicianFactory(email=invitation.address)
    assert send_survey(invitation.survey, [tired], by=SYSTEM) == 0


def test_whoever_said_no_or_is_restricted_is_left_out_with_the_reason(organisation):
    said_no, barred, free = ClinicianFactory.create_batch(3)
    facts = ConsentFacts(Purpose.INVITATIONS, Channel.EMAIL, given=False)
    state_consent(said_no, facts, by=SYSTEM)
    restrict_person(barred, RestrictionFacts("retired", "The employer", day_here()), by=SYSTEM)

    audience = audience_now(SurveyFactory(), [said_no, barred, free])

    assert audience.asked == [free]
    left_out = {one.clinician: one.objection.code for one in audience.left_out}
    assert left_out == {said_no: "consent_withdrawn", barred: "restricted"}


def test_whoever_stops_surveys_has_said_no_under_any_address(organisation):
    invitation = SurveyInvitationFactory()
    clinician = invitation.clinician
    stop_surveys(invitation, by=SYSTEM)
    stop_surveys(invitation, by=SYSTEM)

    said = ConsentStatement.objects.of(clinician)
    assert {(one.purpose, one.given) for one in said} == {("invitations", False)}
    assert said.get(channel="email").proof == invitation.survey.number
    clinician.email = "another@example.org"
    clinician.save()
    assert audience_now(SurveyFactory(), [clinician]).asked == []


def test_an_audience_is_chosen_by_specialty_and_profession(organisation):
    class Everybody:
        def everywhere(self, _permission):
            return True

    neurology = ClinicianFactory(specialty="Neurology")
    ClinicianFactory(specialty="Neurology", profession="nurse")
    unreachable = ClinicianFactory(specialty="Neurology", email="")
    ClinicianFactory(specialty="Cardiology")

    chosen = audience_of(Everybody(), ["Neurology"], ["physician"])
    assert set(chosen) == {neurology, unreachable}
    assert audience_now(SurveyFactory(), chosen).asked == [neurology]
    assert len(audience_of(Everybody(), [], [])) == 4
    assert specialties_of(Everybody()) == [("Cardiology", 1), ("Neurology", 2)]
