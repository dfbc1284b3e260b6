"""Everything that was handed in for an activity, as one archive with a manifest that proves it."""

import csv
import hashlib
import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.actions.duties import HandedIn, add_document, hand_in_document
from symposia.activities.papers import HEAD, MANIFEST, Packed
from symposia.activities.vault import papers_for
from symposia.shared.actors import SYSTEM
from symposia.shared.archives import archive, safe_name
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory

PDF = b"%PDF-1.7 agenda"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Agenda", "Agenda"),
        ("../../etc/passwd", "etc passwd"),
        ("C:\\notes", "C notes"),
        ("a\x00b\nc", "a b c"),
        ("  ", "file"),
        ("...", "file"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_title_never_becomes_a_path_of_its_own(title, name):
    assert safe_name(title) == name


@pytest.fixture
def activity(organisation):
    made = ActivityFactory()
    slot = add_document(made, title="Agenda", days=-3, by=SYSTEM)
    for note, content in (("first", PDF), ("final", PDF + b" 2")):
        hand_in_document(slot, HandedIn(content, "agenda.pdf", note), by=SYSTEM)
    flyer = add_document(made, title="Flyer", days=-3, by=SYSTEM)
    hand_in_document(flyer, HandedIn(PDF, "=flyer.pdf", ""), by=SYSTEM)
    return made


def held_by(user, organisation):
    return access_of(user, organisation, at=now())


@pytest.fixture
def unpacked(activity, organisation):
    """The archive as a coordinator gets it."""
    access = held_by(member(organisation, "coordinator"), organisation)
    papers, _kept_back = papers_for(access, activity, at=now())
    content = b"".join(archive(Packed(papers).entries()))
    return zipfile.ZipFile(io.BytesIO(content))


def lines(unpacked):
    text = unpacked.read(MANIFEST).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_files_stand_by_slot_and_version(unpacked):
    assert unpacked.testzip() is None
    assert unpacked.namelist() == [
        "documents/Agenda/v1 agenda.pdf",
        "documents/Agenda/v2 agenda.pdf",
        "documents/Flyer/v1 =flyer.pdf",
        MANIFEST,
    ]


def test_the_manifest_says_what_each_is_and_proves_it(unpacked):
    found = lines(unpacked)

    assert list(found[0]) == list(HEAD)
    assert [(each["document"], each["version"], each["note"]) for each in found] == [
        ("Agenda", "1", "first"),
        ("Agenda", "2", "final"),
        ("Flyer", "1", ""),
    ]
    for each in found:
        read = unpacked.read(each["path"])
        assert each["sha256"] == hashlib.sha256(read).hexdigest()
        assert (each["state"], int(each["size"])) == ("whole", len(read))


def test_no_cell_of_the_manifest_is_a_formula(unpacked):
    assert lines(unpacked)[2]["file"] == "'=flyer.pdf"


def test_a_file_that_was_lost_or_altered_is_called_so(activity, organisation):
    access = held_by(member(organisation, "coordinator"), organisation)
    papers, _kept_back = papers_for(access, activity, at=now())
    with default_storage.open(papers[0].file.storage_name, "wb") as kept:
        kept.write(b"%PDF something else")
    default_storage.delete(papers[1].file.storage_name)

    content = b"".join(archive(Packed(papers).entries()))

    found = lines(zipfile.ZipFile(io.BytesIO(content)))
    assert [each["state"] for each in found] == ["altered", "missing", "whole"]


def test_two_files_of_one_name_do_not_hide_each_other(activity, organisation):
    access = held_by(member(organisation, "coordinator"), organisation)
    papers, _kept_back = papers_for(access, activity, at=now())

    content = b"".join(archive(Packed([papers[0], papers[0]]).entries()))

    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names[:2] == [papers[0].path, f"{papers[0].path} (2)"]


def test_nobody_takes_what_they_may_not_fetch(activity, organisation):
    other = ActivityFactory()
    user = member(organisation, "coordinator", scope_kind="activity", scope_id=other.pk)

    papers, kept_back = papers_for(held_by(user, organisation), activity, at=now())

    assert (papers, kept_back) == ([], 3)
