"""Questions as packages of QTI 3.0: written, read back the same, and read with suspicion."""

import io
import zipfile
from decimal import Decimal

import pytest

from symposia.assessment.actions.bank_files import check_questions, import_questions
from symposia.assessment.models import BankKind, BankQuestion, CreditRule
from symposia.assessment.qti.reading import wishes_of_package
from symposia.assessment.qti.writing import package
from symposia.assessment.queries.bank import latest_of, published_wordings
from symposia.assessment.wording import OptionFacts, Wording
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.apart import Unreadable
from symposia.work.files import store_file
from symposia.work.models import ImportRow
from tests.factories.assessment import bank_question, choice

KINDS = (
    choice(),
    choice("Which two?", right=("Alteplase", "Aspirin"), rule=CreditRule.PARTS),
    Wording(
        BankKind.ORDER,
        "In which order?",
        (OptionFacts("Look", True), OptionFacts("Act & look", True, "", "Why <now>")),
        CreditRule.PARTS,
    ),
    Wording(
        BankKind.MATCH,
        "What belongs?",
        (OptionFacts("Aspirin", True, "Platelets"), OptionFacts("Heparin", True, "Thrombin")),
    ),
    Wording(
        BankKind.NUMERIC,
        "How much?",
        value=Decimal("0.9"),
        tolerance=Decimal("0.05"),
        unit="mg/kg",
        rationale="As the label says.",
        reference="Label",
    ),
    Wording(BankKind.SHORT, "What is it?", (OptionFacts("AF", True), OptionFacts("fib", True))),
)
ITEM = (
    '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="x" '
    'title="Strange">{}</qti-assessment-item>'
)
CHOICES = (
    '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">'
    "<qti-correct-response><qti-value>A</qti-value></qti-correct-response>"
    "</qti-response-declaration><qti-item-body>{}<qti-choice-interaction "
    'response-identifier="RESPONSE" max-choices="1"><qti-prompt>Which?</qti-prompt>'
    '<qti-simple-choice identifier="A">Yes</qti-simple-choice>'
    '<qti-simple-choice identifier="B">No</qti-simple-choice></qti-choice-interaction>'
    "</qti-item-body>"
)


def zipped(tmp_path, files, *, manifest=None):
    path = tmp_path / "package.zip"
    resources = "".join(
        f'<resource identifier="r{n}" type="imsqti_item_xmlv3p0" href="{name}"/>'
        for n, name in enumerate(files)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest or f"<manifest>{resources}</manifest>")
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def problems(path):
    return [wish.problem for wish in wishes_of_package(path)]


def test_every_kind_comes_back_as_it_was_written(organisation, tmp_path):
    for wording in KINDS:
        bank_question(wording)
    bank_question(choice("A draft?"), published=False)
    path = tmp_path / "package.zip"
    path.write_bytes(b"".join(package(published_wordings())))

    read = [wish.wording for wish in wishes_of_package(path)]

    kept = [worded.wording for worded in published_wordings()]
    assert [each.text for each in read] == [each.text for each in KINDS]
    assert read == kept


def test_a_package_is_looked_at_and_comes_in_as_drafts(organisation, tmp_path):
    bank_question()
    content = b"".join(package(published_wordings()))
    path = tmp_path / "package.zip"
    path.write_bytes(content)
    kept = store_file(
        content, name="p.zip", content_type="application/zip", purpose="questions", by=SYSTEM
    )

    made = check_questions(path, name="p.zip", storage_name=kept.storage_name, by=SYSTEM)
    assert BankQuestion.objects.count() == 1
    done = import_questions(made, by=SYSTEM)

    assert done.counts == {"new": 1}
    new = BankQuestion.objects.get(state="draft")
    assert latest_of(new).options[0].rationale == "About Alteplase."


def test_an_item_that_is_not_ours_is_listed_with_its_reason(organisation, tmp_path):
    hotspot = "<qti-item-body><qti-hotspot-interaction/></qti-item-body>"
    path = zipped(
        tmp_path,
        {
            "good.xml": ITEM.format(CHOICES.format("<p>Look at this.</p>")),
            "hotspot.xml": ITEM.format(hotspot),
            "two.xml": ITEM.format(CHOICES.format("<qti-slider-interaction/>")),
            "picture.xml": ITEM.format(CHOICES.format('<p><img src="a.png"/></p>')),
            "broken.xml": "<qti-assessment-item>",
            "no-words.xml": ITEM.format(CHOICES.format("").replace("<qti-value>A</qti-value>", "")),
        },
    )

    made = check_questions(path, name="p.zip", by=SYSTEM)

    rows = ImportRow.objects.of(made)
    assert [(row.outcome, row.reason) for row in rows] == [
        ("new", ""),
        ("rejected", "interaction"),
        ("rejected", "interaction"),
        ("rejected", "media"),
        ("rejected", "item"),
        ("rejected", "refused"),
    ]
    assert next(wishes_of_package(path)).wording.text == "Look at this.\nWhich?"


def test_no_entity_is_followed_and_no_document_type_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read")
    dtd = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    item = ITEM.format(CHOICES.format("<p>&s;</p>"))

    path = zipped(tmp_path, {"a.xml": dtd + item, "b.xml": bomb + item.replace("&s;", "&b;")})

    assert problems(path) == ["item", "item"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "missing.xml", ""])
def test_a_manifest_leads_nowhere_outside_its_package(tmp_path, name):
    manifest = (
        f'<manifest><resource identifier="r" type="imsqti_item_xmlv3p0" href="{name}"/></manifest>'
    )

    assert problems(zipped(tmp_path, {}, manifest=manifest)) == ["item"]


def test_what_unpacks_to_far_too_much_is_refused(tmp_path):
    path = zipped(tmp_path, {"a.xml": "a" * 20_000_000})

    with pytest.raises(Unreadable, match="far more"):
        list(wishes_of_package(path))


def test_a_package_without_items_or_with_damage_is_refused_in_words(organisation, tmp_path):
    with pytest.raises(Refused, match="no item of QTI"):
        check_questions(zipped(tmp_path, {}), name="p.zip", by=SYSTEM)
    with pytest.raises(Unreadable, match="manifest"):
        list(wishes_of_package(zipped(tmp_path, {}, manifest="<manifest")))
    whole = zipped(tmp_path, {"a.xml": ITEM.format(CHOICES.format(""))}).read_bytes()
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(whole.replace(b"PK\x01\x02", b"PK\x01\x03", 1))
    with pytest.raises(Unreadable, match="damaged"):
        list(wishes_of_package(damaged))


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_is_refused_in_words_however_an_archive_is_packed(tmp_path, packed):
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w", packed) as archive:
        archive.writestr("imsmanifest.xml", "<manifest>" + "<resource/>" * 500 + "</manifest>")
    whole = bytearray(path.read_bytes())
    whole[60:80] = bytes(each ^ 0x5A for each in whole[60:80])
    path.write_bytes(whole)

    with pytest.raises(Unreadable, match="damaged"):
        list(wishes_of_package(path))


def test_an_encoding_that_nobody_knows_is_refused_in_words(tmp_path):
    head = '<?xml version="1.0" encoding="klingon"?>'
    item = ITEM.format(CHOICES.format(""))

    assert problems(zipped(tmp_path, {"a.xml": head + item, "b.xml": item})) == ["item", ""]
    with pytest.raises(Unreadable, match="manifest"):
        list(wishes_of_package(zipped(tmp_path, {}, manifest=f"{head}<manifest/>")))


@pytest.mark.parametrize("of", ["entry", "directory"])
def test_a_name_in_another_code_than_it_says_is_refused_in_words(organisation, tmp_path, of):
    """An archive has every name twice: before its file, and in the directory at its end."""
    path = zipped(tmp_path, {"größe.xml": ITEM.format(CHOICES.format(""))})
    name, wrong = "größe.xml".encode(), b"gr\xff\xf6\xff\xdfe.xml"
    before, at, after = path.read_bytes().rpartition(name)
    if of == "entry":
        path.write_bytes(before.replace(b"\0" * 2 + name, b"\0" * 2 + wrong, 1) + at + after)
        assert problems(path) == ["item"]
        return
    path.write_bytes(before + wrong + after)
    with pytest.raises(Unreadable, match="damaged"):
        list(wishes_of_package(path))
    with pytest.raises(Refused, match="cannot be read"):
        check_questions(path, name="p.zip", by=SYSTEM)


def test_the_archive_is_one_that_others_can_open(organisation):
    bank_question()

    with zipfile.ZipFile(io.BytesIO(b"".join(package(published_wordings())))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "imsmanifest.xml"
        assert b"match_correct.xml" in archive.read(archive.namelist()[1])
