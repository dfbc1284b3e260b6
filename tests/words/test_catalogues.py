"""Catalogues are written, read and compiled without the gettext programs."""

import gettext
import io
from pathlib import Path

import pytest
from django.utils import translation

from symposia.cli import messages
from symposia.web import shell
from symposia.words.catalogues import (
    compile_mo,
    forms,
    pseudo,
    pseudo_catalogue,
    read_po,
    write_po,
)
from symposia.words.extraction import Message, messages_in
from tests.web.ui.conftest import Uncounted, draw

PLAIN = Message('Say "yes"\nor no')
COUNTED = Message("%(n)s place", plural="%(n)s places")
MEANT = Message("Open", context="verb")
KNOWN = {PLAIN: ("نعم",), COUNTED: tuple("abcdef"), MEANT: ("افتح",)}


def test_what_is_written_is_read_again():
    assert read_po(write_po("ar", KNOWN, KNOWN)) == KNOWN


def test_a_sentence_without_translation_waits_for_one():
    text = write_po("ar", [*KNOWN, Message("New")], KNOWN)

    assert 'msgid "New"\nmsgstr ""' in text
    assert read_po(text) == KNOWN


def test_the_compiled_form_is_what_gettext_reads():
    compiled = gettext.GNUTranslations(io.BytesIO(compile_mo("ar", KNOWN)))

    assert compiled.gettext(PLAIN.text) == "نعم"
    assert compiled.pgettext("verb", "Open") == "افتح"
    counted = [compiled.ngettext(COUNTED.text, COUNTED.plural, n) for n in (0, 1, 2, 3, 11, 100)]
    assert "".join(counted) == "abcdef"
    assert forms("ar") == 6


@pytest.mark.parametrize("path", sorted(messages.LOCALE.glob("*/*/django.po")), ids=str)
def test_the_compiled_catalogue_is_fresh(path):
    language = path.parts[-3]
    known = read_po(path.read_text(encoding="utf-8"))

    assert path.with_suffix(".mo").read_bytes() == compile_mo(language, known)


def test_the_pseudo_language_is_longer_accented_and_keeps_what_is_filled_in():
    said = pseudo("Send %(n)s invitations to <b>{name}</b>")

    assert "%(n)s" in said
    assert "<b>{name}</b>" in said
    assert "íñvítátíóñs" in said
    assert len(said) >= len("Send  invitations to ") * 1.4


def test_no_word_of_the_frame_is_left_in_the_code(pseudo_words, monkeypatch):
    monkeypatch.setattr(shell, "_counters", Uncounted())
    with translation.override("eo"):
        page = draw("layouts/office.html", language="eo")

    assert "Skip to content" not in page
    assert pseudo("Skip to content") in page


def test_every_sentence_has_a_pseudo_form():
    found = messages_in(Path(messages.SOURCE) / "web")

    assert len(found) > 200
    assert set(pseudo_catalogue(found)) == found
