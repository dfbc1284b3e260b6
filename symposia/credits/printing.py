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
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from symposia.shared.paper import compiled, compiler_of

TEMPLATE = Path(__file__).with_name("certificate.typ")
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
    return compiled(_compiler(), {"certificate": inputs}, issued_at)


def pages_as_pictures(inputs: str) -> list[bytes]:
    """Every page as PNG, small enough for a screen."""
    made: Any = _compiler().compile(format="png", ppi=96, sys_inputs={"certificate": inputs})
    return [made] if isinstance(made, bytes) else list(made)


def _compiler() -> Any:
    """One compiler per thread: it keeps what it has read."""
    if not hasattr(_here, "compiler"):
        _here.compiler = compiler_of(TEMPLATE)
    return _here.compiler


@cache
def _pool(at_once: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="certificates")
