"""The questions of sessions: who is sent them when, answered in parts, anonymous and once."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from symposia.assessment.actions import respond_to_evaluation, write_questions
from symposia.assessment.actions.parts import respond_to_sessions, set_session_delay
from symposia.assessment.actions.sending import switch_sending
from symposia.assessment.models import (
    Answer,
    EvaluationForm,
    PartResponse,
    Response,
    SessionAsked,
    UnopenedSheet,
)
from symposia.assessment.parts import can_be_parted
from symposia.assessment.policies import (
    ANSWERED,
    NO_PART_YET,
    NO_SUCH_DELAY,
    REST_LATER,
    UNANSWERED,
)
from symposia.assessment.queries import questions_of
from symposia.assessment.session_sending import (
    askings_due,
    sends_by_session,
    with_days_between,
)
from symposia.assessment.sheets import Given
from symposia.assessment.standard import Draft
from symposia.audit.models import Entry
from symposia.credits.actions.session_asking import ask_about_sessions
from symposia.credits.letters import LEARNING
from symposia.credits.reminded import unanswered_sessions_at
from symposia.notifications.models import Delivery
from symposia.outreach.models import Reminder
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.refusals import Refused
from tests.factories.accounts import key_of, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

DAY = 24 * 60
BEGINS = datetime.fromisoformat("2027-03-11T09:00")
FORM = (
    Draft("rating", "How was the session?", section="Sessions", repeats="session"),
    Draft("rating", "How was it all?", section="All"),
)


class Congress:
    """Three days, the last of them later: two sessions on the first, one on each of the others."""

    def __init__(self, form=FORM):
        self.activity = ActivityFactory(
            state="running", wall_starts=BEGINS, minutes=5 * DAY + 8 * 60
        )
        self.first, self.second, self.next, self.last = (
            SessionFactory(activity=self.activity, title=title, after=after, minutes=60)
            for title, after in (
                ("Airway", 0),
                ("Burns", 300),
                ("Coma", DAY),
                ("Dialysis", 5 * DAY),
            )
        )
        self.form = EvaluationForm.objects.create(activity=self.activity)
        write_questions(self.form, form)
        self.question, self.whole = questions_of(self.form)[:2]

    def at(self, day, hour, minute=0):
        return BEGINS_AT + timedelta(days=day, hours=hour - 9, minutes=minute)

    def came(self, *sessions, **person):
        """Somebody who was in these sessions."""
        person = {"zone": ""} | person
        place = RegistrationFactory(activity=self.activity, clinician=ClinicianFactory(**person))
        for each in sessions:
            for kind, at in (("in", each.starts_at), ("out", each.ends_at)):
                EvidenceFactory(registration=place, kind=kind, occurred_at=at)
        return place

    def due(self, *when):
        askings = askings_due(self.activity, self.at(*when))
        return {one.registration.pk: [s.title for s in one.sessions] for one in askings}

    def ask(self, *when):
        with time_machine.travel(self.at(*when), tick=False):
            return ask_about_sessions(self.activity, by=SYSTEM)


BEGINS_AT = datetime.fromisoformat("2027-03-11T14:00+00:00")


@pytest.fixture
def congress(organisation):
    return Congress()


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def said(question, rating=4):
    return {question.pk: Given(rating=rating)}


def test_the_last_session_of_a_day_gathers_those_somebody_was_in(congress):
    both = congress.came(congress.first, congress.second)
    morning = congress.came(congress.first)
    congress.came()

    assert congress.due(0, 12) == {}
    assert congress.due(0, 15, 14) == {}
    assert congress.due(0, 15, 15) == {both.pk: ["Airway", "Burns"], morning.pk: ["Airway"]}


def test_how_soon_is_said_for_each_activity(congress):
    place = congress.came(congress.first)
    set_session_delay(congress.activity, 120, by=SYSTEM)

    assert congress.due(0, 16, 59) == {}
    assert congress.due(0, 17) == {place.pk: ["Airway"]}
    assert refusal(lambda: set_session_delay(congress.activity, 1441, by=SYSTEM)) == NO_SUCH_DELAY
    assert Entry.objects.get(action="sending.delay_set").details == {"minutes": 120}


def test_each_is_asked_once_of_a_session_and_written_to_once_a_day(congress):
    place = congress.came(congress.first, congress.next)

    assert [congress.ask(0, 15, 15), congress.ask(0, 15, 20), congress.ask(0, 18)] == [1, 0, 0]
    assert [congress.ask(1, 10, 10), congress.ask(1, 10, 15), congress.ask(1, 16)] == [0, 1, 0]
    assert SessionAsked.objects.filter(registration=place).count() == 2
    letters = list(Delivery.objects.order_by("queued_at").values_list("text", flat=True))
    assert ["Airway" in letters[0], "Coma" in letters[1]] == [True, True]
    assert len(letters) == 2


def test_at_night_on_their_own_clock_nobody_is_written_to(congress):
    away = congress.came(congress.first, zone="Asia/Kolkata")

    assert congress.due(0, 15, 15) == {}  # a quarter to two in the morning there
    assert congress.due(0, 22) == {away.pk: ["Airway"]}  # half past eight


def test_what_waited_for_the_morning_is_the_message_of_that_day(congress):
    congress.came(congress.first, congress.next, zone="Asia/Tokyo")

    assert congress.ask(0, 20) == 1  # ten in the morning there
    assert congress.ask(1, 10, 15) == 0  # past midnight there
    assert congress.ask(1, 19, 30) == 1


def test_from_the_last_day_on_all_that_is_left_is_asked_at_the_end(congress):
    congress.came(congress.first, congress.next, congress.last)

    assert with_days_between(congress.at(1, 12)) == [congress.activity]
    assert with_days_between(congress.at(5, 8)) == []
    assert with_days_between(congress.at(5, 20)) == []


def test_one_switch_covers_the_questions_of_sessions_and_their_reminder(congress):
    congress.came(congress.first)
    congress.ask(0, 15, 15)
    before = list(unanswered_sessions_at(congress.at(1, 14)))
    switch_sending(congress.activity, on=False, by=SYSTEM)

    assert len(before) == 1
    assert with_days_between(congress.at(1, 12)) == []
    assert congress.ask(1, 10, 15) == 0
    assert list(unanswered_sessions_at(congress.at(1, 14))) == []


def test_an_activity_of_one_day_and_a_form_that_hangs_together_are_asked_whole(organisation):
    hangs = (
        Draft("yes_no", "Was it useful?", section="All"),
        Draft("text", "Which part?", repeats="session", depends_on=1, depends_values=("yes",)),
    )
    whole = Congress(form=hangs)
    short = ActivityFactory(state="running")
    SessionFactory(activity=short)
    write_questions(EvaluationForm.objects.create(activity=short), FORM)

    assert not can_be_parted(questions_of(whole.form))
    assert not sends_by_session(whole.activity)
    assert not sends_by_session(short)


def test_the_first_message_makes_the_reminder_which_reaches_only_who_has_not_answered(congress):
    silent, answered = congress.came(congress.first), congress.came(congress.first)
    congress.ask(0, 15, 15)
    with time_machine.travel(congress.at(0, 16), tick=False):
        respond_to_sessions(answered, {congress.first.pk: said(congress.question)}, by=SYSTEM)

    assert Reminder.objects.get(trigger="session").hours == 24
    # While the next day's sessions end within a day their message leads to these too.
    assert list(unanswered_sessions_at(congress.at(0, 17))) == []
    assert list(unanswered_sessions_at(congress.at(1, 14))) == [silent]
    with time_machine.travel(congress.at(1, 14), tick=False):
        respond_to_sessions(silent, {congress.first.pk: said(congress.question)}, by=SYSTEM)
    assert list(unanswered_sessions_at(congress.at(1, 15))) == []


def test_a_part_is_answered_once_and_the_rest_at_the_end_without_it(congress):
    place = congress.came(congress.first, congress.next, congress.last)
    part = lambda: respond_to_sessions(  # noqa: E731
        place, {congress.first.pk: said(congress.question)}, by=SYSTEM
    )
    rest = lambda: respond_to_evaluation(  # noqa: E731
        place,
        said(congress.whole),
        blocks={each.pk: said(congress.question) for each in (congress.next, congress.last)},
        by=SYSTEM,
    )
    with time_machine.travel(congress.at(0, 16), tick=False):
        assert refusal(rest) == REST_LATER
        assert refusal(lambda: respond_to_sessions(place, {}, by=SYSTEM)) == UNANSWERED
        part()
        assert refusal(part) == NO_PART_YET
    with time_machine.travel(congress.at(5, 18), tick=False):
        assert refusal(part) == NO_PART_YET
        rest()
        assert refusal(rest) == ANSWERED

    blocks = list(UnopenedSheet.objects.values_list("block_id", flat=True))
    assert len(blocks) == 4
    assert set(blocks) == {congress.first.pk, congress.next.pk, congress.last.pk, None}
    assert (PartResponse.objects.count(), Response.objects.count()) == (1, 1)


def test_a_session_is_not_asked_about_before_it_is_over(congress):
    place = congress.came(congress.first, congress.second)
    with time_machine.travel(congress.at(0, 14, 30), tick=False):
        both = {each.pk: said(congress.question) for each in (congress.first, congress.second)}
        respond_to_sessions(place, both, by=SYSTEM)

    assert list(PartResponse.objects.values_list("session", flat=True)) == [congress.first.pk]
    assert list(UnopenedSheet.objects.values_list("block_id", flat=True)) == [congress.first.pk]


def test_answers_of_a_part_leave_the_box_mixed_and_name_nobody(congress):
    for rating in (2, 4, 5):
        place = congress.came(congress.first)
        with time_machine.travel(congress.at(0, 16), tick=False):
            about = {congress.first.pk: said(congress.question, rating)}
            respond_to_sessions(place, about, by=SYSTEM)
        opened = Answer.objects.count()
        assert opened == (3 if rating == 5 else 0)

    assert UnopenedSheet.objects.count() == 0
    assert sorted(Answer.objects.values_list("rating", flat=True)) == [2, 4, 5]
    names = {field.name for field in Answer._meta.get_fields()}
    assert not names & {"registration", "clinician", "answered_at", "response"}
    assert not Entry.objects.filter(subject_type__icontains="answer").exists()
    told = Entry.objects.filter(action="evaluation.part_answered")
    assert told.count() == 3
    assert all(not entry.details for entry in told)


def test_the_page_asks_the_sessions_first_and_says_that_the_rest_comes(
    client, organisation, congress
):
    place = congress.came(congress.first)
    with time_machine.travel(congress.at(0, 16), tick=False):
        to = reverse("finish_evaluation", args=[make_link(LEARNING, place.pk, organisation.code)])
        page = client.get(to).content.decode()
        assert "The rest comes when the activity ends." in page
        assert "How was it all?" not in page
        name = next(n for n in client.get(to).context["form"].fields if n.startswith("q1"))
        client.post(to, {name: "4"})
        assert "There is nothing to answer yet" in client.get(to).content.decode()
    assert PartResponse.objects.get().registration == place


def test_the_reminders_of_an_activity_show_it_and_say_how_soon(client, organisation, congress):
    client.force_login(member(organisation, "coordinator"))
    page = reverse("activity_reminders", args=[congress.activity.pk])
    to = reverse("activity_session_delay", args=[congress.activity.pk])

    assert "On days before the last one" in client.get(page).content.decode()
    client.post(to, {"minutes": "45"})
    assert 'value="45"' in client.get(page).content.decode()
    assert "from none to 1440" in client.post(to, {"minutes": "x"}, follow=True).content.decode()


def test_a_program_says_how_soon(client, organisation, congress):
    headers = key_of(member(organisation, "coordinator"), organisation, ["plan_activities"])
    to = f"/api/v1/reminders/activities/{congress.activity.pk}/session-timing"

    sent = client.post(to, {"minutes": 30}, "application/json", headers=headers)
    wrong = client.post(to, {"minutes": 9999}, "application/json", headers=headers)

    assert (sent.status_code, wrong.status_code) == (204, 422)
    place = congress.came(congress.first)
    assert congress.due(0, 15, 30) == {place.pk: ["Airway"]}
