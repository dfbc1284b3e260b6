"""What a file is by how it begins, whatever its name says."""

from collections.abc import Collection

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
PICTURES = (PNG, JPEG)
PAPERS = (PDF, *PICTURES)
# A document or a picture; the files of an office are all one archive, and told by their names.
BEGINS = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff"}


def kind_of(content: bytes, allowed: Collection[str] = PAPERS) -> str:
    """Which of the allowed kinds it is; nothing where it is none of them."""
    return next((kind for kind in allowed if content.startswith(BEGINS[kind])), "")
