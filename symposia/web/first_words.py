"""Addresses are tried in turn; beneath their first word, those of other words are passed over."""

from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

Address = URLPattern | URLResolver


def by_first_word(addresses: Iterable[Address]) -> list[Address]:
    """The same addresses, each beneath its first word where that is plain; their order stays among
    those of one word, and words come as they are met first."""
    kept: dict[str, list[Address]] = {}
    for number, address in enumerate(addresses):
        word, rest = _parted(address)
        if isinstance(address, URLPattern) and rest:
            below = path(rest, address.callback, address.default_args, name=address.name)
            kept.setdefault(word, []).append(below)
        else:
            kept.setdefault(f"{word}#{number}", []).append(address)
    return [
        each
        for word, below in kept.items()
        for each in (below if "#" in word else [path(word, include(below))])
    ]


def _parted(address: Address) -> tuple[str, str]:
    """A plain first word with its slash, and what follows; nothing where it is not plain."""
    word, slash, rest = str(address.pattern).partition("/")
    is_plain = isinstance(address.pattern, RoutePattern) and "<" not in word
    return (f"{word}{slash}", rest) if is_plain and slash else ("", "")
