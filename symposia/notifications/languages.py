"""In which languages messages may be worded, and which one an organisation writes in."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from django.conf import settings
from django.conf.locale import LANG_INFO

_read: list[Callable[[], str]] = []


def language_comes_from(read: Callable[[], str]) -> None:
    """Say how the language of the organisation at hand is read; the context that knows it does."""
    _read[:] = [read]


def language_here() -> str:
    """What the organisation whose transaction this is writes in."""
    return _read[0]() if _read else settings.LANGUAGE_CODE


def languages_to_try(language: str) -> Iterator[str]:
    """The reader's language, its plain form, then the organisation's, then English."""
    yield from _forms(language)
    yield from _forms(language_here())
    yield "en"


@lru_cache(maxsize=1)
def message_languages() -> tuple[tuple[str, str], ...]:
    """Every language that messages may be worded in, each by its own name."""
    known = {code: info.get("name_local", "") for code, info in LANG_INFO.items()}
    named = [(code, f"{name} ({code})") for code, name in known.items() if name]
    return tuple(sorted(named, key=lambda each: each[1].lower()))


def _forms(language: str) -> Iterator[str]:
    if language:
        yield language
        yield language.partition("-")[0]
