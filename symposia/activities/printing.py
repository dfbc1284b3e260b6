"""The programme of an activity as PDF: tagged (PDF/UA-1), the same bytes for the same facts."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("programme.typ")
NO_GLYPH = "could not be displayed"
FONT_PACKAGES = ("fontpkg_ibm_plex_sans", "fontpkg_source_serif_4")


def print_programme(programme: Mapping[str, Any], at: datetime) -> bytes:
    """Set it; `at` is when the plan last changed, so that it prints alike until it does again.

    A title in a script that our fonts do not have cannot be PDF/UA; it is printed all the same,
    tagged, with a sign in the place of each letter that is missing.
    """
    try:
        return _print(programme, at, ["ua-1"])
    except typst.TypstError as problem:
        if NO_GLYPH not in str(problem):
            raise
        return _print(programme, at, [])


def _print(programme: Mapping[str, Any], at: datetime, standards: list[Any]) -> bytes:
    made = typst.Compiler(str(TEMPLATE), font_paths=_fonts(), ignore_system_fonts=True).compile(
        format="pdf",
        sys_inputs={"programme": json.dumps(dict(programme))},
        pdf_standards=standards,
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@cache
def _fonts() -> Any:
    folders = [str(files(package) / "files") for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
