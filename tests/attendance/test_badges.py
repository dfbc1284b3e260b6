import uuid
from datetime import UTC, datetime

import pytest

from symposia.attendance.actions.badges import (
    Look,
    design_badges,
    drop_badges,
    print_badges,
    queue_all_badges,
    queue_badge,
)
from symposia.attendance.actions.walk_ins import admit_walk_in
from symposia.attendance.badge_bands import BAND_WORD, Band, bands_of, painted
from symposia.attendance.badge_printing import print_sheet_of_badges
from symposia.attendance.badges import (
    HAS_BADGE,
    NO_DESIGN,
    NO_LOGO,
    NO_PLACE,
    NO_SUCH_SIZE,
    NOBODY_WITHOUT,
    NONE_CHOSEN,
    NOT_WAITING,
    NOTHING_WAITS,
    TOO_MUCH,
    WAITS_ALREADY,
    design_of,
    lines_of,
    papers,
)
from symposia.attendance.models import Badge, BadgeBand, BadgeDesign, BadgeSize, BandColour
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.models import StoredFile
from tests.factories.activities import (
    ActivityFactory,
    SessionFactory,
    SessionFacultyFactory,
)
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

PNG = b"\x89PNG\r\n\x1a\n a logo"


def refusal(run, *args, **facts):
    with pytest.raises(Refused) as refused:
        run(*args, **facts)
    return refused.value.objection


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", title="Stroke update")


@pytest.fixture
def designed(activity):
    return design_badges(activity, Look("card", ["credential", "institution"]), by=SYSTEM)


@pytest.fixture
def place(activity):
    return RegistrationFactory(activity=activity, clinician__credential="MD")


def test_four_sizes_are_data():
    assert set(papers()) == set(BadgeSize.values)
    assert all(paper.name >= 28 for paper in papers().values())


def test_a_design_is_changed_and_keeps_its_logo(activity):
    design_badges(activity, Look("card", ["credential"], logo=PNG), by=SYSTEM)
    changed = design_badges(
        activity, Look("a6", ["activity", "number"], has_code=False, band="Guest"), by=SYSTEM
    )

    assert BadgeDesign.objects.get() == changed
    assert changed.logo == StoredFile.objects.get()
    assert (changed.size, changed.shows, changed.band) == ("a6", ["activity", "number"], "Guest")


@pytest.mark.parametrize(
    ("look", "objection"),
    [
        (Look("poster"), NO_SUCH_SIZE),
        (Look("card", ["salary"]), TOO_MUCH),
        (Look("card", ["city", "city"]), TOO_MUCH),
        (Look("card", ["city", "number", "activity", "credential"]), TOO_MUCH),
        (Look("card", logo=b"GIF89a"), NO_LOGO),
        (Look("card", logo=PNG + bytes(200 * 1024)), NO_LOGO),
    ],
)
def test_a_design_that_cannot_be_printed_is_refused(activity, look, objection):
    assert refusal(design_badges, activity, look, by=SYSTEM) == objection
    assert design_of(activity) is None


def test_what_is_not_known_of_a_person_takes_no_line(designed, place):
    designed.shows = ["credential", "institution", "activity"]
    place.clinician.institution = None

    assert lines_of(designed, place) == ["MD", "Stroke update"]


def test_a_badge_waits_once_and_a_second_one_says_why(designed, activity, place):
    queue_badge(place, by=SYSTEM)
    assert refusal(queue_badge, place, by=SYSTEM) == WAITS_ALREADY

    run = print_badges(activity, by=SYSTEM)

    assert [badge.registration for badge in Badge.objects.of_run(run)] == [place]
    assert refusal(queue_badge, place, by=SYSTEM) == HAS_BADGE
    assert queue_badge(place, reason="Lost it", by=SYSTEM).reason == "Lost it"
    assert Entry.objects.filter(action="badge.printed").count() == 1


def test_everybody_without_a_badge_gets_one(designed, activity, place):
    queue_badge(place, by=SYSTEM)
    RegistrationFactory(activity=activity)
    RegistrationFactory(activity=activity, state="queued")

    assert queue_all_badges(activity, by=SYSTEM) == 1
    assert refusal(queue_all_badges, activity, by=SYSTEM) == NOBODY_WITHOUT
    assert Badge.objects.waiting().count() == 2


def test_a_badge_taken_out_of_the_queue_is_not_printed(designed, activity, place):
    badge = queue_badge(place, by=SYSTEM)
    drop_badges([badge], by=SYSTEM)

    assert refusal(drop_badges, [badge], by=SYSTEM) == NOT_WAITING
    assert refusal(drop_badges, [], by=SYSTEM) == NONE_CHOSEN
    assert refusal(print_badges, activity, by=SYSTEM) == NOTHING_WAITS
    assert queue_badge(place, by=SYSTEM).state == "waiting"


def test_without_a_design_or_a_place_there_is_no_badge(activity, place):
    assert refusal(queue_badge, place, by=SYSTEM) == NO_DESIGN
    assert refusal(queue_all_badges, activity, by=SYSTEM) == NO_DESIGN
    assert refusal(print_badges, activity, by=SYSTEM) == NO_DESIGN
    design_badges(activity, Look("roll"), by=SYSTEM)
    waits = RegistrationFactory(activity=activity, state="queued")
    assert refusal(queue_badge, waits, by=SYSTEM) == NO_PLACE


def test_the_badge_of_a_walk_in_comes_by_itself(designed, activity):
    place = admit_walk_in(ClinicianFactory(), activity, event_uuid=uuid.uuid4(), by=SYSTEM)

    assert Badge.objects.waiting().get().registration == place


def test_a_walk_in_where_no_badges_are_printed_waits_for_none(activity):
    admit_walk_in(ClinicianFactory(), activity, event_uuid=uuid.uuid4(), by=SYSTEM)

    assert not Badge.objects.exists()


@pytest.mark.parametrize("size", BadgeSize.values)
@pytest.mark.parametrize("name", ["Wei Chen", "Maximiliana Featherstonehaugh-Vandermeer", "李娜"])
def test_every_size_takes_every_name_on_one_page(size, name):
    badge = {"name": name, "lines": ["MD", "Harbor University Hospital", "Boston"], "qr": ""}
    facts = {
        "title": "Stroke update",
        "provider": "Harbor",
        "language": "en",
        "rtl": False,
        "paper": vars(papers()[size]),
        "has_code": False,
        "band": "Participant",
        "logo": [],
        "badges": [badge | {"says": ""}],
    }

    printed = print_sheet_of_badges(facts, datetime(2026, 11, 26, tzinfo=UTC))

    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type/Page\n") <= 1


FACULTY, NURSE = Band("faculty", "Faculty", "violet"), Band("nurse", "Nurse", "teal")


def test_a_band_is_a_word_and_a_colour_by_role_and_faculty_comes_first(activity):
    design = design_badges(
        activity, Look("card", band="Participant", bands=[FACULTY, NURSE]), by=SYSTEM
    )
    nurse = RegistrationFactory(activity=activity, clinician__profession="nurse")
    doctor = RegistrationFactory(activity=activity, clinician__profession="physician")
    teacher = RegistrationFactory(activity=activity, clinician__profession="nurse")
    session = SessionFactory(activity=activity)
    SessionFacultyFactory(session=session, clinician=teacher.clinician)

    bands = bands_of(design, activity)

    assert [bands.of(each).band for each in (nurse, doctor, teacher)] == [
        "Nurse",
        "Participant",
        "Faculty",
    ]
    assert bands.of(nurse).fill != bands.of(doctor).fill


def test_bands_that_are_set_again_replace_those_that_were(activity):
    design_badges(activity, Look("card", bands=[FACULTY, NURSE]), by=SYSTEM)
    design_badges(activity, Look("card", bands=[NURSE]), by=SYSTEM)

    assert [each.role for each in BadgeBand.objects.all()] == ["nurse"]
    last = Entry.objects.filter(action="badge_design.set").order_by("pk").last()
    assert last.details["bands"] == {"nurse": "Nurse, teal"}


@pytest.mark.parametrize(
    "bands",
    [
        [Band("nurse", "", "teal")],
        [Band("nurse", "Nurse", "")],
        [Band("nurse", "Nurse", "teal"), Band("nurse", "Nurses", "red")],
        [Band("visitor", "Visitor", "red")],
    ],
)
def test_a_colour_without_a_word_is_no_band(activity, bands):
    look = Look("card", bands=bands)

    assert refusal(design_badges, activity, look, by=SYSTEM) == BAND_WORD
    assert not BadgeBand.objects.exists()


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", BandColour.values)
def test_the_letters_of_every_band_stand_out(colour):
    shown = painted(Band("nurse", "Nurse", colour))

    light, dark = sorted((luminance(shown.fill), luminance(shown.ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7


@pytest.mark.parametrize("size", BadgeSize.values)
def test_a_band_of_each_size_is_set(size):
    facts = {
        "title": "Stroke update",
        "provider": "Harbor",
        "language": "en",
        "rtl": False,
        "paper": vars(papers()[size]),
        "has_code": False,
        "band": "",
        "logo": [],
        "badges": [{"name": "Wei Chen", "lines": [], "qr": "", "says": "", **vars(painted(NURSE))}],
    }

    assert print_sheet_of_badges(facts, datetime(2027, 3, 1, tzinfo=UTC)).startswith(b"%PDF")
