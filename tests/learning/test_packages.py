"""Packages from the upload to the outcome: taken in, gone on with, told once, in their order."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.demonstration.packages import package
from symposia.learning.actions.attempts import Committed, begin_package_attempt, keep_commits
from symposia.learning.actions.lessons import change_lesson, remove_lesson
from symposia.learning.actions.packages import forget_package_files
from symposia.learning.actions.studying import complete_lesson, confirm_start
from symposia.learning.models import (
    Lesson,
    Package,
    PackageAttempt,
    PackageCommit,
    PackageFile,
    Progress,
    Requirement,
)
from symposia.learning.notice import notice_of
from symposia.learning.packages import package_of
from symposia.learning.standing import standing_of
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.learning import course_with, released, scorm, text
from tests.factories.packages import with_entry, with_wrong_sum
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def lesson(organisation):
    _course, (made,) = course_with(scorm())
    return made


@pytest.fixture
def place(lesson):
    return begun_by(lesson)


def begun_by(lesson):
    made = RegistrationFactory(activity=lesson.activity)
    found = Registration.objects.with_people().get(pk=made.pk)
    confirm_start(found, seen=notice_of(found.activity).sha256, by=SYSTEM)
    return found


def tell(attempt, number, item="read", status="incomplete", **more):
    after = more.pop("after", PackageAttempt.objects.get(pk=attempt.pk).tip)
    cmi = {"core": {"lesson_status": status, "score": more.pop("score", {})}, **more}
    told = Committed(uuid.uuid4(), number, after, item, cmi, now())
    (heard,) = keep_commits(attempt, [told], by=SYSTEM)
    return heard.objection.code if heard.objection else ""


def test_a_package_is_taken_in_under_names_of_ours(lesson, tmp_path):
    found = package_of(lesson)

    assert (found.number, found.standard, found.title) == (1, "1.2", "Images before clocks")
    assert [each["id"] for each in found.scos] == ["read", "ask"]
    assert found.scos[1]["mastery"] == 60
    rows = PackageFile.objects.filter(package=found)
    assert {each.path for each in rows} >= {"imsmanifest.xml", "read.html", "course.js"}
    for each in rows:
        assert each.path not in each.storage_name
        assert default_storage.size(each.storage_name) == each.size
    kept = [each.name for each in tmp_path.rglob("*") if each.is_file()]
    assert len(kept) == rows.count() + 1
    assert not any("." in name for name in kept)
    assert Entry.objects.filter(action="package.taken_in").count() == 1


# The last is seen to be damaged only once the whole of it is read, while it is unpacked.
@pytest.mark.parametrize(
    "content",
    [b"no zip", with_entry("../evil.html"), with_wrong_sum(), with_wrong_sum(bytes(10_000))],
    ids=["no zip", "outside", "damaged", "damaged later"],
)
def test_what_is_refused_leaves_nothing_behind(organisation, tmp_path, content):
    with pytest.raises(Refused):
        course_with(scorm(content=content))

    assert not Package.objects.exists()
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 0


def test_a_new_version_is_another_content_and_the_old_one_stays(lesson, place):
    first = begin_package_attempt(place, lesson, by=SYSTEM)
    facts = scorm(content=package("2004"))

    change_lesson(lesson, facts, seen_version=lesson.version, by=SYSTEM)

    fresh = Lesson.objects.with_content().get(pk=lesson.pk)
    assert package_of(fresh).number == 2
    assert tell(first, 1) in {"lesson_not_released", "package_replaced"}
    released(fresh)
    assert tell(first, 1) == "package_replaced"
    second = begin_package_attempt(place, fresh, by=SYSTEM)
    assert (second.number, second.package.standard) == (2, "2004")
    assert tell(first, 1) == "package_attempt_overtaken"


def test_a_lesson_nobody_studied_goes_with_its_files(organisation):
    _course, (lesson,) = course_with(scorm(), is_released=False)
    found = package_of(lesson)
    name = PackageFile.objects.filter(package=found).first().storage_name

    remove_lesson(lesson, by=SYSTEM)
    forget_package_files(Package.objects.get(pk=found.pk), by=SYSTEM)
    forget_package_files(Package.objects.get(pk=found.pk), by=SYSTEM)

    assert not default_storage.exists(name)
    assert not PackageFile.objects.exists()
    assert default_storage.exists(found.file.storage_name)


def test_files_of_a_lesson_that_is_there_are_not_forgotten(lesson):
    forget_package_files(package_of(lesson), by=SYSTEM)

    assert PackageFile.objects.exists()


def test_an_attempt_is_begun_once(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)

    with pytest.raises(Refused, match="begun it already"):
        begin_package_attempt(place, lesson, by=SYSTEM)
    assert PackageAttempt.objects.get() == attempt
    assert Entry.objects.filter(action="package_attempt.begun").count() == 1


def test_a_lesson_without_a_package_is_not_begun(organisation):
    _course, (lesson,) = course_with(text())

    with pytest.raises(Refused, match="no package"):
        begin_package_attempt(begun_by(lesson), lesson, by=SYSTEM)


def test_a_package_is_begun_only_after_what_comes_before(lesson):
    place = RegistrationFactory(activity=lesson.activity)

    with pytest.raises(Refused, match="Read what is told"):
        begin_package_attempt(place, lesson, by=SYSTEM)


def test_everything_told_is_kept_and_resumed_exactly(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)

    assert tell(attempt, 1, suspend_data="a=1;é𝄞", location="p1") == ""
    assert tell(attempt, 2, suspend_data="a=2", location="p2") == ""

    found = PackageAttempt.objects.get()
    assert (found.version, found.item) == (2, "read")
    assert found.states["read"]["cmi"]["suspend_data"] == "a=2"
    kept = list(PackageCommit.objects.order_by("number"))
    assert [each.cmi["suspend_data"] for each in kept] == ["a=1;é𝄞", "a=2"]


def test_the_same_thing_told_twice_counts_once(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)
    told = Committed(uuid.uuid4(), 1, None, "read", {"core": {}}, now())

    for _again in range(2):
        (heard,) = keep_commits(attempt, [told], by=SYSTEM)
        assert heard.objection is None

    assert PackageCommit.objects.count() == 1


def test_a_stale_tab_overwrites_nothing(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)
    tell(attempt, 1, suspend_data="from the phone")

    assert tell(attempt, 1, suspend_data="from the old tab") == "package_stale"
    assert PackageAttempt.objects.get().states["read"]["cmi"]["suspend_data"] == "from the phone"


def test_what_follows_something_stale_is_stale_too(lesson, place):
    """The number alone would let a tab that is behind in again with its second word."""
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)
    tell(attempt, 1, suspend_data="from the phone")
    behind = uuid.uuid4()

    assert tell(attempt, 1, after=None) == "package_stale"
    assert tell(attempt, 2, after=behind) == "package_stale"
    assert tell(attempt, 2, after=None) == "package_stale"
    assert tell(attempt, 2) == ""


def test_what_is_early_waits(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)

    assert tell(attempt, 2) == "package_early"
    assert tell(attempt, 1) == ""
    assert tell(attempt, 2) == ""


def test_several_things_come_in_their_order(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)
    ids = [None, *(uuid.uuid4() for _each in range(3))]
    told = [
        Committed(ids[number], number, ids[number - 1], "read", {"core": {}, "n": number}, now())
        for number in (3, 1, 2)
    ]

    heard = keep_commits(attempt, told, by=SYSTEM)

    assert [each.objection for each in heard] == [None] * 3
    assert PackageAttempt.objects.get().states["read"]["cmi"]["n"] == 3


@pytest.mark.parametrize("item", ["nothing", "r-read", "read ", "READ", "../read"])
def test_a_package_tells_only_of_its_own_parts(lesson, place, item):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)

    assert tell(attempt, 1, item=item) == "package_item_unknown"


def test_the_lesson_is_done_once_every_part_is(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)
    with pytest.raises(Refused, match="once it says so itself"):
        complete_lesson(place, lesson, by=SYSTEM)

    tell(attempt, 1, item="read", status="completed")
    assert not Progress.objects.exclude(completed_at=None).exists()
    tell(attempt, 2, item="ask", status="completed", score={"raw": "67"})

    found = PackageAttempt.objects.get()
    assert (found.completion, found.percent) == ("passed", 67)
    assert standing_of(place).is_complete
    assert Entry.objects.filter(action="content.completed").exists()


def test_below_the_mastery_it_is_not_passed_and_may_be_begun_again(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)
    tell(attempt, 1, item="read", status="completed")
    tell(attempt, 2, item="ask", status="passed", score={"raw": "33"})

    assert PackageAttempt.objects.get().completion == "failed"
    with pytest.raises(Refused, match="not passed it yet"):
        complete_lesson(place, lesson, by=SYSTEM)
    again = begin_package_attempt(place, lesson, by=SYSTEM)
    assert again.number == 2
    tell(again, 1, item="read", status="completed")
    tell(again, 2, item="ask", status="completed", score={"raw": "100"})
    assert standing_of(place).is_complete


def test_looking_again_takes_nothing_back(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)
    tell(attempt, 1, item="read", status="completed")
    tell(attempt, 2, item="ask", status="completed", score={"raw": "100"})
    tell(attempt, 3, item="ask", status="incomplete", score={"raw": "0"})

    assert PackageAttempt.objects.get().completion == "passed"
    assert standing_of(place).is_complete


def test_time_that_is_asked_for_is_asked_for_here_too(lesson, place):
    asked = {"watch_percent": 90, "time_percent": 50}
    Requirement.objects.filter(kind="content").update(settings=asked)
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)
    tell(attempt, 1, item="read", status="completed")
    tell(attempt, 2, item="ask", status="completed", score={"raw": "100"})

    assert not standing_of(place).is_complete
    with pytest.raises(Refused, match="Take your time"):
        complete_lesson(place, lesson, by=SYSTEM)


def test_whoever_gave_up_the_place_tells_nothing_more(lesson, place):
    attempt = begin_package_attempt(place, lesson, by=SYSTEM)
    cancel_registration(place, reason="", by=SYSTEM)

    assert tell(attempt, 1) == "study_without_place"


def test_two_learners_do_not_meet(lesson, place):
    other = begun_by(lesson)
    mine, theirs = (begin_package_attempt(each, lesson, by=SYSTEM) for each in (place, other))

    tell(mine, 1, item="read", status="completed")
    tell(mine, 2, item="ask", status="completed", score={"raw": "100"})

    assert PackageAttempt.objects.get(pk=theirs.pk).version == 0
    assert standing_of(place).is_complete
    assert not standing_of(other).is_complete
