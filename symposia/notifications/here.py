"""What messages have to know of the organisation at hand; the context that knows it says it."""

from collections.abc import Callable

from django.conf import settings

_language: list[Callable[[], str]] = []
_code: list[Callable[[], str]] = []


def language_comes_from(read: Callable[[], str]) -> None:
    """Say how the language of the organisation at hand is read."""
    _language[:] = [read]


def language_here() -> str:
    """What the organisation whose transaction this is writes in."""
    return _language[0]() if _language else settings.LANGUAGE_CODE


def code_comes_from(read: Callable[[], str]) -> None:
    """Say how the short code of the organisation at hand is read: links carry it."""
    _code[:] = [read]


def code_here() -> str:
    """The short code of the organisation whose transaction this is."""
    return _code[0]() if _code else ""
