"""Papers signed as PDF (PAdES, baseline B): a reader says who signed them and that nothing was
changed since. Certified: any change whatever breaks it. The signature has no place on the page, so
that the paper looks the same and stays PDF/UA. ETSI EN 319 142-1.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate as Known
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from symposia.credits.models import PaperKey
from symposia.credits.paper_keys import certificates_in, opened_key

FIELD = "Signature"
# Digits of a signature beside its certificates; what is too little is refused when signing.
_ROOM = 8192


def signed_paper(pdf: bytes, key: PaperKey, provider: str) -> bytes:
    """A PDF with the signature of an organisation added at its end. Raises SealBroken."""
    made = BytesIO()
    signer = _signer(key.chain, key.sealed_key)
    said = PdfSignatureMetadata(
        field_name=FIELD,
        name=provider,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    place = SigFieldSpec(
        FIELD,
        invis_sig_settings=InvisSigSettings(set_hidden_flag=True),
        readable_field_name=provider,
    )
    # It signs in an event loop of its own, for which a thread must have none.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(
            PdfSigner(said, signer, new_field_spec=place).sign_pdf,
            IncrementalPdfFileWriter(BytesIO(pdf)),
            bytes_reserved=_ROOM + 2 * len(key.chain),
            output=made,
        ).result()
    return made.getvalue()


@lru_cache(maxsize=32)
def _signer(chain: str, sealed_key: str) -> SimpleSigner:
    own, *above = (Known.load(each) for each in certificates_in(chain))
    store = SimpleCertificateStore.from_certs(above)  # type: ignore[no-untyped-call]
    return SimpleSigner(own, PrivateKeyInfo.load(opened_key(sealed_key)), store)
