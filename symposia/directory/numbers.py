"""Check digits of the registers that have them."""

import re

_NPI = re.compile(r"[12]\d{9}")
# What the constant prefix 80840 adds to the sum of an NPI (45 CFR 162.406, ISO/IEC 7812).
_PREFIX_SUM = 24
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def npi_check_digit(first_nine: str) -> int:
    """The Luhn digit over 80840 and the first nine digits."""
    total = _PREFIX_SUM
    for place, digit in enumerate(reversed(first_nine)):
        total += _DOUBLED[int(digit)] if place % 2 == 0 else int(digit)
    return -total % 10


def is_npi(text: str) -> bool:
    """Whether a text is an NPI whose check digit holds."""
    return (
        bool(_NPI.fullmatch(text)) and text.isascii() and npi_check_digit(text[:9]) == int(text[9])
    )


def with_check_digit(first_nine: str) -> str:
    """A complete NPI from its first nine digits."""
    return f"{first_nine}{npi_check_digit(first_nine)}"
