import math

import pytest

from symposia.credits.codes import CHANCE, LETTERS, grouped, new_code, read_code


def test_a_code_carries_its_organisation_and_128_bits_of_chance():
    code = new_code("abcde")

    assert read_code(code).organisation_code == "abcde"
    assert CHANCE * math.log2(len(LETTERS)) >= 128


def test_a_code_is_read_as_it_is_printed():
    code = new_code("abcde")

    assert read_code(f" {grouped(code)} ".lower()).text == code


@pytest.mark.parametrize("text", ["", "abc", "a" * 26, "0" * 32, "é" * 32, "a b" * 5, "\x00" * 40])
def test_what_can_be_no_code_is_none(text):
    assert read_code(text) is None
