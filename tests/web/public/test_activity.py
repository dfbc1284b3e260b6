import re
import uuid
from datetime import UTC, timedelta

import pytest
from django.urls import reverse

from symposia.activities.models import Organiser
from symposia.directory.models import Clinician
from symposia.notifications.models import Delivery
from symposia.registrations.actions.admission import settle_admission
from symposia.registrations.actions.questions import ask_question
from symposia.registrations.actions.sessions import set_session_places
from symposia.registrations.actions.shares import ShareFacts, set_places_apart
from symposia.registrations.models import (
    Admission,
    QuestionKind,
    Registration,
    RegistrationAnswer,
    SessionChoice,
)
from symposia.registrations.question_rules import QuestionFacts
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory
from tests.registrations.test_attendee_cap import cap


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", capacity=2, title="Stroke update")


def at(name, organisation, activity):
    return reverse(name, args=[organisation.code, activity.number])


def register(client, organisation, activity, **given):
    values = {
        "full_name": "Meera Nair",
        "email": "meera@example.org",
        "profession": "physician",
        "idempotency_key": str(uuid.uuid4()),
    }
    return client.post(at("public_activity_registration", organisation, activity), values | given)


def test_anybody_reads_the_facts_and_how_many_places_are_left(client, organisation, activity):
    SessionFactory(activity=activity, title="Who benefits?")

    page = client.get(at("public_activity", organisation, activity)).content.decode()

    assert "Stroke update" in page
    assert "2 of 2 left" in page
    assert "Who benefits?" in page


def test_an_agenda_of_several_days_says_which_day(client, organisation, activity):
    first = SessionFactory(activity=activity, title="Who benefits?")
    one = client.get(at("public_activity", organisation, activity)).content.decode()
    SessionFactory(activity=activity, title="Who pays?", after=24 * 60)

    several = client.get(at("public_activity", organisation, activity)).content.decode()

    clock = rf"<bdi>{first.wall_starts:%H:%M}</bdi></time></dt>"
    days = re.findall(rf">([^<>]*){clock}", several)
    assert re.findall(rf">([^<>]*){clock}", one) == [""]
    assert len(set(days)) == 2
    assert str(first.wall_starts.day) in days[0]


def test_without_a_script_a_stranger_reads_the_venues_time_and_greenwichs(client, organisation):
    activity = ActivityFactory(state="open", zone="Asia/Kolkata")
    utc = activity.starts_at.astimezone(UTC)

    page = client.get(at("public_activity", organisation, activity)).content.decode()
    client.force_login(member(organisation, "coordinator"))
    known = client.get(at("public_activity", organisation, activity)).content.decode()

    assert f'data-own-time="{utc:%Y-%m-%dT%H:%M}+00:00"' in page
    assert 'data-venue="Asia/Kolkata"' in page
    assert f"{utc:%H:%M}" in page
    assert "data-own-time" not in known


def test_a_companys_meeting_says_no_credit_until_a_councils_number_gives_hours(
    client, organisation
):
    meeting = ActivityFactory(state="open", mode="scientific")
    before = client.get(at("public_activity", organisation, meeting)).text
    Organiser.objects.create(
        activity=meeting,
        part="association",
        name="Cardiology Society",
        council="Maharashtra Medical Council",
        approval_number="MMC/118",
        approval_entered_at=meeting.starts_at - timedelta(days=1),
    )

    after = client.get(at("public_activity", organisation, meeting)).text

    assert "No credit" in before
    assert "Hours given by Maharashtra Medical Council" in after
    assert "MMC/118" in after
    assert "No credit" not in after


@pytest.mark.parametrize("state", ["draft", "submitted", "in_approval", "returned"])
def test_the_public_does_not_learn_of_what_is_not_approved(client, organisation, state):
    hidden = ActivityFactory(state=state)

    assert client.get(at("public_activity", organisation, hidden)).status_code == 404


def test_somebody_new_gets_a_place_and_an_entry_in_the_directory(client, organisation, activity):
    answer = register(client, organisation, activity)

    assert answer.url == at("public_activity_asked", organisation, activity)
    registration = Registration.objects.get()
    assert (registration.state, registration.source) == ("confirmed", "open")
    assert registration.clinician.email == "meera@example.org"


def test_a_known_address_is_not_entered_twice(client, organisation, activity):
    known = ClinicianFactory(email="meera@example.org")

    register(client, organisation, activity, email="Meera@Example.org")

    assert Registration.objects.get().clinician == known
    assert Clinician.objects.count() == 1


def test_the_page_does_not_tell_whether_somebody_was_registered_before(
    client, organisation, activity
):
    RegistrationFactory(activity=activity, clinician__email="meera@example.org")

    before = register(client, organisation, activity)
    new = register(client, organisation, activity, email="new@example.org")

    assert before.status_code == new.status_code == 302
    assert before.url == new.url
    assert Registration.objects.count() == 2


def test_the_same_form_sent_twice_is_one_registration(client, organisation, activity):
    key = str(uuid.uuid4())

    answers = [register(client, organisation, activity, idempotency_key=key) for _ in range(3)]

    assert {a.status_code for a in answers} == {302}
    assert Registration.objects.count() == 1


def test_a_full_activity_offers_the_waitlist(client, organisation, activity):
    RegistrationFactory(activity=activity)
    RegistrationFactory(activity=activity)

    page = client.get(at("public_activity", organisation, activity)).content.decode()
    register(client, organisation, activity)

    assert "Join the waitlist" in page
    assert Registration.objects.filter(state="queued").count() == 1


def test_what_is_missing_is_said_at_the_field(client, organisation, activity):
    answer = register(client, organisation, activity, email="not an address")

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not Registration.objects.exists()


def test_a_closed_registration_says_so(client, organisation):
    held = ActivityFactory(state="held")

    page = client.get(at("public_activity", organisation, held)).content.decode()

    assert "This activity is over." in page


def test_one_address_cannot_fill_the_room_with_invented_people(client, organisation):
    roomy = ActivityFactory(state="open", capacity=100)

    answers = [
        register(client, organisation, roomy, email=f"invented{n}@example.org").status_code
        for n in range(32)
    ]

    assert answers == [302] * 30 + [429] * 2
    assert Registration.objects.count() == 30


def test_the_page_says_who_teaches_what_it_costs_and_who_pays(client, organisation, activity):
    session = SessionFactory(activity=activity)
    SessionFacultyFactory(session=session, name="Nilima Rao")

    page = client.get(at("public_activity", organisation, activity)).content.decode()

    assert "Nilima Rao" in page
    assert "No outside funding is recorded." in page
    assert "Nothing is asked for here." in page


def test_programs_read_the_page_without_any_script(client, organisation, activity):
    page = client.get(at("public_activity", organisation, activity)).content.decode()

    assert 'itemtype="https://schema.org/EducationEvent"' in page
    assert 'property="og:title" content="Stroke update"' in page
    assert 'rel="canonical"' in page
    assert "ld+json" not in page


def test_the_date_goes_into_any_calendar(client, organisation, activity):
    page = client.get(at("public_activity", organisation, activity)).content.decode()
    file = client.get(at("public_activity_calendar", organisation, activity))

    assert "calendar.google.com/calendar/render?action=TEMPLATE" in page
    assert "outlook.live.com" in page
    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"SUMMARY:Stroke update" in file.content
    assert b"ATTENDEE" not in file.content


def test_whoever_comes_to_both_forms_says_which(client, organisation):
    hybrid = ActivityFactory(state="open", capacity=2, delivery="hybrid")
    set_places_apart(hybrid, ShareFacts(form="in_person"), 1, by=SYSTEM)

    page = client.get(at("public_activity", organisation, hybrid)).content.decode()
    register(client, organisation, hybrid, attending="online")

    assert "How do you come?" in page
    assert Registration.objects.get().attending == "online"


def test_a_request_is_asked_for_where_the_office_decides(client, organisation, activity):
    settle_admission(activity, "moderated", by=SYSTEM)

    page = client.get(at("public_activity", organisation, activity)).content.decode()
    register(client, organisation, activity)

    assert "Ask for a place" in page
    assert Registration.objects.get().state == "requested"


PAGES = ("public_activity", "public_activity_calendar", "public_activity_asked")


@pytest.mark.parametrize("state", ["approved", "open", "held", "closed"])
def test_what_is_by_invitation_is_not_read_by_counting_numbers(client, organisation, state):
    board, other = ActivityFactory.create_batch(2, state=state)
    for each in (board, other):
        Admission.objects.create(activity=each, kind="invited")
    wrong = [make_link("activity", other.pk, organisation.code), "x"]
    wrong.append(make_link("invitation", board.pk, organisation.code))

    for name in PAGES:
        address = at(name, organisation, board)
        assert client.get(address).status_code == 404
        assert {client.get(address, {"key": key}).status_code for key in wrong} == {404}
    assert register(client, organisation, board).status_code == 404


def test_by_invitation_there_is_a_signed_address_and_no_form(client, organisation, activity):
    settle_admission(activity, "invited", by=SYSTEM)
    client.force_login(member(organisation, "coordinator"))
    office = client.get(reverse("activity_people", args=[activity.pk]))
    signed = office.context["public_href"]
    assert f'href="{signed}"' in office.text

    page = client.get(signed).text

    assert "This activity is by invitation." in page
    assert 'name="email"' not in page
    query = signed.partition("?")[2]
    file = f"{at('public_activity_calendar', organisation, activity)}?{query}"
    assert file in page
    assert query in client.get(file).text.replace("\r\n ", "")
    assert not Registration.objects.exists()


def test_a_clash_says_nothing_of_whether_somebody_is_registered(client, organisation, activity):
    sessions = [SessionFactory(activity=activity, title=title) for title in ("A", "B")]
    for each in sessions:
        set_session_places(each, 1, by=SYSTEM)
    RegistrationFactory(activity=activity, clinician__email="known@example.org")
    chosen = [str(each.pk) for each in sessions]

    answers = [
        register(client, organisation, activity, email=f"{name}@example.org", sessions=chosen)
        for name in ("known", "unknown")
    ]

    assert [each.status_code for each in answers] == [422, 422]
    assert not Delivery.objects.exists()


def test_what_depends_on_who_somebody_is_comes_to_the_address_alone(client, organisation):
    """How many meetings of companies a doctor went to is not told to a stranger."""
    cap("2")
    for _meeting in range(2):
        RegistrationFactory(
            clinician=Clinician.objects.by_email("busy@example.org").first()
            or ClinicianFactory(email="busy@example.org"),
            activity=ActivityFactory(state="open", mode="scientific"),
        )
    meeting = ActivityFactory(state="open", mode="scientific")

    answers = [
        register(client, organisation, meeting, email=f"{name}@example.org")
        for name in ("busy", "busy", "new")
    ]

    assert {each.status_code for each in answers} == {302}
    assert {each.url for each in answers} == {at("public_activity_asked", organisation, meeting)}
    told = Delivery.objects.get(template_code="registrations.place_not_given")
    assert told.to_address == "busy@example.org"
    assert "This would be meeting" in told.text
    held = Registration.objects.of(meeting).get()
    assert held.clinician.email == "new@example.org"


def test_a_session_with_places_of_its_own_is_chosen_with_the_registration(
    client, organisation, activity
):
    session = SessionFactory(activity=activity, title="Ultrasound workshop")
    set_session_places(session, 1, by=SYSTEM)
    page = client.get(at("public_activity", organisation, activity)).content.decode()

    register(client, organisation, activity, sessions=[str(session.pk)])

    assert "1 place left" in page
    choice = SessionChoice.objects.get()
    assert (choice.state, choice.registration.clinician.full_name) == ("confirmed", "Meera Nair")


def test_a_clash_is_said_before_anybody_is_registered(client, organisation, activity):
    sessions = [SessionFactory(activity=activity, title=title) for title in ("A", "B")]
    for each in sessions:
        set_session_places(each, 1, by=SYSTEM)

    answer = register(client, organisation, activity, sessions=[str(s.pk) for s in sessions])

    assert answer.status_code == 422
    assert "are at the same time" in answer.text
    assert not Registration.objects.exists()
    assert not Clinician.objects.exists()


@pytest.fixture
def dinner(activity):
    asks = QuestionFacts("Do you come to the dinner?", QuestionKind.YES_NO, required=True)
    dinner = ask_question(activity, asks, by=SYSTEM)
    follows = QuestionFacts(
        "Which menu?",
        QuestionKind.CHOICE,
        choices=("Fish", "Vegetarian"),
        required=True,
        parent=dinner,
        parent_answer="yes",
    )
    return dinner, ask_question(activity, follows, by=SYSTEM)


def test_what_follows_an_answer_is_asked_of_those_who_gave_it(
    client, organisation, activity, dinner
):
    first, follows = (f"q_{each.pk}" for each in dinner)
    page = client.get(at("public_activity", organisation, activity)).content.decode()

    missing = register(client, organisation, activity, **{first: "yes"})
    without = register(client, organisation, activity, **{first: "no"})

    assert 'data-opens="1"' in page
    assert 'data-opened="1"' in page
    assert missing.status_code == 422
    assert "Please answer this." in missing.text
    assert without.status_code == 302
    answer = RegistrationAnswer.objects.get()
    assert (answer.asked, answer.values) == ("Do you come to the dinner?", ["no"])
    assert follows


def test_answers_come_with_the_registration(client, organisation, activity, dinner):
    first, follows = (f"q_{each.pk}" for each in dinner)

    register(client, organisation, activity, **{first: "yes", follows: "Fish"})

    assert [each.values for each in RegistrationAnswer.objects.order_by("question__position")] == [
        ["yes"],
        ["Fish"],
    ]


@pytest.mark.parametrize("name", ["public_activity", "public_activity_calendar"])
def test_a_nul_in_the_number_is_nobodys_page(client, organisation, name):
    assert client.get(reverse(name, args=[organisation.code, "ACT\0"])).status_code == 404


@pytest.mark.parametrize("number", ["A" * 200, "ACT%00"])
def test_a_number_that_no_activity_can_have_is_a_page_that_does_not_exist(
    client, organisation, number
):
    address = f"/a/{organisation.code}/{number}/registration/"

    assert client.post(address, {"idempotency_key": str(uuid.uuid4())}).status_code == 404
