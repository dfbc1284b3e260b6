from datetime import timedelta

from django.urls import reverse

from symposia.activities.models import SessionFaculty
from symposia.assessment.actions import write_questions
from symposia.assessment.models import EvaluationForm, Response, UnopenedSheet
from symposia.assessment.standard import Draft
from symposia.credits.letters import LEARNING
from symposia.shared.links import make_link
from symposia.work.models import AnsweredRequest
from tests.factories.activities import SessionFactory
from tests.factories.credits import attended

SHEETS = UnopenedSheet.objects


def address(organisation, registration, name="finish_evaluation"):
    return reverse(name, args=[make_link(LEARNING, registration.pk, organisation.code)])


def sent(client, organisation, registration, **answers):
    return client.post(address(organisation, registration), answers)


def test_the_page_says_how_many_questions_and_that_no_name_is_kept(client, organisation):
    page = client.get(address(organisation, attended(answered=False))).content.decode()

    assert "2 questions, about two minutes." in page
    assert "I prefer not to say" in page
    assert "Why?" in page


def test_answers_are_kept_and_the_next_step_is_shown(client, organisation):
    registration = attended(answered=False)

    answer = sent(client, organisation, registration, q1="5", q2="Time.")

    assert answer["Location"] == address(organisation, registration, "finish")
    assert Response.objects.get().registration == registration
    assert sorted(a["text"] for a in UnopenedSheet.objects.get().answers) == ["", "Time."]


def test_a_missing_answer_is_named_and_nothing_is_lost(client, organisation):
    answer = sent(client, organisation, attended(answered=False), q2="My own words.")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Please choose an answer, or prefer not to say." in page
    assert "My own words." in page
    assert not Response.objects.exists()


def test_preferring_not_to_say_is_an_answer(client, organisation):
    sent(client, organisation, attended(answered=False), q1="prefer-not-to-say")

    assert UnopenedSheet.objects.get().answers[0]["declined"]


def test_an_evaluation_that_was_answered_is_not_asked_again(client, organisation):
    registration = attended()

    page = client.get(address(organisation, registration)).content.decode()
    sent(client, organisation, registration, q1="5")

    assert "You have answered the evaluation." in page
    assert "Send my answers" not in page
    assert not UnopenedSheet.objects.exists()


JSON = {"accept": "application/json"}


def built(*questions):
    """Somebody who was at an activity whose form asks these questions."""
    registration = attended(answered=False)
    form = EvaluationForm.objects.current_of(registration.activity_id)
    write_questions(
        EvaluationForm.objects.create(activity=registration.activity, version=form.version + 1),
        questions,
    )
    return registration


def kept():
    return {s.about: [(a.get("text"), a.get("rating")) for a in s.answers] for s in SHEETS.all()}


def test_what_nobody_was_led_to_need_not_be_answered(client, organisation):
    asked = (
        Draft("yes_no", "Will you change something?", section="You"),
        Draft("rating", "How sure are you?", depends_on=1, depends_values=["yes"], section="You"),
    )
    registration = built(*asked)

    led = sent(client, organisation, registration, q1="yes")
    past = sent(client, organisation, registration, q1="no", q2="5")

    assert (led.status_code, past.status_code) == (422, 302)
    assert kept() == {"": [("no", None)]}


def test_sessions_and_speakers_are_asked_about_on_sheets_of_their_own(client, organisation):
    asked = (
        Draft("rating", "All in all?"),
        Draft("rating", "This session?", repeats="session", required=False),
        Draft("yes_no", "Free of bias?", repeats="speaker", asks_why=True, required=False),
    )
    registration = built(*asked)
    (session,) = registration.activity.sessions.all()
    taught = SessionFaculty.objects.create(session=session, name="Dr Vera Lind")
    page = client.get(address(organisation, registration)).text

    sent(
        client,
        organisation,
        registration,
        **{
            "q1": "4",
            f"q2-{session.pk.hex}": "2",
            f"q3-{taught.pk.hex}": "no",
            f"q3-{taught.pk.hex}-why": "One drug only.",
        },
    )

    assert "Dr Vera Lind" in page
    assert kept() == {
        "": [("", 4)],
        session.title: [("", 2)],
        f"Dr Vera Lind · {session.title}": [("no", None)],
    }


def test_a_session_that_somebody_was_not_in_is_not_asked_about(client, organisation):
    registration = built(Draft("rating", "All?"), Draft("rating", "This?", repeats="session"))
    later = SessionFactory(
        activity=registration.activity,
        title="After they had left",
        starts_at=registration.activity.ends_at + timedelta(hours=1),
    )

    page = client.get(address(organisation, registration)).text

    assert later.title not in page
    assert registration.activity.sessions.first().title in page


def test_a_script_that_sends_again_after_a_dead_network_is_told_that_it_is_done(
    client, organisation
):
    registration = attended(answered=False)
    to = address(organisation, registration)

    first = client.post(to, {"q1": "5"}, headers=JSON)
    again = client.post(to, {"q1": "5"}, headers=JSON)
    wrong = client.post(
        address(organisation, attended(answered=False)), {"q2": "Why."}, headers=JSON
    )

    assert first.json() == {"done": True, "next": address(organisation, registration, "finish")}
    assert (again.status_code, again.json()) == (409, {"done": True})
    assert (wrong.status_code, wrong.json()) == (409, {"done": False})
    assert UnopenedSheet.objects.count() == 1


def test_nothing_that_was_sent_is_kept_beside_whoever_sent_it(client, organisation):
    registration = attended(answered=False)
    page = client.get(address(organisation, registration)).text

    sent(client, organisation, registration, q1="5", q2="The tea was cold.")

    assert "idempotency_key" not in page
    assert not AnsweredRequest.objects.exists()
