"""A photographed paper is kept as it is seen, without where it was taken; what is hard to read is
said."""

import io
import struct
import zlib

import pytest
from PIL import Image

from symposia.work.apart import Unreadable
from symposia.work.pictures import Fault, redrawn
from tests.work.pictures import as_jpeg, photo, receipt


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


def test_place_and_device_are_gone_and_the_paper_stands_upright():
    lying = receipt().transpose(Image.Transpose.ROTATE_90)
    sent = as_jpeg(lying, orientation=6, place=True)
    assert dict(Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825))

    kept = redrawn(sent)

    seen = opened(kept)
    assert not dict(seen.getexif())
    assert b"Paperphone" not in kept.content
    assert b"Exif" not in kept.content
    assert seen.size == (kept.width, kept.height) == (1200, 1600)
    # The first line of print is at the top again: dark letters on light paper.
    strip = seen.convert("L").crop((240, 130, 700, 160)).getextrema()
    assert (strip[0] < 90, strip[1] > 200) == (True, True)
    assert kept.faults == ()


def test_what_hides_behind_a_picture_is_not_kept():
    kept = redrawn(photo() + b"PK\x03\x04<script>alert(1)</script>")

    assert b"script" not in kept.content


def test_the_same_photograph_is_kept_as_the_same_bytes():
    sent = photo()

    assert redrawn(sent).content == redrawn(sent).content


def test_a_huge_photograph_is_kept_smaller_and_a_see_through_one_on_white():
    large = redrawn(as_jpeg(receipt(size=(3600, 4800))))
    glass = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    out = io.BytesIO()
    glass.save(out, "PNG")

    assert max(large.width, large.height) == 2600
    assert opened(redrawn(out.getvalue())).getpixel((300, 400)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("facts", "faults"),
    [
        ({}, ()),
        ({"blur": 1}, ()),
        ({"blur": 4}, (Fault.BLURRED,)),
        ({"light": 0.5}, ()),
        ({"light": 0.3}, (Fault.DARK,)),
        ({"size": (300, 400)}, (Fault.SMALL,)),
        ({"light": 0.3, "blur": 5}, (Fault.DARK, Fault.BLURRED)),
        ({"lines": 0, "blur": 3}, (Fault.BLURRED,)),
        ({"table": 5}, ()),
    ],
)
def test_what_is_hard_to_read_is_said(facts, faults):
    assert redrawn(photo(**facts)).faults == faults


def test_what_is_no_picture_is_refused():
    for content in (b"\xff\xd8\xff nothing", b"%PDF-1.7", b"<svg xmlns='x'/>"):
        with pytest.raises(Unreadable):
            redrawn(content)


def test_a_bomb_ends_in_the_child_and_not_in_the_product():
    def chunk(kind, data):
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9))

    with pytest.raises(Unreadable):
        redrawn(bomb + chunk(b"IEND", b""))
