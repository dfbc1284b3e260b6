"""The stylesheets: contrast of every pair of tokens, both directions, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from symposia.web import shell
from symposia.web.templatetags.ui import ICONS

WEB = Path(shell.__file__).parent
CSS = {path.name: path.read_text() for path in (WEB / "frontend" / "css").glob("*.css")}
BUILD = (WEB / "frontend" / "build.mjs").read_text()
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+):\s*light-dark\((#\w{6}), (#\w{6})\)", CSS["tokens.css"]
    )
}
TEXT_ON = {
    ("text", "surface"): 7,
    ("muted", "surface"): 7,
    ("faint", "surface"): 4.5,
    ("faint", "sunken"): 4.5,
    ("accent-text", "surface"): 4.5,
    ("accent-text", "accent-soft"): 4.5,
    ("on-accent", "accent"): 4.5,
    ("on-accent", "accent-hover"): 4.5,
    ("control", "surface"): 3,
    ("focus", "surface"): 3,
    **{(f"{tone}-text", f"{tone}-bg"): 7 for tone in ("ok", "warn", "stop", "info", "seal")},
    **{(tone, "surface"): 3 for tone in ("ok", "warn", "stop", "info", "seal", "c1", "c2", "c3")},
}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON, ids=lambda name: name)
def test_every_pair_of_tokens_can_be_read(ink, ground, theme):
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= TEXT_ON[ink, ground]


@pytest.mark.parametrize("name", sorted(CSS))
def test_no_rule_says_left_or_right(name):
    boxes = r"(?:margin|padding|border|inset)-(?:left|right)|[\s;{](?:left|right)\s*:"
    lines = r"text-align:\s*(?:left|right)|float:"

    assert not re.findall(f"{boxes}|{lines}", CSS[name])


@pytest.mark.parametrize("name", sorted(CSS))
def test_nothing_is_fetched_from_elsewhere(name):
    assert not re.findall(r"https?:|//\w", CSS[name])


def test_each_stylesheet_is_part_of_the_one_that_is_served():
    imported = set(re.findall(r'@import "([\w.-]+)"', CSS["symposia.css"]))

    assert imported == set(CSS) - {"symposia.css"}


def test_each_font_the_stylesheet_names_is_copied_by_the_build():
    named = set(re.findall(r'url\("fonts/([\w-]+)\.woff2"\)', CSS["fonts.css"]))

    assert named == set(re.findall(r'^ {2}"([\w-]+)": ', BUILD, re.MULTILINE)) - {"symposia.css"}
    assert len(named) > 8


def test_each_icon_the_pages_name_is_drawn():
    pages = "".join(path.read_text() for path in WEB.rglob("templates/**/*.html"))
    named = set(re.findall(r'{% icon "([\w-]+)"', pages)) | set(
        re.findall(r'<c-[\w-]+[^>]*? icon="([\w-]+)"', pages)
    )

    assert named <= ICONS
