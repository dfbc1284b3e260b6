"""The coordinator's pages of lessons: written, ordered, judged; and who is where."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.learning.models import Course, Lesson, Module, Requirement
from symposia.registrations.requirements import requirement_kinds
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.learning import VTT, course_with, enduring, mp4, text
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


def post(client, name, *args, **values):
    sent = {"idempotency_key": str(uuid.uuid4())} | values
    return client.post(reverse(name, args=args), sent, follow=True)


def test_a_course_is_begun_and_its_first_lesson_written(coordinator):
    activity = enduring(state="draft")

    assert (
        "No lessons yet"
        in coordinator.get(reverse("activity_course", args=[activity.pk])).content.decode()
    )
    post(coordinator, "course_beginning", activity.pk)
    post(coordinator, "module_new", activity.pk, title="First")
    module = Module.objects.get()
    page = post(
        coordinator,
        "course_lesson_new",
        module.pk,
        "video",
        title="The talk",
        minutes=20,
        is_required="on",
        transcript="Words",
        file=SimpleUploadedFile("a.mp4", mp4()),
        captions=SimpleUploadedFile("a.vtt", VTT),
    ).content.decode()

    assert "a.mp4" in page
    assert "100 seconds" in page
    assert "To review" in page


def test_what_is_missing_is_told_beside_the_form(coordinator):
    course, _made = course_with(activity=enduring(state="draft"))
    module = Module.objects.get(activity=course.activity)

    page = post(coordinator, "course_lesson_new", module.pk, "text", title="T", minutes=5)

    assert page.status_code == 422
    assert "Write the text of the lesson." in page.content.decode()


def test_lessons_are_shifted_dropped_and_moved(coordinator):
    _course, (first, second) = course_with(text("A"), text("B"))

    post(coordinator, "course_lesson_shift", second.pk, shift="-1")
    assert [each.title for each in Lesson.objects.of(first.activity_id)] == ["B", "A"]
    post(coordinator, "course_lesson_shift", second.pk, position="2", module=first.module_id)
    assert [each.title for each in Lesson.objects.of(first.activity_id)] == ["A", "B"]
    post(coordinator, "course_lesson_move", first.pk, position=2, module=first.module_id)
    assert [each.title for each in Lesson.objects.of(first.activity_id)] == ["B", "A"]


def test_the_steps_are_said_by_their_places(coordinator):
    activity = enduring(state="draft")
    course_with(text(), activity=activity)
    places = {f"at_{kind.code}": 0 for kind in requirement_kinds()}
    places |= {"at_register": 1, "at_content": 2, "at_claim": 3}

    post(
        coordinator,
        "course_steps",
        activity.pk,
        content_watch_percent=75,
        content_case_percent=60,
        content_time_percent=50,
        **places,
    )

    rows = Requirement.objects.of(activity)
    assert [each.kind for each in rows] == ["register", "content", "claim"]
    assert rows[1].settings == {"watch_percent": 75, "case_percent": 60, "time_percent": 50}


def test_who_saves_over_a_change_of_somebody_else_is_told(coordinator):
    course, _made = course_with(text())

    page = post(coordinator, "course_settings", course.activity_id, needs="Sound", seen_version=0)

    assert "Somebody changed this" in page.content.decode()
    assert Course.objects.get().needs == ""


def test_who_is_where_is_a_list(coordinator):
    _course, (lesson,) = course_with(text())
    place = RegistrationFactory(activity=lesson.activity)
    address = reverse("activity_progress", kwargs={"activity_pk": lesson.activity_id})

    page = coordinator.get(address).content.decode()
    assert place.clinician.full_name in page
    assert "Not begun" in page
    filtered = coordinator.get(address, {"study": "done"}).content.decode()
    assert place.clinician.full_name not in filtered


def test_only_enduring_material_has_the_tab(coordinator):
    live = ActivityFactory()

    page = coordinator.get(reverse("activity", args=[live.pk])).content.decode()

    assert reverse("activity_course", args=[live.pk]) not in page


def test_nobody_reviews_without_being_a_reviewer(coordinator):
    _course, (lesson,) = course_with(text())

    page = coordinator.get(reverse("course_lesson", args=[lesson.pk])).content.decode()

    assert "Only reviewers of this activity" in page
    assert "Released" in page


@pytest.mark.parametrize("name", ["course_lesson", "course_lesson_edit", "course_lesson_move"])
def test_a_lesson_of_others_is_not_there(coordinator, name):
    other = OrganisationFactory()
    with acting_in(other.pk):
        _course, (lesson,) = course_with(text())

    assert coordinator.get(reverse(name, args=[lesson.pk])).status_code == 404


def test_whom_the_wall_keeps_from_content_sees_no_lesson(client, organisation):
    _course, (lesson,) = course_with(text())
    client.force_login(member(organisation, "field_representative"))

    answer = client.get(reverse("course_lesson", args=[lesson.pk]))

    assert answer.status_code in {403, 404}
