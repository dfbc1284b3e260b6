"""Asking, voting and answering from the phone."""

import re
import uuid

import pytest
import time_machine
from django.urls import reverse

from symposia.activities.actions.faculty_invitations import (
    answer_faculty_invitation,
    invite_faculty,
)
from symposia.activities.faculty_letters import FACULTY
from symposia.attendance.actions.checks import ask_who_is_there
from symposia.attendance.asking import Question
from symposia.attendance.models import CheckAnswer
from symposia.learning.actions.audience_polls import answer_poll, show_results
from symposia.learning.actions.audience_questions import hide_question
from symposia.learning.letters import audience_path
from symposia.learning.models import AudienceQuestion, PollAnswer, QuestionVote
from symposia.registrations.letters import TICKET
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from tests.factories.accounts import member
from tests.factories.activities import SessionFactory
from tests.factories.audience import MINUTE, asked, place_in, poll_in, session_now
from tests.factories.team import ContributorFactory


@pytest.fixture
def session(organisation):
    made = session_now()
    with time_machine.travel(made.starts_at + MINUTE):
        yield made


@pytest.fixture
def place(session):
    return place_in(session, clinician__full_name="Ana Diaz")


@pytest.fixture
def home(organisation, session, place):
    return audience_path(organisation.code, place.pk, session.pk)


def post(client, address, **values):
    return client.post(address, {"idempotency_key": uuid.uuid4(), **values}, follow=True)


def changes(client, home, version=""):
    return client.get(f"{home}changes/", headers={"if-none-match": f'"{version}"'})


def test_the_ticket_leads_to_the_session_that_takes_questions(client, organisation, session, place):
    SessionFactory(activity=session.activity, after=300, title="Much later")
    ticket = client.get(reverse("ticket", args=[make_link(TICKET, place.pk, organisation.code)]))
    sessions = audience_path(organisation.code, place.pk)

    page = client.get(sessions).text

    assert sessions in ticket.text
    assert page.index("Bleeding") < page.index("Much later")
    assert audience_path(organisation.code, place.pk, session.pk) in page
    assert "Takes questions now" in page


def test_a_question_is_asked_without_the_name_unless_one_says_so(client, home, place):
    page = post(client, f"{home}questions/", text="Which dose?", name="unnamed").text
    post(client, f"{home}questions/", text="How long?", name="named")

    first, second = AudienceQuestion.objects.order_by("asked_at", "pk")
    assert (first.is_named, second.is_named) == (False, True)
    assert first.registration == second.registration == place
    assert "Waits for the moderator." in page
    assert "the organiser keeps that you asked it" in page


def test_what_is_not_taken_is_refused_in_words_and_stays_written(client, home, session):
    with time_machine.travel(session.ends_at + 31 * MINUTE, tick=False):
        page = post(client, f"{home}questions/", text="Too late?", name="named")

    assert page.status_code == 422
    assert "This session is over" in page.text
    assert not AudienceQuestion.objects.exists()
    empty = post(client, f"{home}questions/", text=" ", name="named")
    assert empty.status_code == 422


def test_a_vote_is_one_press_and_another_takes_it_back(client, home, session):
    question = asked(session, "How soon?")

    page = post(client, f"{home}votes/", question=question.pk).text
    assert QuestionVote.objects.count() == 1
    assert "1 vote, with yours" in page
    page = post(client, f"{home}votes/", question=question.pk, back=1).text

    assert QuestionVote.objects.count() == 0
    assert "I want to know too" in page


@pytest.mark.parametrize("named", ["", "nonsense", str(uuid.UUID(int=7))])
def test_what_is_not_shown_cannot_be_voted_for_nor_answered(client, home, named):
    assert "not shown to the room" in post(client, f"{home}votes/", question=named).text
    assert "not open now" in post(client, f"{home}answers/", poll=named, choice=0).text


@pytest.mark.parametrize("named", ["", "nonsense", "-1", "7", pytest.param("9" * 5_000, id="long")])
def test_an_answer_that_a_poll_does_not_have_is_refused_in_words(client, home, session, named):
    poll = poll_in(session)

    page = post(client, f"{home}answers/", poll=poll.pk, choice=named)

    assert "Choose one of the answers." in page.text
    assert not PollAnswer.objects.exists()


def test_others_read_no_name_that_was_not_given_nor_what_is_not_shown(
    client, organisation, session, home
):
    asked(session, "Named?", place_in(session, clinician__full_name="Bo Lund"), is_named=True)
    asked(session, "Silent?", place_in(session, clinician__full_name="Cy Roe"))
    hidden = asked(session, "Hidden?", place_in(session, clinician__full_name="Di Moe"))
    hide_question(hidden, reason="Names a patient", by=SYSTEM)
    asked(session, "Unseen?", shown=False)

    page = client.get(home).text

    assert "Bo Lund" in page
    assert "Silent?" in page
    for kept in ("Cy Roe", "Di Moe", "Hidden?", "Unseen?", "Names a patient"):
        assert kept not in page


def test_a_poll_is_answered_with_one_press_and_otherwise_while_it_is_open(client, home, session):
    poll = poll_in(session)

    first = post(client, f"{home}answers/", poll=poll.pk, choice=0).text
    second = post(client, f"{home}answers/", poll=poll.pk, choice=2).text

    assert "You answered: Apixaban" in first
    assert "You answered: Neither" in second
    assert PollAnswer.objects.get().choices == [2]
    assert "The numbers" not in second, "results wait until the moderator shows them"


def test_several_answers_are_sent_together(client, home, session):
    poll = poll_in(session, "multiple")

    post(client, f"{home}answers/", poll=poll.pk, choice=[0, 2])

    assert PollAnswer.objects.get().choices == [0, 2]
    page = client.get(home).text
    chosen = re.findall(r'type="checkbox" name="choice" value="(\d)" checked>', page)
    assert chosen == ["0", "2"]


def test_results_stand_there_once_shown_and_enough(client, home, session):
    poll = poll_in(session)
    show_results(poll, is_shown=True, by=SYSTEM)
    assert "once three people have answered" in client.get(home).text
    for choice in (0, 1, 1):
        answer_poll(poll, place_in(session), [choice], by=SYSTEM)

    page = client.get(home).text

    assert "67 %" in page
    assert '<th scope="row">Warfarin</th><td class="n">2</td><td class="n">67</td>' in page


def test_nothing_new_has_no_content_and_what_is_new_comes_in_parts(client, home, session):
    version = client.get(home).context["version"]

    nothing = changes(client, home, version)
    asked(session, "What is new?")
    something = changes(client, home, version)

    assert (nothing.status_code, nothing.content) == (304, b"")
    assert nothing["ETag"] == f'"{version}"'
    assert something.status_code == 200
    assert "What is new?" in something.text
    assert "<html" not in something.text
    assert something.text.count("data-live-part") == 2
    assert something["Cache-Control"] == "private, no-cache"
    assert changes(client, home, something["ETag"].strip('"')).status_code == 304


def test_without_script_one_looks_again_by_hand_and_loses_no_words(client, home):
    page = client.get(home).text

    assert f'<a href="{home}">Look again</a>' in page
    assert 'http-equiv="refresh"' not in page


def test_whoever_takes_part_online_answers_presence_checks_here_too(client, organisation):
    session = session_now(delivery="online")
    with time_machine.travel(session.starts_at + MINUTE, tick=False):
        place = place_in(session)
        check = ask_who_is_there(
            session.activity, Question(session, session.starts_at, 5), by=SYSTEM
        )
        home = audience_path(organisation.code, place.pk, session.pk)
        before = client.get(home).text
        after = post(client, f"{home}presence/", asked=check.pk).text

    assert "counts as your presence" in before
    assert "counts as your presence" not in after
    assert CheckAnswer.objects.get().registration == place


def test_a_link_opens_no_session_of_another_activity_and_no_ticket(client, organisation, place):
    other = session_now()

    assert client.get(audience_path(organisation.code, place.pk, other.pk)).status_code == 404
    token = make_link("audience", place.pk, organisation.code)
    assert client.get(reverse("ticket", args=[token])).status_code == 404
    ticket = make_link(TICKET, place.pk, organisation.code)
    assert client.get(reverse("audience_sessions", args=[ticket])).status_code == 404


def test_the_code_on_the_screen_takes_a_ticket_and_leads_to_the_session(
    client, organisation, session, place, home
):
    arrival = reverse("audience_arrival", args=[organisation.code, session.pk])

    page = client.get(arrival)
    wrong = post(client, arrival, ticket="ABCDEFGH")
    right = client.post(arrival, {"ticket": place.ticket_code, "idempotency_key": uuid.uuid4()})

    assert "Who are you?" in page.text
    assert wrong.status_code == 422
    assert "Nobody with this ticket has a place here" in wrong.text
    assert right.url == home
    assert client.get(reverse("audience_arrival", args=["none", session.pk])).status_code == 404


def test_whoever_is_signed_in_needs_no_code(client, organisation, session):
    user = member(organisation, "learner")
    place = place_in(session, clinician__user=user)
    client.force_login(user)
    arrival = reverse("audience_arrival", args=[organisation.code, session.pk])

    answer = client.post(arrival, {"own": "1", "idempotency_key": uuid.uuid4()})

    assert answer.url == audience_path(organisation.code, place.pk, session.pk)


@pytest.fixture
def faculty(organisation, session):
    invitation = invite_faculty(session.activity, ContributorFactory(), by=SYSTEM)
    answer_faculty_invitation(invitation, accepted=True, reason="", by=SYSTEM)
    return reverse("faculty_audience", args=[make_link(FACULTY, invitation.pk, organisation.code)])


def test_faculty_read_and_answer_without_names_that_were_not_given(client, session, faculty):
    place = place_in(session, clinician__full_name="Cy Roe", clinician__email="cy@example.net")
    question = asked(session, "How soon?", place)

    page = client.get(faculty)
    empty = post(client, f"{faculty}{question.pk}/answer/", answer="")
    done = post(client, f"{faculty}{question.pk}/answer/", answer="Three days.").text

    assert "How soon?" in page.text
    assert "Cy Roe" not in page.text
    assert empty.status_code == 422
    assert "Three days." in done
    assert AudienceQuestion.objects.get().is_answered


def test_faculty_ask_too_and_read_nothing_before_they_have_said_yes(
    client, organisation, session, faculty
):
    post(client, f"{faculty}questions/", session=session.pk, text="Who has seen one?", name="named")

    assert AudienceQuestion.objects.get().registration is None
    invitation = invite_faculty(session.activity, ContributorFactory(), by=SYSTEM)
    token = make_link(FACULTY, invitation.pk, organisation.code)
    assert client.get(reverse("faculty_audience", args=[token])).status_code == 404
