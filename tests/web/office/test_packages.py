"""The office's side of a package: what was found in it, its versions, a look, who tried it."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.demonstration.packages import package
from symposia.learning.models import Lesson, Module, Package, PackageAttempt
from symposia.learning.packages import look_address, package_of
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.learning import course_with, enduring, scorm
from tests.factories.packages import with_entry
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


def send(client, name, *args, content, **values):
    sent = {"idempotency_key": str(uuid.uuid4()), "minutes": 20, "title": "Images"} | values
    sent["file"] = SimpleUploadedFile("course.zip", content)
    return client.post(reverse(name, args=args), sent, follow=True)


def test_an_upload_says_what_was_found(coordinator):
    course, _made = course_with(activity=enduring(state="draft"))
    module = Module.objects.get(activity=course.activity)

    page = send(coordinator, "course_lesson_new", module.pk, "scorm", content=package()).content

    for words in ("Images before clocks", "SCORM 1.2", "ask.html", "passes from 60 %"):
        assert words in page.decode()
    assert Package.objects.get().lesson == Lesson.objects.get()


def test_an_upload_that_is_refused_names_the_file(coordinator):
    course, _made = course_with(activity=enduring(state="draft"))
    module = Module.objects.get(activity=course.activity)
    content = with_entry("../evil.html")

    page = send(coordinator, "course_lesson_new", module.pk, "scorm", content=content)

    assert page.status_code == 422
    assert "“../evil.html” leads out of the package." in page.content.decode()
    assert not Lesson.objects.exists()


def test_another_zip_is_the_next_version(coordinator):
    _course, (lesson,) = course_with(scorm(), activity=enduring(state="draft"))

    page = send(
        coordinator,
        "course_lesson_edit",
        lesson.pk,
        content=package("2004"),
        seen_version=lesson.version,
    ).content.decode()

    assert "SCORM 2004 4th Edition" in page
    assert "Earlier versions" in page
    assert package_of(lesson).number == 2


def test_a_look_is_framed_from_the_content_origin(coordinator, settings):
    _course, (lesson,) = course_with(scorm())

    page = coordinator.get(reverse("course_lesson_preview", args=[lesson.pk])).content.decode()

    assert f'src="{settings.CONTENT_ORIGIN}/p/' in page
    assert "Nothing of it is kept." in page
    address = page.partition('<iframe class="package-frame"')[2].partition('src="')[2]
    path = address.partition('"')[0].removeprefix(settings.CONTENT_ORIGIN)
    settings.ROOT_URLCONF = "config.urls_content"
    assert b'"keeps": false' in coordinator.get(path).content
    told = coordinator.post(f"{path}commits", "{}", content_type="application/json")
    assert told.status_code == 404
    assert not PackageAttempt.objects.exists()


def test_whoever_lost_the_right_looks_at_nothing(coordinator, organisation, settings):
    _course, (lesson,) = course_with(scorm())
    address = look_address(package_of(lesson), member(organisation, "door_staff").pk)
    settings.ROOT_URLCONF = "config.urls_content"

    path = address.removeprefix(settings.CONTENT_ORIGIN)

    assert coordinator.get(path).status_code == 404
    assert coordinator.get(f"{path}c/read.html").status_code == 404


def test_who_tried_it_is_a_list(coordinator):
    _course, (lesson,) = course_with(scorm())
    place = RegistrationFactory(activity=lesson.activity)
    PackageAttempt.objects.create(
        activity=lesson.activity,
        registration=place,
        lesson=lesson,
        package=package_of(lesson),
        number=1,
        score=0.67,
    )
    address = reverse("package_attempts_list", kwargs={"activity_pk": lesson.activity_id})

    page = coordinator.get(address).content.decode()

    assert place.clinician.full_name in page
    assert "67" in page
    assert "Under way" in page
    learners = reverse("activity_progress", kwargs={"activity_pk": lesson.activity_id})
    assert address in coordinator.get(learners).content.decode()


def test_a_package_of_others_is_not_there(coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        _course, (lesson,) = course_with(scorm())

    assert coordinator.get(reverse("course_lesson_preview", args=[lesson.pk])).status_code == 404
