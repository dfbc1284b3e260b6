"""What certificates are signed with: the keys of badges, the certificates of papers."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.credits.actions.designs import design_certificates
from symposia.credits.actions.issuer_keys import change_issuer_key
from symposia.credits.actions.paper_keys import bring_paper_key, change_paper_key
from symposia.credits.badge_checking import check_badge
from symposia.credits.badge_reading import LARGEST
from symposia.credits.designs import MOST_SIGNERS, Design, Signer, logo_from, signature_from
from symposia.credits.models import CertificateDesign, IssuerKey, PaperColour, PaperKey, PaperSize
from symposia.credits.proof_lists import DESIGNS, ISSUER_KEYS, PAPER_KEYS
from symposia.work.apart import Unreadable

issuer = Router(tags=["certificates"])
papers = Router(tags=["certificates"])
designs = Router(tags=["certificates"])
list_route(issuer, ISSUER_KEYS)
list_route(papers, PAPER_KEYS)
list_route(designs, DESIGNS)


class IssuerKeyOut(Schema):
    """A key of badges: what it signs, its number in the issuer's document, and its public half
    (of proofs as Multikey, of tokens as JWK)."""

    kind: str
    number: int
    public_key: str
    made_at: datetime


class PaperKeyOut(Schema):
    """A certificate that signs papers."""

    number: int
    subject: str
    issuer: str
    sha256: str
    valid_until: datetime
    chain: str


class NewKeyReason(Schema):
    """Why badges or papers are signed anew."""

    reason: Reason


class BoughtIn(NewKeyReason):
    """A PKCS #12 file in base 64, and its password."""

    file: str = Field(max_length=400_000)
    password: str = Field("", max_length=200)


class SignerIn(Schema):
    """Whose signature is printed; a picture (PNG or JPEG) in base 64, or a line to sign on."""

    name: str = Field(min_length=1, max_length=80)
    role: str = Field("", max_length=80)
    image: str = Field("", max_length=12_000_000)


class DesignIn(Schema):
    """How certificates look; what a body says is not part of it."""

    colour: PaperColour = PaperColour.PETROL
    paper: PaperSize = PaperSize.BY_COUNTRY
    language: Literal["", "en", "ar"] = ""
    said: str = Field("", max_length=300)
    logo: str = Field("", max_length=12_000_000)
    signers: list[SignerIn] = Field(default_factory=list, max_length=MOST_SIGNERS)


class DesignOut(Schema):
    """A version of the look."""

    number: int
    colour: str
    paper: str
    language: str
    said: str


class BadgeIn(Schema):
    """A badge as it is: the text of its JSON, or its JWT."""

    text: str = Field(max_length=LARGEST)


class BadgeStepOut(Schema):
    """One thing that was looked at; nothing where it was not looked at here."""

    what: str
    holds: bool | None
    said: str


class BadgeCheckedOut(Schema):
    """What became of a badge that was handed in."""

    outcome: str
    steps: list[BadgeStepOut]


@issuer.post("", response={201: IssuerKeyOut}, operation_id="change_issuer_key")
@allowed(Permission.MANAGE_ORGANISATION, of_all=True)
def change_key(request: Any, body: NewKeyReason) -> Status[IssuerKey]:
    """Sign badges with a new key from now on; what the earlier ones signed stays valid."""
    made = change_issuer_key(request.organisation, reason=body.reason, by=request.actor)
    return Status(201, made)


@issuer.post("/verification", response=BadgeCheckedOut, operation_id="check_badge")
@allowed(Permission.VIEW_CREDITS)
def check(request: Any, body: BadgeIn) -> dict[str, Any]:
    """Whether a badge holds, step by step; no network is asked."""
    checked = check_badge(body.text.encode())
    steps = [{"what": str(s.what), "holds": s.holds, "said": str(s.said)} for s in checked.steps]
    return {"outcome": checked.outcome, "steps": steps}


@papers.post("", response={201: PaperKeyOut}, operation_id="change_paper_key")
@allowed(Permission.MANAGE_ORGANISATION, of_all=True)
def change_paper(request: Any, body: NewKeyReason) -> Status[PaperKey]:
    """Sign papers with a new certificate of the organisation's own."""
    made = change_paper_key(request.organisation, reason=body.reason, by=request.actor)
    return Status(201, made)


@papers.post("/imports", response={201: PaperKeyOut}, operation_id="bring_paper_key")
@allowed(Permission.MANAGE_ORGANISATION, of_all=True)
def bring_paper(request: Any, body: BoughtIn) -> Status[PaperKey]:
    """Sign papers with a certificate that was bought; the file and password are not kept."""
    content = _bytes(body.file)
    made = bring_paper_key(
        request.organisation, content, body.password, reason=body.reason, by=request.actor
    )
    return Status(201, made)


@designs.post("", response={201: DesignOut}, operation_id="design_certificates")
@allowed(Permission.MANAGE_ORGANISATION, of_all=True)
def design(request: Any, body: DesignIn) -> Status[CertificateDesign]:
    """Have certificates look so from now on; those that were issued keep the look they have."""
    chosen = Design(
        colour=body.colour,
        paper=body.paper,
        language=body.language,
        said=" ".join(body.said.split()),
        logo=_drawn(body.logo, logo_from),
        signers=tuple(
            Signer(each.name, each.role, _drawn(each.image, signature_from))
            for each in body.signers
        ),
    )
    return Status(201, design_certificates(request.organisation, chosen, by=request.actor))


def _drawn(picture: str, draw: Callable[[bytes], str]) -> str:
    """A picture as it is kept; one that cannot be read is said to be none."""
    if not picture:
        return ""
    try:
        return draw(_bytes(picture))
    except Unreadable as problem:
        raise HttpError(422, str(problem)) from problem


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise HttpError(422, "The file is not base 64.") from problem
