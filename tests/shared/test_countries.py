import pytest

from symposia.shared.countries import country_name


@pytest.mark.parametrize(
    ("code", "name"),
    [("IN", "India"), ("us", "United States"), ("GB", "United Kingdom"), ("XX", "XX"), ("", "")],
)
def test_a_code_becomes_the_name_people_know(code, name):
    assert country_name(code) == name
