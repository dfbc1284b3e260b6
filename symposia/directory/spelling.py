"""How names and numbers are written when they are compared."""

import unicodedata

_ASCII_WORDS = str.maketrans({c: " " for c in map(chr, range(128)) if not c.isalnum()})


def search_form(*texts: str) -> str:
    """Words as search compares them: lower case, without accents, each after one blank."""
    text = " ".join(texts)
    if text.isascii():  # nearly all names, and files bring millions
        return "".join(f" {word}" for word in text.lower().translate(_ASCII_WORDS).split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "".join(f" {word}" for word in words.split())


def plain_number(text: str) -> str:
    """A number as it is compared: upper case, without blanks, dots, slashes and hyphens."""
    return "".join(c for c in text.upper() if c not in " .-/\t\u00a0")
