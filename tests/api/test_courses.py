"""Courses over the API: the same actions as the pages, with the same refusals."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from symposia.learning.actions.lessons import change_lesson
from symposia.learning.models import Lesson, PackageAttempt, Requirement
from symposia.learning.packages import package_of
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import key_of, member
from tests.factories.learning import VTT, course_with, enduring, mp4, scorm, text
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
API = "/api/v1/courses"
HELD = ["view_people_of_activity", "plan_activities", "view_attendance", "use_api"]


@pytest.fixture
def headers(organisation):
    return key_of(member(organisation, "coordinator"), organisation, HELD)


def send(client, method, address, headers, body):
    act = getattr(client, method)
    return act(API + address, body, content_type="application/json", headers=headers)


def test_a_course_is_written_step_by_step(client, organisation, headers):
    activity = enduring(state="draft")

    begun = send(client, "post", f"/{activity.pk}/beginnings", headers, {})
    assert begun.status_code == 201
    assert [each["kind"] for each in begun.json()["steps"]] == ["register", "content", "claim"]
    made = send(client, "post", f"/{activity.pk}/modules", headers, {"title": "First"}).json()
    module = made["modules"][0]["id"]
    lesson = client.post(
        f"{API}/lessons",
        {
            "module": module,
            "kind": "video",
            "title": "The talk",
            "minutes": 20,
            "transcript": "Words",
            "file": SimpleUploadedFile("a.mp4", mp4()),
            "captions": SimpleUploadedFile("a.vtt", VTT),
        },
        headers=headers,
    )
    assert lesson.status_code == 201, lesson.content
    assert lesson.json()["condition"] == "waiting"
    assert Lesson.objects.get().seconds == 100
    ordered = {"is_ordered": False, "needs": "Sound", "seen_version": 1}
    changed = send(client, "put", f"/{activity.pk}", headers, ordered).json()
    assert (changed["is_ordered"], changed["version"]) == (False, 2)


def test_lessons_are_changed_moved_and_removed(client, organisation, headers):
    course, (first, second) = course_with(text(), text("Second"), activity=enduring(state="draft"))
    module = str(first.module_id)

    place = {"module": module, "position": 1}
    moved = send(client, "put", f"/lessons/{second.pk}/place", headers, place)
    assert moved.json()["position"] == 1
    said = {"kind": "text", "title": "Other", "minutes": 5, "text": "New", "seen_version": 1}
    changed = client.post(f"{API}/lessons/{first.pk}/changes", said, headers=headers)
    assert (changed.json()["title"], changed.json()["condition"]) == ("Other", "waiting")
    gone = client.delete(f"{API}/lessons/{first.pk}", headers=headers)
    # A reviewer judged it; it stays on record.
    assert (gone.status_code, gone.json()["code"]) == (409, "lesson_studied")
    shown = client.get(f"{API}/{course.activity_id}", headers=headers).json()
    assert [each["title"] for each in shown["modules"][0]["lessons"]] == ["Second", "Other"]


def test_steps_are_set_in_their_order_or_refused(client, organisation, headers):
    activity = enduring(state="draft")
    course_with(text(), activity=activity)
    steps = [{"kind": "register"}, {"kind": "content", "settings": {"watch_percent": 80}}]

    wrong = send(client, "put", f"/{activity.pk}/steps", headers, {"steps": steps})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "claim_is_last")
    right = {"steps": [*steps, {"kind": "claim"}]}
    assert send(client, "put", f"/{activity.pk}/steps", headers, right).status_code == 200
    assert Requirement.objects.get(kind="content").settings == {"watch_percent": 80}


def test_who_is_where_is_told(client, organisation, headers):
    _course, (lesson,) = course_with(text())
    place = RegistrationFactory(activity=lesson.activity)

    rows = client.get(f"{API}/learners", headers=headers).json()["items"]
    assert [(row["study"], row["done"], row["asked"]) for row in rows] == [("Not begun", "0", "1")]
    one = client.get(f"{API}/learners/{place.pk}", headers=headers).json()
    assert one["steps"][1] == {
        "kind": "content",
        "is_done": False,
        "missing": "Finish the lessons first. Your progress is kept.",
    }
    assert one["lessons"][0]["title"] == "Reading the trace"


def test_a_package_is_handed_in_and_read(client, organisation, headers):
    _course, (lesson,) = course_with(scorm("2004"))
    place = RegistrationFactory(activity=lesson.activity)
    attempt = PackageAttempt.objects.create(
        activity=lesson.activity,
        registration=place,
        lesson=lesson,
        package=package_of(lesson),
        number=1,
    )

    (version,) = client.get(f"{API}/packages/{lesson.pk}", headers=headers).json()
    look = client.get(f"{API}/packages/{lesson.pk}/preview", headers=headers).json()
    told = client.get(f"{API}/packages/attempts/{attempt.pk}", headers=headers).json()

    assert (version["standard"], version["number"]) == ("2004", 1)
    assert [each["mastery"] for each in version["items"]] == [None, 0.6]
    assert "/p/" in look["address"]
    assert (told["completion"], told["commits"]) == ("open", [])
    rows = client.get(f"{API}/packages/attempts", headers=headers).json()
    assert rows["count"] == 1


def test_a_lesson_that_is_no_package_any_more_has_no_look(client, organisation, headers):
    _course, (lesson,) = course_with(scorm())
    change_lesson(lesson, text(), seen_version=lesson.version, by=SYSTEM)

    assert client.get(f"{API}/packages/{lesson.pk}/preview", headers=headers).status_code == 404


def test_a_lesson_without_a_package_has_no_look(client, organisation, headers):
    _course, (lesson,) = course_with(text())

    assert client.get(f"{API}/packages/{lesson.pk}/preview", headers=headers).status_code == 404
    assert client.get(f"{API}/packages/{lesson.pk}", headers=headers).json() == []
