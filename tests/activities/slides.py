"""Small files of slides, made here."""

import io
import zipfile
import zlib


def pdf(pages=3, *, packed=False, extra=b""):
    """A PDF of some pages, its objects packed into a stream or not."""
    tree = b"<< /Type /Pages /Kids [] /Count %d >>" % pages
    body = b"4 0 obj << /Type /ObjStm >> stream\n" + zlib.compress(tree) + b"\nendstream endobj"
    plain = b"1 0 obj " + tree + b" endobj"
    return b"%PDF-1.7\n" + (body if packed else plain) + extra + b"\n%%EOF"


def pptx(slides=2, *, more=()):
    """A presentation of some slides."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name in ("ppt/presentation.xml", *more):
            book.writestr(name, "<p/>")
        for number in range(slides):
            book.writestr(f"ppt/slides/slide{number + 1}.xml", "<p/>")
    return made.getvalue()
