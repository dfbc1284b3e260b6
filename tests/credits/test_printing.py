from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pypdfium2
import pytest
import zxingcpp

from symposia.credits.printing import print_certificates
from symposia.credits.wording import as_json, filled

ADDRESS = "https://cme.example.org/verify/abcdefghjkmnpqrstuvwxyz23456789a/"
AWARD = (
    "{provider} certifies that {name} has participated in the {format} titled {title} on {date}"
    " and is awarded {amount} *AMA PRA Category 1 Credit(s)*™."
)
VALUES = {
    "provider": "Harbour Teaching Hospital",
    "name": "Zoë Łęczyńska-O'Brien, MD",
    "format": "live activity",
    "title": "Acute stroke: thrombolysis update",
    "date": "11 March 2027",
    "amount": "1.25",
}


def paper(**facts):
    values = VALUES | {k: v for k, v in facts.items() if k in VALUES}
    return {
        "heading": "Certificate of credit",
        "provider": values["provider"],
        "language": "en",
        "paper": "a4",
        "statement": as_json(filled(AWARD, values)),
        "designation": as_json(filled("Designated for a maximum of 1.50.", {})),
        "accreditation": "The hospital is accredited.",
        "note": "",
        "holder_number": "NPI 1234567893",
        "number": "CERT-2027-0001",
        "issued": "Issued 12 March 2027",
        "check": "Check this certificate at",
        "verify_address": "cme.example.org/verify/",
        "verify_url": ADDRESS,
        "code": "ABCD-EFGH-JKMN-PQRS-TUVW-XYZ2-3456-789A",
        "qr_says": "QR code that opens the public check of this certificate",
    }


def printed(**facts):
    return next(print_certificates([(paper(**facts), datetime(2027, 3, 12, tzinfo=UTC))]))


@pytest.fixture(scope="module")
def document():
    return pypdf.PdfReader(BytesIO(printed()))


def test_the_pdf_is_tagged_and_says_its_language_and_title(document):
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en"
    assert document.metadata.title == "Certificate of credit CERT-2027-0001"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_structure_has_a_heading_and_a_described_figure(document):
    kinds, described = set(), []

    def walk(node):
        node = node.get_object()
        if isinstance(node, pypdf.generic.ArrayObject):
            for each in node:
                walk(each)
        elif isinstance(node, pypdf.generic.DictionaryObject):
            kinds.add(node.get("/S"))
            described.append(node.get("/Alt"))
            if "/K" in node:
                walk(node["/K"])

    walk(document.trailer["/Root"]["/StructTreeRoot"]["/K"])

    assert {"/Document", "/H1", "/P", "/Figure"} <= kinds
    assert "QR code that opens the public check of this certificate" in described


def test_every_font_is_in_the_file(document):
    fonts = document.pages[0]["/Resources"]["/Font"]
    assert len(fonts) >= 2
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get_object())


def test_the_sentence_of_the_body_reads_whole(document):
    text = " ".join(document.pages[0].extract_text().split())

    assert "is awarded 1.25 AMA PRA Category 1 Credit(s)™." in text
    assert "Zoë Łęczyńska-O'Brien, MD" in text


def test_the_square_code_on_the_rendered_page_opens_the_check():
    page = pypdfium2.PdfDocument(printed())[0]
    found = zxingcpp.read_barcodes(page.render(scale=2).to_pil())

    assert [code.text for code in found] == [ADDRESS]


def test_long_names_and_titles_still_fit_one_page():
    pdf = printed(
        name="Maximiliana Bartholomea von und zu Hohenstein-Weissenburg, MD, PhD, FACC, FAHA",
        title="An update on everything that anybody might want to know " * 3 + "about strokes",
        provider="The Department of Continuing Medical Education of the Harbour Hospital",
    )

    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) == 1
