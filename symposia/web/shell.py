"""What stands around every page: the places one may go, who and where one is, how it looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from symposia.shared.counting import counted_together
from symposia.web.destinations import DESTINATIONS

THEMES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact")
SHORTCUTS = ("on", "off")
# Each choice of looks with its words, as the menu shows them.
LOOKS: dict[str, tuple[tuple[str, Promise], ...]] = {
    "theme": (
        ("system", _("Like the system")),
        ("light", _("Light")),
        ("dark", _("Dark")),
    ),
    "density": (
        ("comfortable", _("Comfortable rows")),
        ("compact", _("Compact rows")),
    ),
    "shortcuts": (
        ("on", _("Single-key shortcuts on")),
        ("off", _("Single-key shortcuts off")),
    ),
}


@dataclass(frozen=True)
class Look:
    """One choice of looks in the menu under one's name."""

    name: str
    value: str
    label: Promise
    is_chosen: bool


# A phone has room for this many at its bottom edge.
PHONE_PLACES = 5


@dataclass(frozen=True)
class Place:
    """A destination this person may open, with its address and how much waits there."""

    label: Promise
    icon: str
    url: str
    key: str
    group: str
    on_phone: bool
    is_current: bool
    count: int | None = None


Counter = Callable[[Any], Sequence[QuerySet[Any]]]
_counters: dict[str, Counter] = {}


def counts(url_name: str) -> Callable[[Counter], Counter]:
    """Mark a function as knowing the rows whose number stands beside a place; it gets the request.
    The numbers of all places are asked for in one statement."""

    def remember(counter: Counter) -> Counter:
        _counters[url_name] = counter
        return counter

    return remember


def address(url_name: str) -> str:
    """The address of a page, or nothing where this installation does not have it."""
    return _address(url_name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=500)
def _address(url_name: str, _urlconf: str | None, _prefix: str) -> str:
    """Every page asks for some fifty of them, always the same."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def places(request: Any) -> list[Place]:
    """The places this person may open, in the order of the rail."""
    access = getattr(request, "access", None)
    if access is None:
        return []
    allowed = [each for each in DESTINATIONS if access.holds(each.permission)]
    open_to = [(each, url) for each in allowed if (url := address(each.url_name))]
    on_phone = [each for each, _url in open_to if each.on_phone][:PHONE_PLACES]
    counted = _counted(request, [each.url_name for each, _url in open_to])
    return [
        Place(
            each.label,
            each.icon,
            url,
            each.key,
            each.group,
            each in on_phone,
            is_current=any(
                _is_current(held, request.path) for held in (url, *map(address, each.holds))
            ),
            count=counted.get(each.url_name),
        )
        for each, url in open_to
    ]


def _counted(request: Any, url_names: Sequence[str]) -> dict[str, int]:
    """How much waits at each of the places that count."""
    rows = {name: _counters[name](request) for name in url_names if name in _counters}
    numbers = iter(counted_together([each for several in rows.values() for each in several]))
    return {name: sum(islice(numbers, len(several))) for name, several in rows.items()}


def _is_current(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _cookie(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> str:
    """A choice of looks; anything else than the known words counts as the first."""
    chosen = request.COOKIES.get(name, "")
    return chosen if chosen in allowed else allowed[0]


class Shell:
    """The frame of one page. Everything is read when a template asks for it, and then once."""

    def __init__(self, request: HttpRequest) -> None:
        self._request: Any = request

    @cached_property
    def places(self) -> list[Place]:
        return places(self._request)

    @property
    def main(self) -> list[Place]:
        return [place for place in self.places if place.group == "main"]

    @property
    def foot(self) -> list[Place]:
        return [place for place in self.places if place.group == "foot"]

    @property
    def elsewhere(self) -> list[Place]:
        """The places that a phone has no room for at its edge; behind one word there."""
        return [place for place in self.places if not (place.group == "main" and place.on_phone)]

    @property
    def is_elsewhere(self) -> bool:
        return any(place.is_current for place in self.elsewhere)

    @property
    def organisation(self) -> Any:
        return getattr(self._request, "organisation", None)

    @property
    def other_organisations(self) -> list[Any]:
        mine = getattr(self._request, "organisations", [])
        return [each for each in mine if each != self.organisation]

    @property
    def person(self) -> str:
        user = getattr(self._request, "user", None)
        return str(user) if user is not None and user.is_authenticated else ""

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Where the frame's own forms and links go; an empty address hides them."""
        names = (
            *("search", "organisation_switch", "appearance", "jobs", "today", "profile"),
            "my_applications",
        )
        known = {name: address(name) for name in names}
        return known | {"logout": address("account_logout"), "home": address("start") or "/"}

    @property
    def theme(self) -> str:
        return _cookie(self._request, "theme", THEMES)

    @property
    def density(self) -> str:
        return _cookie(self._request, "density", DENSITIES)

    @property
    def shortcuts(self) -> str:
        return _cookie(self._request, "shortcuts", SHORTCUTS)

    @property
    def looks(self) -> list[list[Look]]:
        now = {"theme": self.theme, "density": self.density, "shortcuts": self.shortcuts}
        return [
            [Look(name, value, label, now[name] == value) for value, label in choices]
            for name, choices in LOOKS.items()
        ]

    @property
    def path(self) -> str:
        return str(self._request.get_full_path())

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def direction(self) -> str:
        return "rtl" if get_language_bidi() else "ltr"

    @property
    def support(self) -> Any:
        """The support view that runs: whose screens these are, and until when."""
        return getattr(self._request, "support_view", None)

    @property
    def demo_mode(self) -> bool:
        return bool(settings.DEMO)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame, for every template."""
    return {"shell": Shell(request)}
