"""The portfolio of a year: what is planned where, what it lacks, what it costs, what overlaps."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.insights.portfolio import (
    CUTS,
    Group,
    locks_of,
    open_money,
    overlaps_of,
    portfolio_of,
    years_of,
)
from symposia.web.gates import requires
from symposia.web.parts import Tab
from symposia.web.requests import UserRequest

PAGE = "office/insights/portfolio.html"


@require_GET
@requires(Permission.VIEW_INSIGHTS)
def show(request: UserRequest) -> HttpResponse:
    """A year by therapy area, region or quarter; what is locked says why."""
    cut = request.GET.get("by", "")
    cut = cut if cut in CUTS else next(iter(CUTS))
    years = years_of(request.access)
    year = _year(request.GET.get("year", ""), years)
    groups = portfolio_of(request.access, cut, year)
    context = {
        "cut": CUTS[cut],
        "year": year,
        "tabs": [
            Tab(words, _address(each, year), current=each == cut) for each, words in CUTS.items()
        ],
        "years": [Tab(str(each), _address(cut, each), current=each == year) for each in years],
        "groups": [
            {
                "name": named(cut, g.name),
                "group": g,
                "months": _months(g),
                "rows": _rows_of(cut, g.name, year),
            }
            for g in groups
        ],
        "months": [date_format(localdate().replace(month=m, day=1), "M") for m in range(1, 13)],
        "overlaps": [
            {"name": named(cut, each.name), "overlap": each}
            for each in overlaps_of(request.access, cut, year)
        ],
        "locks": locks_of(request.access),
        "is_locked": not open_money(request.access),
        "has_envelopes": any(g.envelope is not None for g in groups),
    }
    return render(request, PAGE, context)


def named(cut: str, name: str) -> str | Promise:
    """What a group is called; those that fall under nothing have a name too."""
    if cut == "quarter":
        return _("Quarter %s") % name
    if name:
        return name
    return _("No therapy area named") if cut == "therapy" else _("Online or without a place")


def _months(group: Group) -> list[dict[str, Any]]:
    """A cell per month, the darker the more takes place."""
    most = max(group.months) or 1
    return [{"count": n, "shade": -(-4 * n // most)} for n in group.months]


def _rows_of(cut: str, name: str, year: int) -> str:
    """The list behind the numbers of a group; one without a name has none to look for."""
    query = urlencode({cut: name, "year": year})
    return f"{reverse('portfolio_activities')}?{query}" if name else ""


def _year(asked: str, years: list[int]) -> int:
    """The year that is asked for, this one, or else the nearest in which something takes place."""
    if asked.isdecimal() and len(asked) == 4 and int(asked) in years:
        return int(asked)
    this = localdate().year
    return this if this in years or not years else min(years, key=lambda each: abs(each - this))


def _address(cut: str, year: int) -> str:
    return f"{reverse('portfolio')}?by={cut}&year={year}"
