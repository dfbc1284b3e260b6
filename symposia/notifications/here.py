"""What messages have to know of the organisation at hand; the context that knows it says it."""

import uuid
from collections.abc import Callable, Iterable

from django.conf import settings

_language: list[Callable[[], str]] = []
_code: list[Callable[[], str]] = []
_organisations: list[Callable[[], Iterable[uuid.UUID]]] = []


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


def organisations_come_from(read: Callable[[], Iterable[uuid.UUID]]) -> None:
    """Say how the organisations of the installation are read: regular work visits each."""
    _organisations[:] = [read]


def organisations() -> Iterable[uuid.UUID]:
    """All organisations of the installation."""
    return _organisations[0]() if _organisations else ()
