"""What people wrote goes into messages as data."""

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation
from django.utils.translation import gettext

from symposia.notifications.filling import MissingValue
from symposia.notifications.posting import letter_of
from symposia.notifications.rendering import render_message
from symposia.notifications.wording import BadWording, parse, shipped, shipped_messages
from tests.factories.notifications import VALUES, message

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{reply_link}",
    "{name.__class__}",
    "{{ settings.SECRET_KEY }}",
    "{% include 'x' %}",
    "⟦if 0⟧⟦fi⟧",
    "https://evil.example/pay",
    "www.evil.example",
    "[Pay](https://evil.example)",
    "evil@evil.example",
    "javascript:alert(1)",
    "Ada\r\nBcc: all@example.org",
    "Ada\nBcc: all@example.org",
    "Ada\u2028Bcc: all@example.org",
    "\u202egpj.exe",
    "\x00\x07\x1b[31m",
    "A" * 10_000,
    "' onmouseover='x",
    "=cmd|'/c calc'!A0",
    "--\r\nContent-Type: text/html\r\n\r\n<b>x</b>",
]


class Reader(HTMLParser):
    """Every tag and every address of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.addresses, self.handlers = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.addresses += [v for k, v in attrs if k in {"href", "src", "action"}]
        self.handlers += [k for k, _v in attrs if k.startswith("on")]


def plain(wording=None, **values):
    return render_message(wording or shipped("notifications.test_message", "en"), VALUES | values)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("place", ["name", "activity", "where", "note", "organisation"])
def test_a_hostile_value_adds_no_tag_no_link_and_no_header(organisation, hostile, place):
    harmless, delivery = plain(note="Bring your badge."), message({place: hostile}, to_name=hostile)

    found, usual = Reader(delivery.html), Reader(harmless.html)
    letter = letter_of(delivery)
    headers = bytes(letter).split(b"\r\n\r\n")[0].decode()
    assert found.tags <= usual.tags | {"br"}
    assert set(found.addresses) == {VALUES["reply_link"]}
    assert found.handlers == []
    assert not re.search(r"https?://(?!localhost:8000/)[a-z]", delivery.text)
    assert "www.evil" not in delivery.text
    assert not re.search(r"^Bcc", headers, re.MULTILINE | re.IGNORECASE)
    assert letter.keys() == letter_of(message()).keys()
    assert len(delivery.subject) <= 300
    assert "\u202e" not in delivery.html + delivery.text + delivery.subject


def test_an_unfilled_place_is_a_mistake_of_the_caller():
    with pytest.raises(MissingValue):
        render_message(shipped("notifications.test_message", "en"), {"organisation": "X"})


def test_what_has_no_value_is_left_out_of_both_parts():
    letter = plain(where="", note="")

    assert "Where" not in letter.html + letter.text
    assert "⟦" not in letter.html
    assert "Hall A" in plain().html


def test_names_of_all_scripts_survive():
    for name in [
        "Zoë Ní Bhriain",
        "राधिका अय्यर",
        "\u0646\u0645\u06cc\u200c\u062f",
        "李小龍",
        "O'Neil",
    ]:
        assert name in plain(name=name).text


@pytest.mark.parametrize("wording", shipped_messages(), ids=lambda w: f"{w.code}.{w.language}")
def test_every_message_has_one_button_at_most_600_px_and_no_other_host(wording):
    values = {n: f"http://localhost/{n}" if n.endswith("link") else n for n in wording.placeholders}
    letter = render_message(wording, values | {"organisation": "Org"})

    assert "fonts.g" not in letter.html
    assert "@import" not in letter.html
    assert {a.split("/")[2] for a in Reader(letter.html).addresses} <= {"localhost"}
    assert letter.html.count('class="go"') <= 1
    assert all(int(w) <= 600 for w in re.findall(r"(?<!-)width=\"(\d+)\"", letter.html))
    with translation.override(wording.language):
        stop = gettext("Stop invitations")
    assert (stop in letter.html) == wording.unsubscribable
    assert letter.text.strip()


def test_right_to_left_words_lie_right_to_left():
    wording = parse("x.y", "ar", "subject: دعوة\nplaceholders: name\n---\nعزيزي {name}")

    letter = render_message(wording, {"organisation": "O", "name": "سمير"})

    assert 'dir="rtl"' in letter.html
    assert "direction:ltr" not in letter.html


def test_a_file_that_uses_what_its_head_does_not_allow_is_refused():
    with pytest.raises(BadWording):
        parse("x.y", "en", "subject: {secret}\nplaceholders: name\n---\nDear {name}")


def test_a_language_we_do_not_have_falls_back_to_english():
    assert shipped("notifications.test_message", "eo").language == "en"
