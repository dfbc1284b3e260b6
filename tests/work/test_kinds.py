"""A file is what it begins like."""

import pytest

from symposia.work.kinds import PICTURES, kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (b"%PDF a line of text", ""),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_a_file_is_known_by_how_it_begins(content, kind):
    assert kind_of(content) == kind


def test_a_paper_is_no_picture():
    assert kind_of(b"%PDF-1.7\n", PICTURES) == ""
