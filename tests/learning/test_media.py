import struct

from symposia.learning.media import is_captions, seconds_of, type_of
from tests.factories.learning import VTT, mp4


def webm(duration=12_000.0, scale=1_000_000):
    info = b"\x2a\xd7\xb1\x83" + scale.to_bytes(3, "big") + b"\x44\x89\x88"
    return b"\x1a\x45\xdf\xa3" + b"\x00" * 20 + info + struct.pack(">d", duration)


def test_a_video_says_itself_how_long_it_lasts():
    assert seconds_of(mp4(95)) == 95
    assert seconds_of(webm()) == 12


def test_a_video_without_a_length_says_nothing():
    assert seconds_of(b"\x1a\x45\xdf\xa3" + b"\x00" * 40) is None
    assert seconds_of(mp4(0)) is None


def test_a_file_is_what_its_bytes_say():
    assert type_of(b"%PDF-1.7") == "application/pdf"
    assert type_of(mp4()) == "video/mp4"
    assert type_of(webm()) == "video/webm"
    assert type_of(b"<html>") == "application/octet-stream"


def test_captions_have_a_cue():
    assert is_captions(VTT)
    assert not is_captions(b"WEBVTT\n\nnothing")
    assert not is_captions(b"\xff\xfe")
