import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.directory.numbers import is_npi, with_check_digit
from tests.directory.imports import slow_npi

NINE = st.from_regex(r"[12][0-9]{8}", fullmatch=True)


@given(NINE)
def test_the_check_digit_agrees_with_the_rule_as_it_is_worded(nine):
    assert is_npi(with_check_digit(nine))
    assert slow_npi(with_check_digit(nine))


@given(st.from_regex(r"[12][0-9]{9}", fullmatch=True))
def test_any_ten_digits_are_judged_as_the_rule_does(ten):
    assert is_npi(ten) == slow_npi(ten)


@given(NINE, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine, place, by):
    npi = with_check_digit(nine)
    wrong = str((int(npi[place]) + by) % 10)
    assert not is_npi(npi[:place] + wrong + npi[place + 1 :])


@pytest.mark.parametrize("text", ["", "123456789", "12345678931", "3234567893", "12345\uff167893"])
def test_other_texts_are_no_npi(text):
    assert not is_npi(text)


def test_a_published_example_is_one():
    assert is_npi("1234567893")
    assert not is_npi("1234567890")
