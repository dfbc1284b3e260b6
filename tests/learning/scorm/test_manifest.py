"""What manifests say: items in their order, addresses with parameters, what passes."""

import pytest

from symposia.demonstration.packages import manifest
from symposia.learning.scorm.manifest import inside, read_manifest

PARTS = [("a", "First", "a.html"), ("b", "Second & last", "b/index.html?x=1")]
PATHS = {"a.html", "b/index.html", "content/a.html"}


def read(words, paths=PATHS):
    return read_manifest(words.encode() if isinstance(words, str) else words, paths)


@pytest.mark.parametrize(("standard", "mastery"), [("1.2", 80), ("2004", 0.8)])
def test_items_are_read_with_what_they_open_and_what_passes(standard, mastery):
    found = read(manifest(standard, "A course", PARTS, mastery={"b": 80}))

    assert found.title == "A course"
    assert [each.href for each in found.items] == ["a.html", "b/index.html?x=1"]
    assert [each.mastery for each in found.items] == [None, mastery]
    assert all(each.is_sco for each in found.items)
    assert found.has_choice


def test_headings_stand_above_what_is_opened():
    words = manifest("1.2", "A course", PARTS)
    words = words.replace(
        '<item identifier="a"', '<item identifier="h"><title>Part</title><item identifier="a"'
    ).replace("</item></organization>", "</item></item></organization>")

    found = read(words)

    assert [(each.id, each.depth) for each in found.items] == [("h", 0), ("a", 1), ("b", 1)]
    assert [each.id for each in found.opened] == ["a", "b"]


def test_what_passes_is_said_of_the_part_and_not_of_the_heading_above_it():
    words = manifest("2004", "A course", PARTS, mastery={"a": 80})
    words = words.replace(
        '<item identifier="a"', '<item identifier="h"><title>Part</title><item identifier="a"'
    ).replace("</item></organization>", "</item></item></organization>")

    found = {each.id: each.mastery for each in read(words).items}

    assert found == {"h": None, "a": 0.8, "b": None}


def test_bases_and_parameters_are_joined():
    words = manifest("2004", "A course", PARTS[:1])
    words = words.replace("<resources>", '<resources xml:base="content/">').replace(
        'identifierref="r-a"', 'identifierref="r-a" parameters="?lang=en"'
    )

    assert read(words).items[0].href == "content/a.html?lang=en"


@pytest.mark.parametrize(
    ("said", "given", "href"),
    [
        ("a.html", "", "a.html"),
        ("a.html#top", "", "a.html#top"),
        ("a.html", "#end", "a.html#end"),
        ("a.html?x=1", "&y=2", "a.html?x=1&y=2"),
        ("a.html?x=1#top", "y=2#z", "a.html?x=1&y=2%23z#top"),
        ("x/../a.html", "", "a.html"),
        ("./a.html", "", "a.html"),
        ("a%20b%23.html", "", "a%20b%23.html"),
    ],
)
def test_addresses(said, given, href):
    assert inside(said, "x").with_parameters(given) == href


def test_the_default_organization_is_read():
    words = manifest("1.2", "Second", PARTS).replace(
        "<organizations default=",
        '<organizations default="all"><organization identifier="x"><title>First</title>'
        "</organization></organizations><organizations default=",
    )
    both = words.replace(
        '</organization></organizations><organizations default="all">', "</organization>", 1
    )

    assert read(both).title == "Second"


@pytest.mark.parametrize(
    ("said", "edition"),
    [("2004 3rd Edition", "2004 3rd Edition"), ("CAM 1.3", "CAM 1.3"), ("", "2004")],
)
def test_editions_of_2004(said, edition):
    words = manifest("2004", "A", PARTS).replace("2004 4th Edition", said)

    found = read(words)

    assert (found.standard, found.edition) == ("2004", edition)


def test_an_organization_may_forbid_to_choose():
    mode = '<imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing>'
    words = manifest("2004", "A", PARTS).replace("</organization>", f"{mode}</organization>")

    assert not read(words).has_choice


def test_manifests_in_other_encodings():
    words = manifest("1.2", "Größe", PARTS).replace("UTF-8", "UTF-16")

    assert read(words.encode("utf-16")).title == "Größe"
    latin = manifest("1.2", "Größe", PARTS).replace("UTF-8", "ISO-8859-1")
    assert read(latin.encode("latin-1")).title == "Größe"
