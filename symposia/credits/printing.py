"""Certificates as PDF: tagged (PDF/UA-1), the same bytes for the same facts, two at a time.

The template and the fonts are read once per process. Typst works outside the interpreter's lock,
so two threads are as good as two processes.
"""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

TEMPLATE = Path(__file__).with_name("certificate.typ")
FONT_PACKAGES = ("fontpkg_ibm_plex_sans", "fontpkg_source_serif_4")
AT_ONCE = 2
_CODE: Any = {"error": "m", "boost_error": False, "micro": False}
_here = threading.local()


def print_certificates(
    certificates: Sequence[tuple[Mapping[str, Any], datetime]], *, at_once: int = AT_ONCE
) -> Iterator[bytes]:
    """The PDFs of printed facts, each with the time of its issue, in the same order.

    They come one by one: whoever keeps the first lets the others be set meanwhile.
    """
    if len(certificates) == 1:
        return iter([_print(certificates[0])])
    return _pool(at_once).map(_print, certificates)


def _print(certificate: tuple[Mapping[str, Any], datetime]) -> bytes:
    facts, issued_at = certificate
    return compile_pdf(inputs_of(facts), issued_at)


def inputs_of(facts: Mapping[str, Any]) -> str:
    """What the template reads: the printed facts and the square code of their address."""
    address = facts["verify_url"]
    square = segno.make(address, version=_version(len(address)), mask=3, **_CODE)
    drawn = BytesIO()
    square.save(drawn, kind="svg", xmldecl=False, svgns=True, border=2)
    return json.dumps(dict(facts) | {"qr": drawn.getvalue().decode()})


@cache
def _version(length: int) -> int:
    """The smallest square that holds an address so long; to try them all each time is slow."""
    return int(segno.make("~" * length, **_CODE).version)


def compile_pdf(inputs: str, issued_at: datetime) -> bytes:
    """Set one page."""
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"certificate": inputs},
        pdf_standards=["ua-1"],
        timestamp=int(issued_at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


def _compiler() -> Any:
    """One compiler per thread: it keeps what it has read."""
    if not hasattr(_here, "compiler"):
        _here.compiler = typst.Compiler(
            str(TEMPLATE), font_paths=_fonts(), ignore_system_fonts=True
        )
    return _here.compiler


@cache
def _pool(at_once: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="certificates")


@cache
def _fonts() -> Any:
    folders = [str(files(package) / "files") for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
