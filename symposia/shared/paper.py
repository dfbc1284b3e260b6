"""Papers as PDF: tagged (PDF/UA-1), in our own fonts, the same bytes for the same facts."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

FONT_PACKAGES = ("fontpkg_ibm_plex_sans", "fontpkg_source_serif_4")
TAGGED = ("ua-1",)
_NO_GLYPH = "could not be displayed"


def set_paper(
    template: Path, paper: Mapping[str, Any], at: datetime, *, standards: Sequence[str] = TAGGED
) -> bytes:
    """A template filled with a paper's facts; `at` is the time that the file says of itself."""
    return compiled(compiler_of(template), {"paper": json.dumps(dict(paper))}, at, standards)


def print_paper(template: Path, paper: Mapping[str, Any], at: datetime) -> bytes:
    """The same, whatever letters it has to show. What is in a script that our fonts do not have
    cannot be PDF/UA; it is printed all the same, untagged, with a sign in the place of each letter
    that is missing."""
    try:
        return set_paper(template, paper, at)
    except typst.TypstError as problem:
        if _NO_GLYPH not in str(problem):
            raise
        return set_paper(template, paper, at, standards=())


def compiler_of(template: Path) -> Any:
    """What sets a template; it keeps what it has read, and belongs to one thread."""
    return typst.Compiler(str(template), font_paths=_fonts(), ignore_system_fonts=True)


def compiled(
    compiler: Any, inputs: Mapping[str, str], at: datetime, standards: Sequence[str] = TAGGED
) -> bytes:
    """Set it once with these inputs."""
    made = compiler.compile(
        format="pdf",
        sys_inputs=dict(inputs),
        pdf_standards=list(standards),
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@cache
def _fonts() -> Any:
    folders = [str(files(package) / "files") for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def picture_of(template: Path) -> bytes:
    """The one page of a template as PNG, two pixels a point."""
    made = compiler_of(template).compile(format="png", ppi=144)
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made
