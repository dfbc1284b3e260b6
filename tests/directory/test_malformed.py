"""Rows and whole files spoilt in every way that we know: a reason each, nothing half-imported."""

import csv
import io
import random
import zipfile
from collections import Counter

import pytest
import xlsxwriter

from symposia.directory.actions.import_files import receive_clinicians
from symposia.directory.actions.imports import Reading, begin_check, check_and_import_rows
from symposia.directory.import_words import REASONS, Reason
from symposia.directory.imports.table import Meaning
from symposia.directory.models import Clinician, Identifier, Institution
from symposia.shared.actors import SYSTEM
from symposia.work.apart import Unreadable
from symposia.work.models import ImportRow, ImportState
from tests.directory.imports import bring_in, table_path

HEAD = ("Name", "Number", "Mail", "Role", "Hospital", "City", "Country", "Territory")
FIELDS = (
    *("full_name", "number", "email", "profession", "institution", "city"),
    *("country", "territory"),
)
MEANING = Meaning({name: place for place, name in enumerate(FIELDS)}, country="IN")
NAMES = ("Asha Rao", "Zoë Müller", "José O'Brien-Núñez", "李小龍", "Иван Петров", "محمد علي")


def good(chance, number):
    """Somebody who can be imported."""
    return {
        "full_name": f"{chance.choice(NAMES)} {number}",
        "number": f"N{number}",
        "email": chance.choice(("", f"p{number}@example.org")),
        "profession": chance.choice(("", "Nurse", "dr.", "physician")),
        "institution": chance.choice(("", "Bhima Hospital\nPune", "Tara, Clinic")),
        "city": chance.choice(("", "Pune", 'The "Fort"')),
        "country": chance.choice(("", "in", "US")),
        "territory": "",
    }


def _cell(name, *values):
    return lambda chance: {name: chance.choice(values)}


def _any_cell(make):
    return lambda chance: {chance.choice(FIELDS): make(chance)}


# What is done to a row, and the reason it has to be given for.
SPOILT = {
    Reason.NO_NAME: _cell("full_name", "", "   ", "\t"),
    Reason.NO_KEY: lambda _chance: {"number": "", "email": ""},
    Reason.BAD_EMAIL: _cell("email", "no-at", "two@@example.org", "a b@example.org", "x@"),
    Reason.UNKNOWN_PROFESSION: _cell("profession", "wizard", "12", "§"),
    Reason.UNKNOWN_COUNTRY: _cell("country", "India", "I", "1N", "ÖÖ"),
    Reason.UNKNOWN_TERRITORY: _cell("territory", "atlantis", "' OR 1=1 --", "%"),
    Reason.TOO_LONG: lambda chance: {
        chance.choice(("full_name", "number", "institution", "city")): "x"
        * chance.choice((201, 9_000, 90_000))
    },
    Reason.NOT_TEXT: _any_cell(
        lambda chance: f"a{chance.choice((chr(1), chr(7), chr(0x1B), chr(0xFFFD)))}b"
    ),
    Reason.FORMULA: _any_cell(
        lambda chance: chance.choice(
            (
                '=HYPERLINK("http://example.org")',
                "=1+1",
                "@SUM(A1)",
                "+cmd|' /C calc'!A0",
                "-A1",
                " =A1",
            )
        )
    ),
    Reason.BROKEN_LINE: _cell("full_name", "Asha Rao,N1,\nRavi Iyer", "A\r\nB", "A\nB\nC"),
    Reason.WRONG_COLUMNS: lambda _chance: {"more": "one cell too many"},
    Reason.REPEATED: lambda _chance: {"number": "N2"},
}


def rows_of(chance, count):
    """Rows, each with the reason it has to be rejected for; every second is good, the first too."""
    ways = list(SPOILT.items())
    for number in range(2, count + 2):
        row = good(chance, number)
        if number % 2 == 0:
            yield "", row
            continue
        reason, spoil = ways[(number // 2) % len(ways)]
        row["institution"] = f"House of row {number}"
        yield reason, row | spoil(chance)


@pytest.mark.parametrize("count", [1_200, pytest.param(20_000, marks=pytest.mark.nightly)])
def test_every_spoilt_row_has_its_reason_and_leaves_nothing(organisation, tmp_path, count):
    chance = random.Random(count)  # noqa: S311  # invented rows, not secrets
    rows = list(rows_of(chance, count))
    path = table_path(tmp_path, HEAD, *(row.values() for _reason, row in rows))

    made, verdict = bring_in(organisation, path, meaning=MEANING)

    # A cell may hold line breaks: the line of the report counts rows of the table.
    wanted = {line: reason for line, (reason, _row) in enumerate(rows, start=2)}
    told = {row.line: row.reason for row in ImportRow.objects.of(made)}
    assert {
        line: (wanted[line], told.get(line)) for line in wanted if wanted[line] != told.get(line)
    } == {}
    assert verdict.reasons == Counter(reason for reason in wanted.values() if reason)
    fit = {row["full_name"]: row for reason, row in rows if not reason}
    assert dict(Clinician.objects.values_list("full_name", "email")) == {
        name: row["email"] for name, row in fit.items()
    }
    assert Identifier.objects.count() == len(fit)
    assert not Institution.objects.filter(name__startswith="House of row").exists()


def text_of(rows, **how):
    out = io.StringIO()
    csv.writer(out, **how).writerows(rows)
    return out.getvalue()


def table(chance, count=40):
    return [HEAD, *(tuple(good(chance, number).values()) for number in range(2, count + 2))]


def plain(chance):
    return text_of(table(chance)).encode()


def workbook(chance):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(table(chance)):
            sheet.write_row(place, 0, row)
    return out.getvalue()


def archive(content, name="people.csv"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return out.getvalue()


def cut(chance, content):
    return content[: chance.randrange(30, len(content) - 30)]


def bitten(chance, content):
    """Some bytes are others than they were."""
    spoilt = bytearray(content)
    for _time in range(chance.randrange(1, 40)):
        spoilt[chance.randrange(4, len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def with_sheet(chance, change):
    """A workbook whose sheet is something else."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook(chance)))
    with source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            data = source.read(name)
            made.writestr(name, change(data) if name.endswith("sheet1.xml") else data)
    return out.getvalue()


def bomb(chance):
    cell = b"<row><c t='inlineStr'><is><t>" + b"A" * 1000 + b"</t></is></c></row>"
    return with_sheet(
        chance, lambda data: data.replace(b"<sheetData>", b"<sheetData>" + cell * 400_000)
    )


def locked(chance):
    """An archive that says it wants a password."""
    content = bytearray(archive(plain(chance)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def late_bytes(chance):
    """Text for longer than anybody looks, then bytes that are none."""
    return (
        plain(chance) + text_of(table(chance, 9_000)[1:]).encode() + b"\xff\xfe\xc3\x28,N9\r\n" * 3
    )


def open_at_the_end(chance):
    return plain(chance) + b'"Open Quote,N99\r\nSwallowed One,N100\r\nSwallowed Two,N101\r\n'


# Whole files that cannot be taken, and a part of what is said of them.
UNREADABLE = {
    "empty": (lambda _chance: b"", "empty"),
    "blanks": (lambda _chance: b" \r\n\t\r\n  ", "empty"),
    "a mark and nothing": (lambda _chance: b"\xef\xbb\xbf", "empty"),
    "a header of commas": (lambda _chance: b",,,,\r\na,b,c,d,e\r\n", "names no column"),
    "a million columns": (
        lambda _chance: ",".join(f"c{n}" for n in range(1_000_000)).encode() + b"\r\n",
        "first line",
    ),
    "two thousand columns": (
        lambda _chance: ",".join(f"c{n}" for n in range(2_000)).encode() + b"\r\n1\r\n",
        "1000 columns",
    ),
    "a header of ten megabytes": (
        lambda _chance: b"Name" * 2_500_000 + b",Number\r\n",
        "first line",
    ),
    "a picture": (
        lambda _chance: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200),
        "not a table",
    ),
    "zeros among the first rows": (
        lambda chance: plain(chance) + b"A\x00B,N99\r\n",
        "not a table",
    ),
    "two bytes a letter, unsaid": (
        lambda chance: plain(chance).decode().encode("utf-16-le"),
        "not a table",
    ),
    "half a letter": (
        lambda chance: plain(chance).decode().encode("utf-16") + b"a",
        "not text any more",
    ),
    "bytes late": (late_bytes, "not text any more"),
    "a quotation mark left open": (open_at_the_end, "never closed"),
    "an archive cut off": (lambda chance: cut(chance, archive(plain(chance))), "damaged"),
    "an archive of nothing": (lambda _chance: archive(b"x", "read.me"), "no CSV"),
    "an empty archive": (lambda _chance: b"PK\x05\x06" + bytes(18), "no CSV"),
    "an archive with a password": (locked, "locked"),
    "an archive made to fill the machine": (
        lambda _chance: archive(b"name,email\n" + b"a" * 20_000_000),
        "far more",
    ),
    "a workbook cut off": (lambda chance: cut(chance, workbook(chance)), "damaged"),
    "a workbook without its sheet": (lambda chance: with_sheet(chance, lambda _data: b"<not"), ""),
    "a workbook made to fill the machine": (bomb, ""),
    "an old workbook that is none": (lambda _chance: b"\xd0\xcf\x11\xe0" + bytes(600), ""),
}
NIGHTS = [0, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(1, 6))]


def fate_of(organisation, path, content):
    """What somebody is told who hands a file in, or nothing where all of it went well."""
    path.write_bytes(content)
    try:
        made = receive_clinicians(path, name=path.name, by=SYSTEM)
    except Unreadable as no:
        return str(no) or "This file cannot be read."
    made.mapping = MEANING.as_json()
    made.save()
    begin_check(made, by=SYSTEM)
    check_and_import_rows(Reading(organisation.pk, made.pk, path), by=SYSTEM)
    made.refresh_from_db()
    assert made.state in {ImportState.DONE, ImportState.CHECKED, ImportState.FAILED}
    assert (made.state == ImportState.FAILED) == bool(made.problem)
    assert set(made.counts.get("reasons", {})) <= set(REASONS)
    if made.state == ImportState.DONE:
        assert Clinician.objects.count() == made.counts["new"]
    return made.problem


@pytest.mark.parametrize("seed", NIGHTS)
@pytest.mark.parametrize("way", UNREADABLE)
def test_a_spoilt_file_says_why_and_brings_nothing(organisation, tmp_path, way, seed):
    make, said = UNREADABLE[way]
    chance = random.Random(seed)  # noqa: S311  # invented files, not secrets

    told = fate_of(organisation, tmp_path / "people", make(chance))

    assert told
    assert said in told
    assert not Clinician.objects.exists()
    assert not Institution.objects.exists()


# The twentieth makes an archive point before its own beginning.
BITES = [
    seed if seed < 4 or seed == 20 else pytest.param(seed, marks=pytest.mark.nightly)
    for seed in range(200)
]


@pytest.mark.parametrize("make", [plain, workbook, lambda chance: archive(plain(chance))])
@pytest.mark.parametrize("seed", BITES)
def test_whatever_bytes_are_bitten_it_ends_in_words(organisation, tmp_path, make, seed):
    """All that is good comes in, or nothing does and somebody is told why."""
    chance = random.Random(seed)  # noqa: S311  # invented files, not secrets

    told = fate_of(organisation, tmp_path / "people", bitten(chance, make(chance)))

    assert not (told and Clinician.objects.exists())


def test_a_cell_of_ten_megabytes_is_one_row_that_is_too_long(organisation, tmp_path):
    rows = ((f"{'x' * 10_000_000}", "N1"), ("Asha Rao", "N2"))
    path = table_path(tmp_path, HEAD, *rows)

    made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert {row.line: row.reason for row in ImportRow.objects.of(made)} == {2: "too_long", 3: ""}
    assert verdict.new == 1


def test_a_zero_far_into_a_file_is_one_row_that_is_not_text(organisation, tmp_path):
    long = ("Asha Rao", "N1", "", "", "", "x" * 300_000)
    path = table_path(tmp_path, HEAD, long, ("A\0B", "N2"), ("Ravi Iyer", "N3"))

    made, _verdict = bring_in(organisation, path, meaning=MEANING)

    told = {row.line: row.reason for row in ImportRow.objects.of(made)}
    assert told == {2: "too_long", 3: "not_text", 4: ""}


def test_columns_of_one_name_are_told_apart_by_their_place(organisation, tmp_path):
    path = table_path(
        tmp_path, ("Name", "Number", "Name", "Number"), ("A One", "N1", "B Two", "N2")
    )
    made = receive_clinicians(path, name=path.name, by=SYSTEM)
    assert made.mapping["columns"] == {"full_name": 0, "number": 1}

    bring_in(organisation, path, meaning=Meaning({"full_name": 2, "number": 3}))

    assert Clinician.objects.get().full_name == "B Two"


def test_a_file_that_is_a_header_alone_has_nothing_to_import(organisation, tmp_path):
    path = table_path(tmp_path, HEAD)

    made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert (made.state, verdict.rows) == (ImportState.CHECKED, 0)


def test_a_name_that_grows_when_it_is_searched_comes_in(organisation, tmp_path):
    """One sign of these stands for eighteen letters."""
    path = table_path(tmp_path, HEAD, ("\ufdfa" * 60, "N1"))

    _made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert verdict.new == 1
    assert len(Clinician.objects.get().search_text) == 420
