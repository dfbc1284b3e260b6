"""Papers signed as PDF: a reader with the certificate trusts them, and any change breaks them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from asn1crypto.x509 import Certificate as Known
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.core.files.storage import default_storage
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from symposia.audit.models import Entry
from symposia.credits.actions.certificates import make_files
from symposia.credits.actions.claims import claim_credit
from symposia.credits.actions.paper_keys import (
    bring_paper_key,
    change_paper_key,
    provide_paper_key,
)
from symposia.credits.models import Certificate, CertificateFile, PaperKey
from symposia.credits.paper_keys import bought_key, certificates_in
from symposia.credits.policies import (
    CERTIFICATE_OUT_OF_TIME,
    NO_CERTIFICATE,
    NOT_FOR_SIGNING,
    SAY_WHY_PAPER_KEY,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.credits import attended

SECRET = "opens the file"


pytestmark = pytest.mark.usefixtures("files")


def paper():
    entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    (file,) = make_files([Certificate.objects.get(entry=entry).pk], by=SYSTEM)
    with default_storage.open(file.name) as kept:
        return kept.read()


def verdict(pdf, key):
    """What a reader says that trusts this certificate."""
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    roots = [Known.load(certificates_in(key.chain)[-1])]
    trust = ValidationContext(trust_roots=roots, allow_fetching=False)
    return validate_pdf_signature(signature, trust)


def test_a_reader_trusts_the_paper_once_it_trusts_the_certificate(organisation):
    said = verdict(paper(), PaperKey.objects.get())

    assert said.bottom_line
    assert said.intact
    assert said.trusted
    assert said.coverage.name == "ENTIRE_FILE"
    assert organisation.name in PaperKey.objects.get().subject


def test_it_is_pades_and_the_page_looks_the_same(organisation):
    read = PdfReader(BytesIO(paper()))
    (field,) = read.trailer["/Root"]["/AcroForm"]["/Fields"]

    assert field.get_object()["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    assert read.trailer["/Root"]["/Perms"]["/DocMDP"]
    assert field.get_object()["/F"] & 2
    assert len(read.pages) == 1
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_change_of_one_byte_breaks_it(organisation):
    pdf = bytearray(paper())
    place = pdf.index(b"stream") + 20
    pdf[place] ^= 1

    assert not verdict(bytes(pdf), PaperKey.objects.get()).intact


def test_what_is_added_behind_the_signature_breaks_it(organisation):
    pdf, key, added = paper(), PaperKey.objects.get(), BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/Lang"] = pdf_string("fr")
    writer.update_root()
    writer.write(added)

    assert not verdict(added.getvalue(), key).bottom_line


def bought(*, key=None, ends=300, signs=True, begins=-1):
    """A certificate under one of its own, as somebody would buy it."""
    above = ec.generate_private_key(ec.SECP256R1())
    own = key or rsa.generate_private_key(65537, 2048)
    at = datetime.now(UTC)

    def certificate(subject, issuer, public, by, usage):
        name = lambda text: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])  # noqa: E731
        built = (
            x509.CertificateBuilder()
            .subject_name(name(subject))
            .issuer_name(name(issuer))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(at + timedelta(days=begins))
            .not_valid_after(at + timedelta(days=ends))
            .add_extension(x509.BasicConstraints(ca=usage is None, path_length=None), critical=True)
        )
        if usage is not None:
            flags = [usage, usage, not usage, *[False] * 6]
            built = built.add_extension(x509.KeyUsage(*flags), critical=True)
        return built.sign(by, SHA256())

    root = certificate("Seller", "Seller", above.public_key(), above, None)
    leaf = certificate("Harbour seal", "Seller", own.public_key(), above, signs)
    return pkcs12.serialize_key_and_certificates(
        b"x", own, leaf, [root], BestAvailableEncryption(SECRET.encode())
    )


def bring(organisation, content, password=SECRET, reason="Bought"):
    return bring_paper_key(organisation, content, password, reason=reason, by=SYSTEM)


def test_a_bought_certificate_signs_from_then_on_and_is_trusted_by_its_seller(organisation):
    before = paper()
    key = bring(organisation, bought())

    assert verdict(paper(), key).bottom_line
    assert verdict(before, PaperKey.objects.get(number=1)).bottom_line
    assert key.issuer == "CN=Seller"
    assert key.sealed_key.startswith("s1.")
    assert Entry.objects.filter(action="paper_key.made").count() == 2


@pytest.mark.parametrize(
    ("facts", "password", "reason", "objection"),
    [
        ({}, "wrong", "Bought", NO_CERTIFICATE),
        ({"key": ed25519.Ed25519PrivateKey.generate()}, SECRET, "Bought", NO_CERTIFICATE),
        ({"begins": -9, "ends": -1}, SECRET, "Bought", CERTIFICATE_OUT_OF_TIME),
        ({"begins": 1}, SECRET, "Bought", CERTIFICATE_OUT_OF_TIME),
        ({"signs": False}, SECRET, "Bought", NOT_FOR_SIGNING),
        ({}, SECRET, " ", SAY_WHY_PAPER_KEY),
    ],
    ids=["password", "kind of key", "over", "not yet", "use", "reason"],
)
def test_one_that_cannot_sign_is_refused(organisation, facts, password, reason, objection):
    with pytest.raises(Refused) as refused:
        bring(organisation, bought(**facts), password, reason)

    assert refused.value.objection.code == objection.code
    assert not PaperKey.objects.exists()


def test_what_is_no_file_of_certificates_is_refused(organisation):
    with pytest.raises(Refused):
        bring(organisation, b"Hello")


def test_our_own_is_made_anew_with_a_reason(organisation):
    paper()

    key = change_paper_key(organisation, reason="Once in ten years", by=SYSTEM)

    assert key.number == 2
    assert verdict(paper(), key).bottom_line


def test_one_that_ran_out_signs_no_more(organisation):
    entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
    over = bought_key(bought(begins=-9, ends=-1), SECRET)
    PaperKey.objects.create(**over.as_row(), number=2, reason="Bought", made_by_name="Avery")

    make_files([Certificate.objects.get(entry=entry).pk], by=SYSTEM)
    with default_storage.open(CertificateFile.objects.get().name) as kept:
        pdf = kept.read()

    own = PaperKey.objects.present()
    assert (own.number, own.issuer) == (3, own.subject)
    assert own.reason.startswith("The certificate before was good until")
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    assert signature.signer_cert.sha256.hex() == own.sha256
    assert provide_paper_key(organisation, by=SYSTEM) == own
