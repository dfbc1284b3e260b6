"""How certificates look: what may be chosen, what stays, and what is printed of it."""

import base64
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from PIL import Image

from symposia.credits.actions.certificates import make_files
from symposia.credits.actions.claims import claim_credit, replace_certificate
from symposia.credits.actions.designs import design_certificates
from symposia.credits.designs import (
    Design,
    Signer,
    design_in,
    house_sentence,
    logo_from,
    wrong_placeholders,
)
from symposia.credits.models import Certificate, CertificateDesign, PaperColour
from symposia.credits.policies import NO_SUCH_FACT, TOO_LONG_FOR_A_PAGE, TOO_MANY_SIGNERS
from symposia.credits.queries import open_file
from symposia.credits.samples import sample_pdf, sample_picture
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.credits import attended

pytestmark = pytest.mark.usefixtures("files")


def picture(colour="red", size=(1200, 600)):
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, "PNG")
    return made.getvalue()


def certified():
    entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    return Certificate.objects.get(entry=entry)


def words(pdf):
    return " ".join(pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text().split())


def full():
    return Design(
        colour=PaperColour.PLUM,
        paper="us-letter",
        said="Signed for {name} by {provider}.",
        logo=logo_from(picture()),
        signers=(Signer("Dr Noor Chair", "Chair", logo_from(picture("blue"))), Signer("Dr Two")),
    )


def test_a_certificate_is_issued_in_the_look_of_its_day(organisation):
    before = certified()
    made = design_certificates(organisation, full(), by=SYSTEM)
    after = certified()

    assert (before.printed["design"], after.printed["design"]) == (0, made.number)
    assert after.printed["accent"] == "#5a2a5e"
    assert after.printed["said"] == f"Signed for {after.printed['name']} by {organisation.name}."
    assert after.printed["signers"][0] == {"name": "Dr Noor Chair", "role": "Chair"}
    (file,) = make_files([after.pk], by=SYSTEM)
    with open_file(file) as kept:
        pdf = kept.read()
    read = pypdf.PdfReader(BytesIO(pdf))
    assert len(read.pages) == 1
    assert "Dr Noor Chair" in words(pdf)
    assert "Signed for" in words(pdf)
    assert len(read.pages[0].images) >= 2
    assert round(float(read.pages[0].mediabox.width)) == 792


def test_a_later_version_has_the_look_of_its_own_day(organisation):
    first = certified()
    design_certificates(organisation, full(), by=SYSTEM)

    later = replace_certificate(first, reason="Misspelt.", by=SYSTEM)

    assert later.printed["design"] == 1
    assert first.printed["design"] == 0


def test_what_a_body_says_is_the_same_in_every_look(organisation):
    plain = certified()
    design_certificates(organisation, full(), by=SYSTEM)
    dressed = certified()

    for locked in ("designation", "accreditation", "unit", "check", "verify_address", "kind"):
        assert plain.printed[locked] == dressed.printed[locked]


def test_the_same_choice_is_no_new_version(organisation):
    first = design_certificates(organisation, full(), by=SYSTEM)

    assert design_certificates(organisation, design_in(first), by=SYSTEM) == first
    assert CertificateDesign.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("For {name} of {provider} on {date}: {title}", set()),
        ("{{name}}", set()),
        ("{amount}", {"{amount}"}),
        ("{name.__class__}", {"{name.__class__}"}),
        ("{name[0]}", {"{name[0]}"}),
        ("{name!r}", {"{name}"}),
        ("{name:>90}", {"{name}"}),
        ("{}", {"{}"}),
        ("{", {"{"}),
        ("{name", {"{"}),
        ("}", {"{"}),
    ],
)
def test_only_the_named_facts_are_filled_in(said, wrong):
    assert wrong_placeholders(said) == wrong


def test_what_is_filled_in_is_not_read_again():
    assert house_sentence("{name}!", {"name": "{title}", "title": "x"}) == "{title}!"


@pytest.mark.parametrize(
    ("design", "objection"),
    [
        (Design(said="{amount}"), NO_SUCH_FACT),
        (Design(signers=tuple(Signer(f"Dr {n}") for n in range(3))), TOO_MANY_SIGNERS),
    ],
)
def test_what_cannot_be_is_refused(organisation, design, objection):
    with pytest.raises(Refused) as refused:
        design_certificates(organisation, design, by=SYSTEM)

    assert refused.value.objection.code == objection.code


def test_a_certificate_that_needs_a_second_page_is_refused(organisation):
    organisation.accreditation_statement = "Accredited for everything there is. " * 55
    organisation.save()

    with pytest.raises(Refused) as refused:
        design_certificates(organisation, full(), by=SYSTEM)

    assert refused.value.objection.code == TOO_LONG_FOR_A_PAGE.code


def test_the_sample_is_the_paper_itself(organisation):
    pdf = sample_pdf(organisation, full())

    assert "SAMPLE" in words(pdf)
    assert "Dr Two" in words(pdf)
    assert sample_picture(organisation, full()).startswith(b"\x89PNG")


def test_a_logo_is_drawn_anew_and_small():
    kept = base64.b64decode(logo_from(picture(size=(4000, 4000))))

    with Image.open(BytesIO(kept)) as seen:
        assert seen.format == "JPEG"
        assert max(seen.size) <= 900
