"""The signatures of a request as PDF: tagged (PDF/UA-1), the same bytes for the same facts."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("signatures.typ")
FONT_PACKAGES = ("fontpkg_ibm_plex_sans", "fontpkg_source_serif_4")


def print_signatures(paper: Mapping[str, Any], at: datetime) -> bytes:
    """Set the paper; `at` is when the request last changed, so that it prints alike each time."""
    return set_paper(TEMPLATE, paper, at)


def set_paper(template: Path, paper: Mapping[str, Any], at: datetime) -> bytes:
    """A tagged PDF of a template and what it is filled with; of the same facts the same bytes."""
    made = typst.Compiler(str(template), font_paths=_fonts(), ignore_system_fonts=True).compile(
        format="pdf",
        sys_inputs={"paper": json.dumps(dict(paper))},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@cache
def _fonts() -> Any:
    folders = [str(files(package) / "files") for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
