"""Check digits of the registers that have them."""

from itertools import product

# What the constant prefix 80840 adds to the sum of an NPI (45 CFR 162.406, ISO/IEC 7812).
_PREFIX_SUM = 24
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def _sums(pattern: str) -> dict[str, int]:
    """What each run of digits adds: `d` for doubled places, `s` for single ones."""
    return {
        "".join(map(str, digits)): sum(
            _DOUBLED[digit] if place == "d" else digit
            for digit, place in zip(digits, pattern, strict=True)
        )
        for digits in product(range(10), repeat=len(pattern))
    }


# Whole runs are looked up, since files bring millions of numbers.
_FIRST, _MIDDLE, _LAST = _sums("dsd"), _sums("sds"), _sums("dsd")


def npi_check_digit(first_nine: str) -> int:
    """The Luhn digit over 80840 and the first nine digits. Raises KeyError for other texts."""
    total = _FIRST[first_nine[:3]] + _MIDDLE[first_nine[3:6]] + _LAST[first_nine[6:9]]
    return -(total + _PREFIX_SUM) % 10


def is_npi(text: str) -> bool:
    """Whether a text is an NPI whose check digit holds."""
    if len(text) != 10 or text[0] not in "12":
        return False
    try:
        return str(npi_check_digit(text[:9])) == text[9]
    except KeyError:
        return False


def with_check_digit(first_nine: str) -> str:
    """A complete NPI from its first nine digits."""
    return f"{first_nine}{npi_check_digit(first_nine)}"


def is_orcid(text: str) -> bool:
    """Whether sixteen characters are an ORCID iD whose check character holds (ISO/IEC 7064)."""
    if len(text) != 16 or not text[:15].isdecimal():
        return False
    total = 0
    for digit in text[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return text[15] == ("X" if check == 10 else str(check))


def is_rpps(text: str) -> bool:
    """Whether eleven digits hold the Luhn check digit that an RPPS number ends with."""
    if len(text) != 11 or not text.isdecimal():
        return False
    places = enumerate(reversed([int(digit) for digit in text]))
    return sum(_DOUBLED[digit] if place % 2 else digit for place, digit in places) % 10 == 0
