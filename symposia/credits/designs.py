"""How certificates look: colour, paper, logo, signatures, a sentence of the house.

What a body says, the number, the code and the address of the check are not part of it: they stand
on every certificate as they are.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from string import Formatter
from typing import Any

from PIL import Image

from symposia.credits.models import CertificateDesign, PaperColour
from symposia.work.pictures import redrawn

PLACEHOLDERS = frozenset({"name", "title", "date", "provider"})
MOST_SIGNERS = 2
_LOGO, _SIGNATURE = (900, 300), (700, 240)


@dataclass(frozen=True)
class Signer:
    """Whose signature is printed: name, role, and the picture of it, if there is one."""

    name: str
    role: str = ""
    image: str = ""

    def as_json(self) -> dict[str, str]:
        return {"name": self.name, "role": self.role, "image": self.image}


@dataclass(frozen=True)
class Design:
    """How certificates look, as somebody chooses it."""

    colour: str = PaperColour.PETROL
    paper: str = ""
    language: str = ""
    said: str = ""
    logo: str = ""
    signers: Sequence[Signer] = ()

    def as_row(self) -> dict[str, Any]:
        """What a version keeps."""
        return {
            "colour": self.colour,
            "paper": self.paper,
            "language": self.language,
            "said": self.said,
            "logo": self.logo,
            "signers": [each.as_json() for each in self.signers],
        }


def design_in(row: CertificateDesign | None) -> Design:
    """What a version says; without one, how the product has them."""
    if row is None:
        return Design()
    signers = tuple(Signer(**each) for each in row.signers)
    return Design(row.colour, row.paper, row.language, row.said, row.logo, signers)


def wrong_placeholders(said: str) -> set[str]:
    """What stands in curly brackets and is none of the facts that may be filled in; a bracket that
    is never closed is named by itself."""
    try:
        parts = list(Formatter().parse(said))
    except ValueError:
        return {"{"}
    return {
        f"{{{name}}}"
        for _words, name, spec, conversion in parts
        if name is not None and (name not in PLACEHOLDERS or spec or conversion)
    }


def house_sentence(said: str, values: Mapping[str, str]) -> str:
    """The sentence of the house with the facts filled in, each once and as it is."""
    return "".join(
        words + (values[name] if name in PLACEHOLDERS else "")
        for words, name, _spec, _conversion in Formatter().parse(said)
        if words or name
    )


def as_printed(design: Design, number: int, values: Mapping[str, str]) -> dict[str, Any]:
    """What a certificate keeps of the design it was issued in; pictures stay with the version."""
    return {
        "design": number,
        "accent": str(design.colour),
        "said": house_sentence(design.said, values),
        "signers": [{"name": each.name, "role": each.role} for each in design.signers],
    }


def pictures_of(design: Design) -> dict[str, Any]:
    """The pictures of a design as the template reads them."""
    return {
        "logo": _framed(design.logo),
        "signatures": [_framed(each.image) for each in design.signers],
    }


def logo_from(content: bytes) -> str:
    """A logo as it is kept. Raises Unreadable in words."""
    return _kept(content, _LOGO)


def signature_from(content: bytes) -> str:
    """The picture of a signature as it is kept. Raises Unreadable in words."""
    return _kept(content, _SIGNATURE)


def _kept(content: bytes, most: tuple[int, int]) -> str:
    with Image.open(BytesIO(redrawn(content).content)) as seen:
        seen.thumbnail(most, Image.Resampling.LANCZOS)
        made = BytesIO()
        seen.save(made, "JPEG", quality=90)
    return base64.b64encode(made.getvalue()).decode()


def _framed(picture: str) -> str:
    """A JPEG within an SVG: templates are given text, not bytes."""
    if not picture:
        return ""
    with Image.open(BytesIO(base64.b64decode(picture))) as seen:
        width, height = seen.size
    size = f'width="{width}" height="{height}"'
    address = escape(f"data:image/jpeg;base64,{picture}")
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{address}"/></svg>'
