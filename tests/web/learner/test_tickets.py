import uuid

import pytest
import segno
import time_machine
from django.urls import reverse

from symposia.registrations.actions.line import set_waitlist_terms
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.actions.questions import ask_question
from symposia.registrations.actions.sessions import set_session_places
from symposia.registrations.letters import TICKET
from symposia.registrations.models import Registration, SessionChoice
from symposia.registrations.question_rules import QuestionFacts
from symposia.registrations.tickets import (
    public_key,
    read_ticket,
    ticket_text,
    ticket_text_of_first_kind,
    verify_alone,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory


def address(name, organisation, registration):
    return reverse(name, args=[make_link(TICKET, registration.pk, organisation.code)])


@pytest.fixture
def registration(organisation):
    return RegistrationFactory(clinician__full_name="Radhika Iyer")


def test_the_ticket_shows_its_code_without_account_or_script(client, organisation, registration):
    page = client.get(address("ticket", organisation, registration)).content.decode()

    assert 'class="qr-code"' in page
    assert registration.ticket_code in page
    assert "Radhika Iyer" in page


def test_the_ticket_names_whom_one_may_ask(client, organisation, registration):
    registration.activity.owner = member(organisation, "coordinator")
    registration.activity.save()

    page = client.get(address("ticket", organisation, registration)).text

    assert f'mailto:{registration.activity.owner.email}"' in page


def test_opening_the_ticket_changes_nothing(client, organisation, registration):
    client.get(address("ticket", organisation, registration))
    client.get(address("ticket_cancellation", organisation, registration))

    assert Registration.objects.get().is_confirmed


def test_giving_up_the_place_promotes_whoever_waits(client, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    held = RegistrationFactory(activity=activity)
    waiting = RegistrationFactory(activity=activity, state="queued")

    answer = client.post(
        address("ticket_cancellation", organisation, held), {"idempotency_key": uuid.uuid4()}
    )

    assert answer.status_code == 302
    waiting.refresh_from_db()
    assert waiting.is_confirmed


def test_whoever_waits_sees_where_they_stand_and_no_ticket(client, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    RegistrationFactory(activity=activity)
    RegistrationFactory(activity=activity, state="queued")
    second = RegistrationFactory(activity=activity, state="queued")

    page = client.get(address("ticket", organisation, second)).content.decode()

    assert "You are number 2 on the waitlist." in page
    assert "qr-code" not in page


def test_whoever_waits_reads_why_and_how_the_waitlist_moves(client, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    RegistrationFactory(activity=activity)
    RegistrationFactory(activity=activity, state="queued")
    second = RegistrationFactory(activity=activity, state="queued")

    page = client.get(address("ticket", organisation, second)).content.decode()

    assert "All places are taken." in page
    assert "1 person" in page
    assert "Nobody is passed over" in page
    assert "It is yours at once" in page


@pytest.fixture
def offered(organisation):
    """A place that came free and is kept for a day."""
    activity = ActivityFactory(state="open", capacity=1)
    set_waitlist_terms(activity, offer_hours=24, passes_over=False, by=SYSTEM)
    held, waiting = (
        register_clinician(ClinicianFactory(), activity, source="open", by=SYSTEM) for _ in range(2)
    )
    cancel_registration(held, by=SYSTEM)
    waiting.refresh_from_db()
    return waiting


def test_looking_at_an_offer_answers_nothing_and_one_button_takes_it(client, organisation, offered):
    page = client.get(address("ticket", organisation, offered)).content.decode()
    looked = client.get(address("ticket_acceptance", organisation, offered))
    offered.refresh_from_db()
    before = offered.state

    client.post(
        address("ticket_acceptance", organisation, offered), {"idempotency_key": uuid.uuid4()}
    )

    offered.refresh_from_db()
    assert "Take the place" in page
    assert "Leave it to the next" in page
    assert (looked.status_code, before, offered.state) == (405, "offered", "confirmed")


def test_a_place_is_handed_on_to_a_colleague(client, organisation, registration):
    address_of_form = address("ticket_substitution", organisation, registration)
    values = {"full_name": "Meera Nair", "email": "meera@example.org", "profession": "nurse"}

    wrong = client.post(address_of_form, {"idempotency_key": uuid.uuid4(), "email": "nobody"})
    done = client.post(address_of_form, values | {"idempotency_key": uuid.uuid4()}, follow=True)

    assert wrong.status_code == 422
    assert "Meera Nair has your place now." in done.text
    states = dict(Registration.objects.values_list("clinician__full_name", "state"))
    assert states == {"Radhika Iyer": "cancelled", "Meera Nair": "confirmed"}


def test_an_offer_that_ended_says_so_and_takes_nothing(client, organisation, offered):
    with time_machine.travel(offered.offered_until, tick=False):
        answer = client.post(
            address("ticket_acceptance", organisation, offered),
            {"idempotency_key": uuid.uuid4()},
            follow=True,
        )

    offered.refresh_from_db()
    assert "The offer ended." in answer.content.decode()
    assert offered.state == "offered"


def test_the_calendar_file_carries_the_activity(client, organisation, registration):
    file = client.get(address("ticket_calendar", organisation, registration))

    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"BEGIN:VEVENT" in file.content
    assert b"PARTSTAT=ACCEPTED" in file.content


def test_a_link_we_did_not_sign_is_a_page_that_does_not_exist(client, organisation, registration):
    token = make_link("invitation", registration.pk, organisation.code)

    assert client.get(reverse("ticket", args=[token])).status_code == 404
    assert client.get(reverse("ticket", args=["nonsense"])).status_code == 404


def test_a_ticket_reads_back_and_a_changed_one_does_not(organisation, registration):
    text = ticket_text(organisation.code, registration.pk)

    assert read_ticket(text).registration_id == registration.pk
    assert read_ticket(text.lower()).organisation_code == organisation.code
    assert read_ticket(text.replace(organisation.code.upper(), "OTHER")) is None
    assert read_ticket(text.replace(".1.", ".2.", 1)) is None
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.")


@pytest.mark.parametrize(
    "text",
    [
        *("", "SYM2", "SYM2....", "SYM2.A.1.B.C", "SYM2.A.99999.B.C", "SYM1.A.B.C"),
        *("SYM2.A.X.B.C", "SYM2.A.1." + "A" * 26 + "." + "8" * 103, "X" * 10_000),
    ],
)
def test_what_is_no_ticket_is_read_as_none(text):
    assert read_ticket(text) is None


def test_a_ticket_given_out_before_keys_had_numbers_still_reads(organisation, registration):
    text = ticket_text_of_first_kind(organisation.code, registration.pk)

    assert read_ticket(text).registration_id == registration.pk
    assert read_ticket(text[:-1] + ("A" if text[-1] != "A" else "B")) is None


def test_a_device_without_a_network_knows_our_tickets_by_the_public_half(
    organisation, registration
):
    text = ticket_text(organisation.code, registration.pk, 2)
    keys = {n: public_key(organisation.code, n) for n in (1, 2)}

    assert verify_alone(text, keys).registration_id == registration.pk
    assert verify_alone(text, {1: keys[1]}) is None
    assert verify_alone(text, {2: keys[1]}) is None


def test_the_code_stays_small_enough_for_a_screen(organisation, registration):
    text = ticket_text(organisation.code, registration.pk, 12)

    assert segno.make(text, error="m", micro=False).version <= 9


def workshop(registration, after=0, title="Ultrasound workshop"):
    session = SessionFactory(
        activity=registration.activity, after=after, minutes=60, title=title, room="Room 4"
    )
    set_session_places(session, 1, by=SYSTEM)
    return session


def choose(client, organisation, registration, *sessions):
    values = {"idempotency_key": uuid.uuid4(), "sessions": [str(each.pk) for each in sessions]}
    return client.post(address("ticket_sessions", organisation, registration), values)


def test_sessions_are_chosen_on_the_ticket_and_stand_on_it(client, organisation, registration):
    session = workshop(registration)

    choose(client, organisation, registration, session)

    page = client.get(address("ticket", organisation, registration)).text
    assert "Your sessions" in page
    assert "Ultrasound workshop · Room 4" in page
    assert "Place confirmed" in page


def test_two_sessions_at_one_time_are_refused_in_words_and_stay_chosen(
    client, organisation, registration
):
    sessions = workshop(registration), workshop(registration, after=30, title="Suturing")

    answer = choose(client, organisation, registration, *sessions)

    assert answer.status_code == 422
    assert "“Ultrasound workshop” and “Suturing” are at the same time." in answer.text
    assert answer.text.count("checked") == 2
    assert not SessionChoice.objects.exists()


def test_the_place_in_the_line_of_a_session_stands_on_the_ticket(
    client, organisation, registration
):
    session = workshop(registration)
    other = RegistrationFactory(activity=registration.activity)
    choose(client, organisation, other, session)

    choose(client, organisation, registration, session)

    page = client.get(address("ticket", organisation, registration)).text
    assert "Number 1 on the waitlist" in page


def test_what_the_organiser_asks_is_answered_on_the_ticket(client, organisation, registration):
    question = ask_question(
        registration.activity, QuestionFacts("Anything you must not eat?"), by=SYSTEM
    )
    before = client.get(address("ticket", organisation, registration)).text

    values = {"idempotency_key": uuid.uuid4(), f"q_{question.pk}": "Peanuts"}
    client.post(address("ticket_answers", organisation, registration), values)

    assert "What the organiser asks you" in before
    assert "Peanuts" in client.get(address("ticket", organisation, registration)).text


def test_whoever_cannot_come_may_say_why_and_the_next_gets_the_place(client, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    held = RegistrationFactory(activity=activity)
    waiting = RegistrationFactory(activity=activity, state="queued")
    page = client.get(address("ticket", organisation, held)).text

    values = {"idempotency_key": uuid.uuid4(), "reason": "On call that day"}
    client.post(address("ticket_cancellation", organisation, held), values)

    held.refresh_from_db()
    waiting.refresh_from_db()
    assert "Why can you not come?" in page
    assert (held.state, held.cancelled_because) == ("cancelled", "On call that day")
    assert waiting.is_confirmed


def test_an_apology_that_is_too_long_is_said_and_the_place_stays(
    client, organisation, registration
):
    values = {"idempotency_key": uuid.uuid4(), "reason": "x" * 301}

    answer = client.post(address("ticket_cancellation", organisation, registration), values)

    registration.refresh_from_db()
    assert answer.status_code == 422
    assert registration.is_confirmed
