"""Codes that people read from paper or a wall, and type."""

import secrets

# Without 0, O, 1, I and L, which are read wrongly.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def random_letters(length: int) -> str:
    """So many letters that nobody guesses: 31^length possibilities."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))
