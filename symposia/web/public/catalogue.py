"""The catalogue of an organisation: filters are links, and nobody needs an account to look."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.activities.numbers import number_of
from symposia.credits.catalogue import Listed, open_to_everybody
from symposia.credits.wording import filled
from symposia.finance.prices import prices_of
from symposia.registrations.models import Attending
from symposia.reporting.support import funding_by, supporters_of
from symposia.shared.tenancy import acting_in
from symposia.web import formats
from symposia.web.gates import open_to_all, own_transaction
from symposia.web.public.activity import organisation_or_404

PAGE = 24


@dataclass(frozen=True)
class Option:
    """One value of a filter: its words, the address with it, and how many it leaves."""

    label: str
    href: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter whose values are links."""

    name: str
    label: str
    options: list[Option]

    @property
    def is_chosen(self) -> bool:
        return any(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Card:
    """One activity with what it gives, what it costs, and who pays for it."""

    listed: Listed
    credit: list[tuple[Any, Any]]
    # What is said of credit where no body's offer stands.
    otherwise: str
    price: str
    support: str


@require_GET
@open_to_all("the catalogue: activities that are open to everybody; nothing personal")
@own_transaction
def catalogue(request: HttpRequest, code: str) -> HttpResponse:
    """What is open, soonest first, narrowed by links."""
    organisation = organisation_or_404(request, code)
    given = {name: request.GET.get(name, "")[:80].replace("\x00", "") for name in _FACETS}
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    with acting_in(organisation.pk):
        listed = open_to_everybody(text, at=now())
        found = [each for each in listed if each.fits(given)]
        first = _first(request, len(found))
        shown = found[first : first + PAGE]
        activities = [each.activity for each in shown]
        prices, supporters = prices_of(activities), supporters_of(activities)
        context = {
            "organiser": organisation,
            "text": text,
            "given": given,
            "found": len(found),
            "cards": [
                Card(
                    each,
                    _credit(each),
                    _otherwise(each.activity),
                    prices[pk],
                    _funding(supporters.get(pk, []), organisation),
                )
                for each in shown
                for pk in [each.activity.pk]
            ],
            "facets": [_facet(name, listed, given, text) for name in _FACETS],
            "is_filtered": bool(text or any(given.values())),
            "next_href": _href(given, text, page=first // PAGE + 2)
            if first + PAGE < len(found)
            else "",
            "previous_href": _href(given, text, page=first // PAGE) if first else "",
        }
        return render(request, "public/catalogue/catalogue.html", context)


def _first(request: HttpRequest, count: int) -> int:
    page = request.GET.get("page", "")
    asked = (int(page) - 1) * PAGE if page.isdecimal() and len(page) < 4 else 0
    return asked if 0 < asked < count else 0


def _credit(listed: Listed) -> list[tuple[Any, Any]]:
    """How much credit, in each body's own words."""
    return [(o.maximum, filled(o.system.statements["unit"], {})) for o in listed.offers]


def _otherwise(activity: Activity) -> str:
    """As the activity's own page says it: a council gives the hours of a company's meeting."""
    if activity.is_independent:
        return _("No credit announced")
    if number_of(activity, "council_approvals"):
        return _("Hours of a medical council")
    return _("No credit")


def _funding(names: Sequence[str], organisation: Organisation) -> str:
    return funding_by(names, organisation) or _("No outside funding is recorded.")


def _systems(listed: Listed) -> Iterable[tuple[str, str]]:
    return [(offer.system.code, offer.system.name) for offer in listed.offers]


def _forms(listed: Listed) -> Iterable[tuple[str, str]]:
    return [(form, str(Attending(form).label)) for form in sorted(listed.forms)]


def _cities(listed: Listed) -> Iterable[tuple[str, str]]:
    city = listed.activity.city
    return [(city, city)] if city else []


def _months(listed: Listed) -> Iterable[tuple[str, str]]:
    return [(month, formats.month_of(listed.month)) for month in listed.months]


_Values = Callable[[Listed], Iterable[tuple[str, str]]]
_FACETS: dict[str, _Values] = {
    "credit": _systems,
    "form": _forms,
    "city": _cities,
    "month": _months,
}


def _words_of(name: str) -> str:
    return {
        "credit": _("Credit"),
        "form": _("How you come"),
        "city": _("Where"),
        "month": _("When"),
    }[name]


def _facet(name: str, listed: list[Listed], given: Mapping[str, str], text: str) -> Facet:
    """The values that are there, each with how many it leaves beside the other filters."""
    others = {**given, name: ""}
    labels: dict[str, str] = {}
    counts: dict[str, int] = {}
    for each in listed:
        for value, label in _FACETS[name](each):
            labels.setdefault(value, label)
            counts[value] = counts.get(value, 0) + each.fits(others)
    ordered = labels if name == "month" else sorted(labels, key=lambda value: labels[value])
    options = [
        Option(
            labels[value],
            _href({**given, name: "" if given[name] == value else value}, text),
            counts[value],
            given[name] == value,
        )
        for value in ordered
        if counts[value] or given[name] == value
    ]
    return Facet(name, _words_of(name), options)


def _href(given: Mapping[str, str], text: str, *, page: int = 1) -> str:
    said = {name: value for name, value in given.items() if value}
    said |= {"q": text} if text else {}
    said |= {"page": str(page)} if page > 1 else {}
    return "?" + urlencode(said)
