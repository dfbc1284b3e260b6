"""Reports of online meetings as their vendors export them, and lists of one's own."""

import codecs
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from symposia.attendance.actions.conflicts import Decision, decide_conflict, reopen_conflict
from symposia.attendance.actions.files import (
    FileFacts,
    hand_in_presence_file,
    import_presence_file,
    map_presence_columns,
)
from symposia.attendance.logs.tables import table_of
from symposia.attendance.logs.times import read_times
from symposia.attendance.models import Conflict, PresenceEvidence, Source, UnmatchedPerson, Way
from symposia.attendance.policies import (
    BOTH_TIMES,
    DOOR_CLOSED,
    IMPORTED,
    NAME_COLUMN,
    NOT_A_TABLE,
    NOT_CHECKED,
)
from symposia.attendance.queries import minutes_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.apart import Unreadable
from symposia.work.models import ImportRow
from tests.attendance.test_conflicts import placed
from tests.factories.activities import ActivityFactory, SessionFactory

ZOOM = """Topic,Meeting ID,Start Time,End Time
Stroke update,812 3456 7890,03/11/2027 06:25:00 PM,03/11/2027 08:05:00 PM

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Studio (Host),studio@example.net,03/11/2027 06:25:00 PM,03/11/2027 08:05:00 PM,100,No
Radhika Iyer,radhika@example.net,03/11/2027 06:30:00 PM,03/11/2027 07:00:00 PM,30,Yes
"Iyer, Radhika",radhika@example.net,03/11/2027 06:50:00 PM,03/11/2027 07:20:00 PM,30,Yes
Mera Rao,,03/11/2027 06:30:00 PM,03/11/2027 08:00:00 PM,90,Yes
Wei Chen,wei@example.net,03/11/2027 07:00:00 PM,03/11/2027 06:00:00 PM,0,Yes
Wei Chen,wei@example.net,yesterday,03/11/2027 06:00:00 PM,0,Yes
Radhika Iyer,radhika@example.net,03/11/2027 06:30:00 PM,03/11/2027 07:00:00 PM,30,Yes
"""
TEAMS = (
    "1. Summary\nMeeting title\tStroke update\nAttended participants\t2\n"
    "Start time\t3/11/27, 6:25:00 PM\n\n2. Participants\n"
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "Radhika Iyer\t3/11/27, 6:30:00 PM\t3/11/27, 8:00:00 PM\t1h\tradhika@example.net\t\tAttendee\n"
    "\n3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
    "Radhika Iyer\t3/11/27, 6:30:00 PM\t3/11/27, 7:00:00 PM\t30m\tradhika@example.net\tAttendee\n"
    "Radhika Iyer\t3/11/27, 7:30:00 PM\t3/11/27, 8:00:00 PM\t30m\tradhika@example.net\tAttendee\n"
    "Studio\t3/11/27, 6:20:00 PM\t3/11/27, 8:00:00 PM\t1h\tstudio@example.net\tOrganizer\n"
)
WEBEX = """Meeting Name,Display Name,Role,Attendee Email,Join Time,Leave Time,Attendance Duration
Stroke,Radhika Iyer,Attendee,radhika@example.net,2027-03-11 18:30:00,2027-03-11 19:15:00,45 mins
Stroke,Studio,Host,studio@example.net,2027-03-11 18:20:00,2027-03-11 20:05:00,105 mins
"""
OWN = """Wer;Haus;Von;Bis
Radhika Iyer;City Hospital;11.03.2027 18:30;11.03.2027 19:30
"""


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(state="held", delivery="hybrid")
    SessionFactory(activity=made)
    return made


@pytest.fixture
def radhika(activity):
    return placed(
        activity, clinician__full_name="Radhika Iyer", clinician__email="radhika@example.net"
    )


def hand_in(activity, content, way=Way.ONLINE, name="report.csv"):
    content = content if isinstance(content, bytes) else content.encode()
    return hand_in_presence_file(name, content, activity, FileFacts(activity.zone, way), by=SYSTEM)


def report(file):
    rows = ImportRow.objects.filter(made=file.made_id).order_by("line")
    return [(row.line, row.outcome, row.reason) for row in rows]


def test_a_report_of_zoom_says_of_each_row_what_it_would_do(activity, radhika):
    placed(activity, clinician__full_name="Meera Rao")
    file = hand_in(activity, ZOOM)

    assert file.format == "zoom"
    assert report(file) == [
        (5, "skipped", "host"),
        (6, "new", ""),
        (7, "new", ""),
        (8, "new", "to_decide"),
        (9, "rejected", "ends_first"),
        (10, "rejected", "no_time"),
        (11, "skipped", "twice"),
    ]
    assert not PresenceEvidence.objects.exists()


def test_several_joinings_are_one_presence_and_the_unsure_are_decided(activity, radhika):
    meera = placed(activity, clinician__full_name="Meera Rao")
    import_presence_file(hand_in(activity, ZOOM), by=SYSTEM)

    assert minutes_of(radhika).creditable == 50
    assert minutes_of(meera).creditable == 0
    conflict = Conflict.objects.open().get()
    assert (conflict.person.name, conflict.candidate, conflict.because) == (
        "Mera Rao",
        meera,
        "similar_name",
    )
    decide_conflict(conflict, Decision("match", "Her phone"), by=SYSTEM)
    assert minutes_of(meera).creditable == 90


def test_a_file_imported_again_keeps_nothing_twice(activity, radhika):
    first = import_presence_file(hand_in(activity, ZOOM), by=SYSTEM)
    kept = PresenceEvidence.objects.count()
    again = hand_in(activity, ZOOM)

    assert {row[1] for row in report(again)} == {"skipped", "unchanged", "rejected"}
    import_presence_file(again, by=SYSTEM)
    assert PresenceEvidence.objects.count() == kept
    with pytest.raises(Refused) as refused:
        import_presence_file(first, by=SYSTEM)
    assert refused.value.objection == IMPORTED


def test_whom_somebody_matched_once_is_matched_in_the_next_log(activity, radhika):
    meera = placed(activity, clinician__full_name="Meera Rao")
    import_presence_file(hand_in(activity, ZOOM), by=SYSTEM)
    decide_conflict(Conflict.objects.open().get(), Decision("match", "Her phone"), by=SYSTEM)

    later = ZOOM.replace("06:30:00 PM,03/11/2027 08:00:00", "05:30:00 PM,03/11/2027 06:31:00")
    import_presence_file(hand_in(activity, later), by=SYSTEM)

    assert len(minutes_of(meera).stays) == 2
    assert not Conflict.objects.open().exists()


def test_what_a_log_says_of_a_wrong_match_counts_once_under_the_right_one(activity, radhika):
    meera = placed(activity, clinician__full_name="Meera Rao")
    import_presence_file(hand_in(activity, ZOOM), by=SYSTEM)
    decided = decide_conflict(
        Conflict.objects.open().get(), Decision("match", "Her phone"), by=SYSTEM
    )
    later = ZOOM.replace("06:30:00 PM,03/11/2027 08:00:00", "05:30:00 PM,03/11/2027 06:31:00")
    import_presence_file(hand_in(activity, later), by=SYSTEM)

    reopen_conflict(decided, reason="It was Radhika's phone", by=SYSTEM)
    decide_conflict(decided, Decision("match", "Asked her", registration=radhika), by=SYSTEM)

    assert minutes_of(meera).stays == ()
    assert len(minutes_of(radhika).stays) == 4


@pytest.mark.parametrize(
    "content",
    [TEAMS, codecs.BOM_UTF16_LE + TEAMS.encode("utf-16-le")],
    ids=["as text", "as downloaded"],
)
def test_a_report_of_teams_is_read_with_each_joining(activity, radhika, content):
    file = import_presence_file(hand_in(activity, content), by=SYSTEM)

    assert file.format == "teams"
    assert minutes_of(radhika).creditable == 60
    assert [row[1:] for row in report(file)] == [("new", ""), ("new", ""), ("skipped", "host")]


def test_a_report_of_webex_is_read(activity, radhika):
    file = import_presence_file(hand_in(activity, WEBEX), by=SYSTEM)

    assert (file.format, minutes_of(radhika).creditable) == ("webex", 45)
    assert not UnmatchedPerson.objects.exists()


def test_a_table_of_ones_own_is_mapped_once_and_remembered(activity, radhika):
    file = hand_in(activity, OWN, Way.ROOM)
    assert report(file) == []
    with pytest.raises(Refused) as refused:
        import_presence_file(file, by=SYSTEM)
    assert refused.value.objection == NOT_CHECKED

    map_presence_columns(file, {"name": 0, "institution": 1, "joined": 2, "left": 3}, by=SYSTEM)
    assert [row[1:] for row in report(file)] == [("new", "to_decide")]
    again = hand_in(activity, OWN, Way.ROOM)

    assert again.made.mapping == {"name": 0, "institution": 1, "joined": 2, "left": 3}
    assert [row[1] for row in report(again)] == ["new"]


def test_a_list_without_times_marks_who_was_there(activity, radhika):
    content = f"Name,Ticket\nSomebody,{radhika.ticket_code}\n"
    import_presence_file(hand_in(activity, content, Way.ROOM), by=SYSTEM)

    evidence = PresenceEvidence.objects.get()
    assert (evidence.registration, evidence.kind, evidence.source) == (radhika, "mark", "import")
    assert evidence.reason == "report.csv, 2"
    assert minutes_of(radhika).creditable == 90


@pytest.mark.parametrize(
    ("columns", "objection"),
    [({"institution": 1}, NAME_COLUMN), ({"name": 0, "left": 1}, BOTH_TIMES)],
)
def test_columns_must_name_people_and_both_times(activity, columns, objection):
    file = hand_in(activity, OWN)

    with pytest.raises(Refused) as refused:
        map_presence_columns(file, columns, by=SYSTEM)

    assert refused.value.objection == objection


def test_a_meeting_of_another_day_is_said(activity, radhika):
    file = hand_in(activity, WEBEX.replace("2027-03-11", "2027-03-14"))

    assert report(file)[0][1:] == ("rejected", "other_day")


def test_what_is_no_table_is_said_in_words(tmp_path):
    path = tmp_path / "file"
    for content in (b"", b"\x00\x01\x02" * 10):
        path.write_bytes(content)
        with pytest.raises(Unreadable):
            table_of(path)


def test_a_file_that_is_refused_is_kept_nowhere(activity, files, tmp_path):
    closed = ActivityFactory(state="closed")
    for one, content, objection in ((activity, b"", NOT_A_TABLE), (closed, ZOOM, DOOR_CLOSED)):
        with pytest.raises(Refused) as refused:
            hand_in(one, content)
        assert refused.value.objection == objection

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    hand_in(activity, ZOOM)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_the_log_is_signed_for_with_the_rest(activity, radhika):
    with time_machine.travel(activity.ends_at + timedelta(hours=1), tick=False):
        import_presence_file(hand_in(activity, WEBEX), by=SYSTEM)

    evidence = PresenceEvidence.objects.get()
    assert (evidence.source, evidence.kind) == (Source.VIRTUAL, "span")
    assert evidence.taken_from.file_name == "report.csv"


NEAR = datetime(2027, 3, 4, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "texts",
    [
        ["03/04/2027 01:30:00 PM", "03/04/2027 01:35:00 PM"],
        ["04/03/2027 13:30:00", "04/03/2027 13:35:00"],
        ["3/4/27, 1:30:00\u202fPM", "3/4/27, 1:35:00\u202fPM"],
        ["2027-03-04 13:30:00", "2027-03-04 13:35:00"],
        ["2027-03-04T18:30:00Z", "2027-03-04T18:35:00Z"],
        ["04.03.2027 13:30", "04.03.2027 13:35"],
        ['="2027-03-04 13:30:00"', "2027-03-04 13:35:00"],
        ["3/4/2027 1:30pm", "3/4/2027 1:35 p.m."],
    ],
)
def test_times_are_read_as_the_file_writes_them_nearest_to_the_activity(texts):
    expected = [datetime(2027, 3, 4, 18, minute, tzinfo=UTC) for minute in (30, 35)]

    assert read_times(texts, "America/New_York", near=NEAR) == expected


def test_one_impossible_time_does_not_change_how_the_others_are_read():
    texts = ["13/03/2027 10:00:00", "never", ""]

    assert read_times(texts, "UTC", near=NEAR) == [
        datetime(2027, 3, 13, 10, 0, tzinfo=UTC),
        None,
        None,
    ]


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize(
    "text",
    ["12/31/9999 11:59 PM", "9999-12-31 23:59:59", "0001-01-01 00:00:00", "0001-01-01T00:00+14:00"],
)
def test_a_time_beyond_what_calendars_count_breaks_nothing(text, zone):
    (read,) = read_times([text], zone, near=NEAR)

    assert read is None or read.year in {1, 9999}


def test_a_file_with_ever_more_columns_is_refused_in_words(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(
        ",".join(["Name", "Email", *(f"c{n}" for n in range(1000))]) + "\nA B,a@b.org\n"
    )

    with pytest.raises(Unreadable, match="more than 500 columns"):
        table_of(path)


def test_columns_without_a_name_behind_the_table_are_no_columns(tmp_path):
    path = tmp_path / "commas.csv"
    path.write_text("Name,Email" + "," * 100_000 + "\nA B,a@example.org" + "," * 100_000 + "\n")

    table = table_of(path)

    assert table.header == ("Name", "Email")
    assert [row[:2] for row in table.rows] == [("A B", "a@example.org")]
