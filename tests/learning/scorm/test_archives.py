"""Hostile archives: every one is refused in words, and nothing of it is ever a path of ours."""

import gzip
import stat

import pytest

from symposia.demonstration.packages import manifest, package
from symposia.learning.scorm.archives import reading
from symposia.learning.scorm.objections import Unfit
from symposia.learning.scorm.reading import reading_package
from tests.factories.packages import (
    bomb,
    declared,
    good,
    many_small_bombs,
    overlapping,
    raw_name,
    with_entry,
    with_flags,
    with_href,
    with_manifest,
    with_method,
    with_names,
    with_wrong_sum,
    zipped,
)

OUT = [
    *("../evil.html", "../../evil.html", "a/../../evil.html", "..", "../", "a/..", "./one2.html"),
    *("a/./b.html", "..\\evil.html", "..\\..\\evil.html", "a\\..\\..\\evil.html", "..\\", "a/../b"),
    *(" ../evil.html", "a/ ../../b", "../../../../../../etc/passwd", "a/b/c/../../../../evil", "."),
]
ABSOLUTE = [
    *("/etc/passwd", "//server/share", "\\\\server\\share", "\\evil.html", "/", "///", "C:\\evil"),
    *("C:/evil.html", "c:evil.html", "Z:\\a\\b", "/../evil.html", "D:"),
]
SIGNS = [
    *(f"a{chr(code)}b.html" for code in (1, 7, 8, 9, 10, 13, 27, 31, 127, 133, 159)),
    *("evil\x00.html", "a.html\x00.txt", "\x00", "a/\x00/b"),
    *("a\u202eb.html", "a\u200bb.html", "a\u2066b.html", "\ufeffa.html", "a\u200f.html"),
    *("a<b.html", "a>b.html", 'a"b.html', "a|b.html", "a?b.html", "a*b.html", "one:stream"),
    *(
        "file:///etc/passwd",
        "http://evil.example/a",
        "a//b.html",
        "a/",
        "trail. /b",
        "a./b",
        "end.",
    ),
    *("end ", "....//a", "\ue000.html"),
]
PROGRAMS = [
    f"setup.{end}"
    for end in (
        *("exe", "dll", "msi", "bat", "cmd", "com", "scr", "pif", "ps1", "vbs", "wsf", "hta"),
        *("lnk", "apk", "dmg", "deb", "rpm", "sh", "EXE"),
    )
]
ARCHIVES = [
    f"inner.{end}"
    for end in (
        *("zip", "rar", "7z", "tar.gz", "tgz", "tar", "bz2", "xz", "cab", "iso", "jar", "war"),
        *("arj", "lzh", "zst", "ZIP"),
    )
]
KINDS = [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFCHR, stat.S_IFBLK]
TWINS = [
    (("a.html", "a.html"), "package_twice"),
    (("one.html",), "package_twice"),
    (("A.html", "a.html"), "package_alike"),
    (("ONE.html",), "package_alike"),
    (("IMSManifest.xml",), "package_alike"),
    (("stra\u00dfe.html", "strasse.html"), "package_alike"),
    (("\u00e9.html", "e\u0301.html"), "package_twice"),
    (("a/b.html", "A/c.html"), "package_alike"),
    (("a", "a/b.html"), "package_file_and_folder"),
    (("a/b.html", "A"), "package_file_and_folder"),
    (("one.html/x",), "package_file_and_folder"),
]
NO_ARCHIVES = [
    *(b"", b"P", b"PK", b"PK\x03\x04", b"hello", b"<html></html>", b"%PDF-1.7", b"\x1f\x8b\x08"),
    *(b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c", b"MZ\x90\x00", b"PK\x05\x06" + b"\0" * 17),
]


def _xml(inside, before=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}{inside}'


MANIFEST = manifest("1.2", "A course", [("one", "One", "one.html")])
BODY = MANIFEST.partition("?>")[2]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = [
    "<!DOCTYPE manifest>",
    '<!DOCTYPE manifest SYSTEM "http://evil.example/a.dtd">',
    '<!DOCTYPE manifest PUBLIC "-//a//b" "file:///etc/passwd">',
    '<!DOCTYPE manifest [<!ENTITY x "y">]>',
    '<!DOCTYPE manifest [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE manifest [<!ENTITY x SYSTEM "http://169.254.169.254/latest">]>',
    '<!DOCTYPE manifest [<!ENTITY % x SYSTEM "http://evil.example/a.dtd"> %x;]>',
    f'<!DOCTYPE manifest [<!ENTITY l0 "ha">{LAUGHS}]>',
    f'<!DOCTYPE manifest [<!ENTITY a "{"a" * 50_000}">]>',
    "<!DOCTYPE manifest [<!ELEMENT manifest ANY>]>",
]
NOT_WELL = [
    b"",
    b"no",
    b"<manifest>",
    b"<manifest></other>",
    b"\x00\x01\x02",
    MANIFEST.encode()[:-20],
    MANIFEST.replace("A course", "A & course").encode(),
    MANIFEST.encode().replace(b"A course", b"A \xff\xfe course"),
    MANIFEST.replace("UTF-8", "klingon").encode(),
    MANIFEST.replace("UTF-8", "ascii").replace("A course", "Ä course").encode(),
    MANIFEST.encode("utf-16-le"),
    MANIFEST.replace("A course", "&undeclared;").encode(),
    MANIFEST.replace("A course", "\x00").encode(),
]
HREFS = [
    *("http://evil.example/a.html", "https://evil.example/", "//evil.example/a.html", "HTTP:a"),
    *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/etc/passwd", "/one.html"),
    *("../one.html", "..\\one.html", "a/../../one.html", "%2e%2e/one.html", "..%2fone.html"),
    *("%2Fetc%2Fpasswd", "one.html%00.js", "C:\\one.html", "\\\\server\\one.html", "http://[x/"),
    *("blob:x", "about:blank", "vbscript:x", "ftp://evil.example/x", "%5c%5cserver%5cshare"),
]
MISSING = ["two.html", "ONE.html", "one.htm", "a/one.html", "?x=1", "#one.html"]


def _cases():
    for name in OUT:
        yield f"out {name!r}", with_entry(name), "package_outside"
    for name in ABSOLUTE:
        wanted = "package_no_name" if not name.strip("/") else "package_absolute"
        yield f"absolute {name!r}", with_entry(name), wanted
    for name in SIGNS:
        if name != "a/":
            yield f"signs {name!r}", with_entry(name), "package_name_signs"
    for name in PROGRAMS:
        yield f"program {name}", with_entry(name), "package_program"
    for begins in (b"MZ\x90\x00", b"\x7fELF\x02", b"\xcf\xfa\xed\xfe"):
        yield f"program {begins!r}", with_entry("photo.png", begins * 9), "package_program"
    for name in ARCHIVES:
        yield f"archive {name}", with_entry(name), "package_archive_inside"
    for begins in (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"):
        yield f"archive {begins!r}", with_entry("a.png", begins * 9), "package_archive_inside"
    for kind in KINDS:
        yield f"kind {kind:o}", with_entry("link", b"/etc/passwd", kind=kind), "package_not_a_file"
    for flag in (0x01, 0x40, 0x41):
        yield f"locked {flag}", with_flags(with_entry("last.txt"), flag), "package_locked"
    for method in (1, 6, 9, 12, 14, 93, 97, 99):
        yield f"method {method}", with_method(method), "package_method"
    for names, code in TWINS:
        yield f"twins {names}", with_names(*names), code
    for content in NO_ARCHIVES:
        wanted = "package_damaged" if content.startswith(b"PK") else "package_not_zip"
        yield f"no archive {content[:8]!r}", content, wanted
    whole = zipped(good())
    for cut in (30, 60, 100, 200, 300, len(whole) - 22, len(whole) - 1):
        yield f"cut at {cut}", whole[:cut], "package_damaged"


def _cases_by_hand():
    long, deep = "a" * 241, "a/" * 24 + "b.html"
    yield "a long name", with_entry(long), "package_name_long"
    yield "a deep name", with_entry(deep), "package_name_long"
    yield "names in latin-1", raw_name(b"gr\xf6\xdfe.html"), "package_name_encoding"
    yield "names in shift-jis", raw_name("試験.html".encode("shift_jis")), "package_name_encoding"
    yield "names that lie", raw_name(b"a\xff\xfe.html", utf8=True), "package_name_encoding"
    yield "a bomb", bomb(), "package_bomb"
    yield "many small bombs", many_small_bombs(), "package_bomb"
    yield "a size of 3 gigabytes", declared(3 * 1024**3), "package_unpacks_too_large"
    yield "a size of 300 megabytes", declared(300 * 1024**2), "package_unpacks_too_large"
    yield "a size of 60 megabytes", declared(60 * 1024**2), "package_bomb"
    yield "too many files", with_names(*(f"{n}.txt" for n in range(8_001))), "package_too_many"
    yield "files in each other", overlapping(), "package_overlaps"
    yield "no manifest", zipped({"one.html": "x"}), "package_no_manifest"
    yield "nothing", zipped({}), "package_no_manifest"
    deeper = zipped({f"course/{name}": words for name, words in good().items()})
    yield "a folder", deeper, "package_manifest_deeper"
    yield "a manifest in capitals", zipped({"IMSMANIFEST.XML": MANIFEST}), "package_no_manifest"


def _manifests():
    for doctype in DOCTYPES:
        words = _xml(BODY.replace("A course", "&l9;"), doctype)
        yield f"doctype {doctype[:40]}", with_manifest(words), "manifest_entities"
    for content in NOT_WELL:
        yield f"not well {content[:30]!r}", with_manifest(content), "manifest_unreadable"
    for href in HREFS:
        yield f"href {href}", with_href(href), "manifest_href_elsewhere"
    for href in MISSING:
        yield f"missing {href}", with_href(href), "manifest_href_missing"
    large = MANIFEST.replace("A course", "".join(map(str, range(900_000))))
    yield "a large manifest", zipped(good() | {"imsmanifest.xml": large}), "manifest_large"
    for said in ("1.1", "CC 1.3", "2003", "QTI", "", "<b/>"):
        words = MANIFEST.replace(">1.2<", f">{said}<").replace("adlcp_rootv1p2", "other")
        yield f"no SCORM {said}", with_manifest(words), "manifest_no_scorm"
    item = '<item identifier="x"><title>x</title>'
    for code, inside in (
        ("manifest_no_items", ""),
        ("manifest_no_items", "<title>x</title>"),
        ("manifest_too_deep", item.replace('"x"', '"x%d"') * 13),
        ("manifest_too_deep", (item + "</item>").replace('"x"', '"x%d"') * 501),
        ("manifest_item_twice", (item + "</item>") * 2),
        ("manifest_item_twice", "<item><title>x</title></item>"),
        ("manifest_item_unknown", '<item identifier="x" identifierref="nothing"/>'),
    ):
        count = inside.count("%d")
        items = inside % tuple(range(count)) if count else inside
        items += "</item>" * (13 if count == 13 else 0)
        start, _, rest = BODY.partition('<organization identifier="all">')
        words = f'{start}<organization identifier="all">{items}</organization>'
        words = _xml(words + rest.partition("</organization>")[2])
        yield f"{code} {inside[:40]}", with_manifest(words), code
    no_href = MANIFEST.replace('href="one.html">', ">", 1)
    yield "no href", with_manifest(no_href), "manifest_item_no_href"
    for said in ("many", "101", "-1", "1e9", "nan", "inf"):
        words = manifest("1.2", "A", [("one", "One", "one.html")], mastery={"one": 50})
        words = words.replace(">50<", f">{said}<")
        yield f"mastery {said}", with_manifest(words), "manifest_number"


CASES = [*_cases(), *_cases_by_hand(), *_manifests()]


def test_there_are_enough_of_them():
    assert len({content for _label, content, _code in CASES}) >= 200


@pytest.mark.parametrize(("content", "code"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_hostile_archive_is_refused_in_words(content, code):
    with pytest.raises(Unfit) as refused, reading_package(content):
        pytest.fail("it was taken in")

    assert refused.value.objection.code == code
    said = str(refused.value.objection)
    assert said.endswith(".")
    assert "%(" not in said
    assert all(sign.isprintable() for sign in said)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (with_entry("../evil.html"), "../evil.html"),
        (with_entry("a/setup.exe"), "a/setup.exe"),
        (with_entry("a\u202eb.html"), "a�b.html"),
        (with_names("A.html", "a.html"), "A.html"),
        (with_href("two.html"), "two.html"),
        (bomb(name="films/bomb.mp4"), "films/bomb.mp4"),
    ],
)
def test_the_sentence_names_the_file(content, named):
    with pytest.raises(Unfit, match=r".") as refused, reading_package(content):
        pytest.fail("it was taken in")

    assert named in str(refused.value.objection)


def test_a_file_that_is_not_what_its_sum_says_is_refused_once_it_is_read():
    with (
        pytest.raises(Unfit) as refused,
        reading_package(with_wrong_sum()) as found,
        reading(found.archive, found.members[-1]) as source,
    ):
        source.read()

    assert "last.txt" in str(refused.value.objection)


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_good_package_is_read(standard):
    with reading_package(package(standard)) as found:
        assert [each.id for each in found.manifest.items] == ["read", "ask"]
        assert found.manifest.standard == standard
        assert {each.path for each in found.members} >= {"imsmanifest.xml", "course.js"}


def test_what_file_managers_leave_behind_is_left_out():
    content = with_names("__MACOSX/._one.html", ".DS_Store", "a/Thumbs.db", "a\\b.html")

    with reading_package(content) as found:
        assert [each.path for each in found.members] == ["imsmanifest.xml", "one.html", "a/b.html"]


def test_names_of_other_scripts_are_read():
    content = zipped(good(**{"الدرس.html": "x", "größe.html": "x"}))

    with reading_package(content) as found:
        assert {"الدرس.html", "größe.html"} <= {each.path for each in found.members}


def test_documents_to_take_home_are_no_archives_inside():
    inner = zipped({"a.xml": "x"})
    more = {"paper.docx": inner, "mobile/data.gz": gzip.compress(b"data")}

    with reading_package(zipped(good(**more))) as found:
        assert set(more) <= {each.path for each in found.members}
