"""A case on a phone, without a script: begun, asked, decided, ended, gone on with elsewhere."""

import uuid

import pytest
from django.urls import reverse

from symposia.learning.letters import LEARNING
from symposia.learning.models import CaseMove, CaseRun, Requirement
from symposia.shared.links import make_link
from tests.factories.cases import case_lesson
from tests.factories.learning import course_with, text
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(organisation):
    return case_lesson()


@pytest.fixture
def address(organisation, lesson, client):
    place = RegistrationFactory(activity=lesson.activity)
    token = make_link(LEARNING, place.pk, organisation.code)

    def to(name, *args):
        return reverse(name, args=[token, *args])

    page = client.get(to("course"))
    post(client, to("course_confirmation"), sha256=page.context["sha256"])
    return to


def post(client, address, **values):
    return client.post(address, {"idempotency_key": str(uuid.uuid4())} | values, follow=True)


def said(answer):
    return answer.content.decode()


def begin(client, address, lesson):
    return said(post(client, address("case_beginning", lesson.pk)))


def decide(client, address, lesson, step, option):
    return said(post(client, address("case_decision", lesson.pk), step=step, option=option))


def test_a_case_is_gone_through_to_its_end(client, address, lesson):
    page = said(client.get(address("lesson", lesson.pk)))
    assert "A patient comes." in page
    page = begin(client, address, lesson)
    assert "Lactate 4.2 mmol/L." in page
    assert "Blood gas" in page

    page = said(post(client, address("case_finding", lesson.pk), step="s1", finding="f1"))
    assert "Lactate is 4.2 mmol/L." in page
    page = decide(client, address, lesson, "s1", "o1")
    for words in ("Right", "Because.", "Guideline 2021", "was 4.2", "An hour later", "5 points"):
        assert words in page
    page = decide(client, address, lesson, "s2", "o1")

    for words in ("Ends well", "90 %", "9 of 10 points", "This lesson is done.", "Blood gas"):
        assert words in page
    assert "You are done with the lessons." in said(client.get(address("course")))


def test_it_goes_on_where_it_was_left(client, address, lesson):
    begin(client, address, lesson)
    decide(client, address, lesson, "s1", "o2")

    page = said(client.get(address("lesson", lesson.pk)))

    assert "An hour later" in page
    assert "Not right" in page


def test_an_answer_sent_twice_is_one_and_another_one_is_refused(client, address, lesson):
    begin(client, address, lesson)
    begin(client, address, lesson)
    for _twice in range(2):
        decide(client, address, lesson, "s1", "o1")
    page = decide(client, address, lesson, "s1", "o2")

    assert "You have gone on from there already." in page
    assert (CaseMove.objects.count(), CaseRun.objects.count()) == (1, 1)


def test_nothing_chosen_is_said(client, address, lesson):
    begin(client, address, lesson)

    assert "Choose what you would do." in decide(client, address, lesson, "s1", "")
    assert "That cannot be chosen here." in decide(client, address, lesson, "s1", "zz\x00")


def test_it_can_be_gone_through_again(client, address, lesson):
    begin(client, address, lesson)
    decide(client, address, lesson, "s1", "o2")
    page = decide(client, address, lesson, "s2", "o2")
    assert "Ends badly" in page

    page = begin(client, address, lesson)

    assert "In the ward" in page
    assert CaseRun.objects.count() == 2


def test_at_the_end_nothing_is_warned_of_where_nothing_is_missing(client, address, lesson):
    asked = {"watch_percent": 90, "time_percent": 0, "case_percent": 80}
    rows = Requirement.objects.filter(kind="content")
    rows.update(settings=asked)
    begin(client, address, lesson)
    decide(client, address, lesson, "s1", "o2")
    page = decide(client, address, lesson, "s2", "o2")
    assert '<span id="study-not-yet">You scored' in page

    rows.update(settings=asked | {"case_percent": 0})
    page = said(client.get(address("lesson", lesson.pk)))

    assert '<span id="study-not-yet" hidden></span>' in page


def test_a_lesson_of_another_kind_is_no_case(client, organisation):
    _course, (other,) = course_with(text())
    place = RegistrationFactory(activity=other.activity)
    token = make_link(LEARNING, place.pk, organisation.code)

    assert post(client, reverse("case_beginning", args=[token, other.pk])).status_code == 404


def test_a_case_of_another_activity_is_not_there(client, address, organisation):
    foreign = case_lesson()

    assert post(client, address("case_beginning", foreign.pk)).status_code == 404
