"""In which languages messages may be worded, and in which order their words are looked for."""

from collections.abc import Iterator
from functools import lru_cache

from django.conf.locale import LANG_INFO

from symposia.notifications.here import language_here


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
