"""How names are written for people, and names and numbers when they are compared."""

import re
import unicodedata

_ASCII_WORDS = str.maketrans({c: " " for c in map(chr, range(128)) if not c.isalnum()})

# Mc is always a prefix; Mac is not (Mack, Macias), so it stays as the capitals were read.
_MC = re.compile(r"\bMc[a-z]{2,}")
_AFTER_APOSTROPHE = re.compile(r"(\w{2,}['\u2019])(\w+)")


def in_small_letters(name: str) -> str:
    """Published capitals as people write them: McDonald, O'Brien, D'Angelo, but Smith's."""
    written = name.title()
    if "'" in written or "\u2019" in written:
        written = _AFTER_APOSTROPHE.sub(lambda found: found[1] + found[2].lower(), written)
    if "Mc" in written:
        written = _MC.sub(lambda found: f"Mc{found[0][2:].capitalize()}", written)
    return written


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
