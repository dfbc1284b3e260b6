"""The lessons on a phone, without a script: told, confirmed, studied, refused in words."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from symposia.learning.letters import LEARNING
from symposia.learning.models import Confirmation, Progress, StudyEntry
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.letters import TICKET
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.web.content.lessons import lesson_url
from tests.factories.learning import course_with, mp4, text, video
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def lessons(organisation):
    _course, made = course_with(video(), text(sources="A paper"))
    return made


@pytest.fixture
def place(lessons):
    return RegistrationFactory(activity=lessons[0].activity)


@pytest.fixture
def address(organisation, place):
    token = make_link(LEARNING, place.pk, organisation.code)

    def to(name, *args):
        return reverse(name, args=[token, *args])

    return to


def post(client, address, **values):
    return client.post(address, {"idempotency_key": str(uuid.uuid4())} | values, follow=True)


def begin(client, address):
    page = client.get(address("course"))
    return post(client, address("course_confirmation"), sha256=page.context["sha256"])


def tell(client, address, lesson, *entries):
    body = {"sent_at": now().isoformat(), "entries": list(entries)}
    to = address("lesson_progress", lesson.pk)
    return client.post(to, json.dumps(body), content_type="application/json")


def entry(kind="heard", **facts):
    return {"event_uuid": str(uuid.uuid4()), "kind": kind, "at": now().isoformat()} | facts


def test_everything_is_told_before_the_start_and_confirmed_once(client, address, place):
    page = client.get(address("course")).content.decode()
    for words in ("Before you begin", "Provider", "Funding", "Estimated time", "Offered until"):
        assert words in page

    after = begin(client, address).content.decode()

    assert "Go on: The talk" in after
    kept = Confirmation.objects.get()
    assert kept.registration == place
    told = client.get(address("course_told")).content.decode()
    assert kept.sha256[:12] in told
    assert "About 60 minutes." in told


def test_a_lesson_shows_what_it_is_made_of(client, address, lessons):
    begin(client, address)

    page = client.get(address("lesson", lessons[0].pk)).content.decode()

    assert "<video" in page
    assert address("lesson_captions", lessons[0].pk) in page
    assert "Transcript" in page
    assert "Skipping does not count as watching" in page


def test_a_locked_lesson_says_why(client, address, lessons):
    begin(client, address)

    page = client.get(address("lesson", lessons[1].pk)).content.decode()

    assert "Finish “The talk” first." in page
    assert "Words." not in page


def test_what_a_device_tells_is_kept_once(client, address, lessons):
    begin(client, address)
    once = entry(seconds=1, place=12, watched_from=0, watched_to=2)

    first = tell(client, address, lessons[0], once).json()
    again = tell(client, address, lessons[0], once).json()

    assert (
        first["answers"]
        == again["answers"]
        == [{"event_uuid": once["event_uuid"], "done": True, "said": ""}]
    )
    assert StudyEntry.objects.count() == 1
    assert 'data-place="12"' in client.get(address("lesson", lessons[0].pk)).content.decode()


def test_a_device_hears_why_it_is_not_done(client, address, lessons):
    begin(client, address)

    said = tell(client, address, lessons[0], entry("done")).json()

    assert said["answers"][0]["done"] is False
    assert "0% of this video is watched" in said["answers"][0]["said"]
    assert said["completed"] is False


def test_what_a_device_tells_is_held_against_one_reading_of_the_lessons(client, address, lessons):
    begin(client, address)
    entry = {"event_uuid": str(uuid.uuid4()), "kind": "heard", "at": now().isoformat()}

    with CaptureQueriesContext(connection) as asked:
        tell(client, address, lessons[0], entry)

    assert sum('FROM "learning_module"' in each["sql"] for each in asked) == 1


def test_what_is_told_before_the_start_reads_the_lessons_once_more(client, address, lessons):
    with CaptureQueriesContext(connection) as asked:
        client.get(address("course"))

    # Once for where the learner stands, once for the notice.
    assert sum('FROM "learning_module"' in each["sql"] for each in asked) == 2


@pytest.mark.parametrize(
    "body", [b"no", b"{}", b'{"sent_at": "2026-03-02T10:00:00", "entries": []}']
)
def test_what_cannot_be_read_is_refused(client, address, lessons, body):
    to = address("lesson_progress", lessons[0].pk)

    answer = client.post(to, body, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["code"] == "unreadable"


def test_without_a_script_a_lesson_is_done_by_its_button(client, organisation):
    _course, (lesson,) = course_with(text())
    place = RegistrationFactory(activity=lesson.activity)
    token = make_link(LEARNING, place.pk, organisation.code)
    begin(client, lambda name, *args: reverse(name, args=[token, *args]))

    page = post(client, reverse("lesson_completion", args=[token, lesson.pk])).content.decode()

    assert "You are done with the lessons." in page
    assert Progress.objects.get().completed_at


def test_the_first_page_leads_to_the_next_step(client, address):
    page = client.get(address("finish")).content.decode()

    assert "Continue: Lessons" in page
    assert address("course") in page
    assert "0 of 2 lessons" in page
    assert "Your attendance is missing" not in page


def test_the_evaluation_waits_for_the_lessons(client, address):
    page = client.get(address("finish_evaluation")).content.decode()

    assert "Finish the lessons first." in page


def test_captions_come_to_whoever_may_study(client, address, lessons):
    assert client.get(address("lesson_captions", lessons[0].pk)).status_code == 404

    begin(client, address)

    answer = client.get(address("lesson_captions", lessons[0].pk))
    assert answer["Content-Type"].startswith("text/vtt")
    assert b"The first words." in answer.content
    assert client.get(address("lesson_captions", lessons[1].pk)).status_code == 404


def test_a_ticket_opens_no_lesson(client, organisation, place, lessons):
    token = make_link(TICKET, place.pk, organisation.code)

    assert client.get(reverse("course", args=[token])).status_code == 404


def test_a_lesson_of_another_activity_is_not_there(client, address):
    _course, (foreign,) = course_with(text())

    assert client.get(address("lesson", foreign.pk)).status_code == 404


def fetched(client, settings, place, lesson, **headers):
    settings.ROOT_URLCONF = "config.urls_content"
    path = lesson_url(place, lesson).removeprefix(settings.CONTENT_ORIGIN)
    answer = client.get(path, headers=headers)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_player_gets_the_stretch_it_asks_for(client, settings, place, lessons):
    whole = mp4(100)

    answer, content = fetched(client, settings, place, lessons[0], range="bytes=4-11")

    assert (answer.status_code, content) == (206, whole[4:12])
    assert answer["Content-Range"] == f"bytes 4-11/{len(whole)}"
    _answer, end = fetched(client, settings, place, lessons[0], range="bytes=-5")
    assert end == whole[-5:]
    _answer, rest = fetched(client, settings, place, lessons[0], range="bytes=10-")
    assert rest == whole[10:]


def test_a_file_comes_whole_where_no_stretch_is_asked_for(client, settings, place, lessons):
    answer, content = fetched(client, settings, place, lessons[0])

    assert (answer.status_code, content) == (200, mp4(100))
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_stretch_lies_beyond_the_end(client, settings, place, lessons):
    answer, _content = fetched(client, settings, place, lessons[0], range="bytes=9999-")

    assert answer.status_code == 416


def test_whoever_has_no_place_any_more_gets_no_file(client, settings, place, lessons):
    cancel_registration(place, reason="", by=SYSTEM)

    answer, _content = fetched(client, settings, place, lessons[0])

    assert answer.status_code == 404


def test_an_address_that_is_not_ours_opens_nothing(client, settings):
    settings.ROOT_URLCONF = "config.urls_content"

    assert client.get("/l/nothing/").status_code == 404
