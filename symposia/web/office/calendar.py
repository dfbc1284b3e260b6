"""The calendar: month, week, agenda, rooms and people as one page; everything is in its address."""

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.calendar_choices import FILTERS, Choices, choices_for, wanted_of
from symposia.activities.calendars import (
    Entry,
    Slot,
    activities_in,
    closed_days_in,
    sessions_in,
    slots_of,
)
from symposia.activities.doubles import Double, doubles_among, needed_twice
from symposia.activities.holidays import holidays_of, regions_of
from symposia.activities.models import Mode, Type
from symposia.web.gates import requires
from symposia.web.office.calendar_parts import (
    ENTRIES,
    LANES,
    VIEWS,
    Off,
    Where,
    clash_count,
    clash_words,
    days_off,
    holiday_words,
    lanes_of,
    month_of,
    week_of,
)
from symposia.web.parts import Chip, Tab
from symposia.web.requests import UserRequest

# So many clashes and days off are told one by one.
TOLD = 6


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def show(request: UserRequest) -> HttpResponse:
    """What takes place, who and what is needed twice, and on which days nothing is planned."""
    where = where_of(request)
    wanted = wanted_of(where.given)
    every = activities_in(request.access, where.span)
    shown = activities_in(request.access, where.span, wanted) if where.given else every
    slots = _slots(where, every)
    doubles = doubles_among(slots)
    off = _off(request, where, every)
    context = {
        "where": where,
        "views": _views(where),
        "entries": shown,
        **_body(where, shown, slots, doubles, off),
        **_told(where, shown, doubles, off),
        **_filters(request, where),
        "previous_href": where.other(-1),
        "next_href": where.other(1),
        "today_href": where.href(on=where.today.isoformat()),
        "may_plan": request.access.holds(Permission.PLAN_ACTIVITIES),
        "feed_query": f"?{urlencode(where.given)}" if where.given else "",
    }
    return render(request, "office/calendar/show.html", context)


def _slots(where: Where, entries: Sequence[Entry]) -> list[Slot]:
    """Views of activities need only those sessions that meet another one."""
    if where.view in {"month", "agenda"}:
        return needed_twice(entries, where.span)
    return slots_of(entries, sessions_in(entries, where.span))


def where_of(request: UserRequest) -> Where:
    """What the address says; anything unknown counts as not said."""
    today = localdate()
    view = request.GET.get("view", "")
    given = {name: request.GET[name][:200] for name in FILTERS if request.GET.get(name)}
    return Where(
        view if view in VIEWS else "month",
        _day(request.GET.get("on", "")) or today,
        today,
        request.GET.get("region", "")[:6],
        given,
    )


def _day(text: str) -> Any:
    """A day of the years that activities may have."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2100 else None


def _off(request: UserRequest, where: Where, entries: Sequence[Entry]) -> dict[Any, list[Off]]:
    span = where.span
    countries = [request.organisation.country, *sorted({each.country for each in entries})]
    public = holidays_of(countries, span.first, span.last, region=where.region)
    return days_off(public, closed_days_in(request.access, span))


def _views(where: Where) -> list[Tab]:
    return [
        Tab(label, where.href(view=view), current=view == where.view)
        for view, label in VIEWS.items()
    ]


def _body(
    where: Where,
    shown: Sequence[Entry],
    slots: Sequence[Slot],
    doubles: Sequence[Double],
    off: dict[Any, list[Off]],
) -> dict[str, Any]:
    ids = {each.id for each in shown}
    mine = [slot for slot in slots if slot.entry.id in ids]
    sessions = {slot.id for each in doubles for slot in (each.first, each.second)}
    activities = {slot.entry.id for each in doubles for slot in (each.first, each.second)}
    picked = [each for each in shown if where.on in each.days]
    body: dict[str, Any] = {"picked": picked, "clashing": activities}
    if where.view == "month":
        body["days"] = month_of(where, shown, off, activities)
    elif where.view == "week":
        body["days"] = week_of(where, mine, off, sessions)
    elif where.view == "agenda":
        body |= _agenda(where, shown, off)
    else:
        lanes = lanes_of(where, mine, sessions)
        body["lanes"], body["lanes_more"] = lanes[:LANES], max(0, len(lanes) - LANES)
        body["heads"] = [(day, off.get(day, [])) for day in where.span.days]
    return body


def _agenda(where: Where, shown: Sequence[Entry], off: dict[Any, list[Off]]) -> dict[str, Any]:
    """The days on which anything takes place, or nothing may, until the page is full."""
    by_day: dict[Any, list[Entry]] = {}
    for entry in shown:
        for day in entry.days:
            by_day.setdefault(day, []).append(entry)
    days: list[tuple[Any, list[Off], list[Entry]]] = []
    count = 0
    for day in where.span.days:
        found = by_day.get(day, [])
        if days and count + len(found) > ENTRIES:
            return {"agenda": days, "agenda_next": where.href(on=day.isoformat())}
        if found or day in off:
            days.append((day, off.get(day, []), found))
            count += len(found)
    return {"agenda": days}


def _told(
    where: Where, shown: Sequence[Entry], doubles: Sequence[Double], off: dict[Any, list[Off]]
) -> dict[str, Any]:
    ids: set[uuid.UUID] = {each.id for each in shown}
    mine = [d for d in doubles if d.first.entry.id in ids or d.second.entry.id in ids]
    return {
        "clash_count": clash_count(len(mine)),
        "clashes": [clash_words(each) for each in mine[:TOLD]],
        "clashes_more": max(0, len(mine) - TOLD),
        "on_days_off": (days_off_told := holiday_words(shown, off))[:TOLD],
        "days_off_more": max(0, len(days_off_told) - TOLD),
        "picked_off": off.get(where.on, []),
    }


def _filters(request: UserRequest, where: Where) -> dict[str, Any]:
    known = choices_for(request.access)
    labels = {
        "mode": _("Mode"),
        "type": _("Type"),
        "owner": _("Owner"),
        "venue": _("Venue"),
        "territory": _("Territory"),
        "area": _("Therapy area"),
    }
    filters = [
        _filter(name, labels[name], _options(name, known), where.given.get(name, ""))
        for name in FILTERS
    ]
    regions = regions_of(request.organisation.country)
    filters.append(_filter("region", _("Holidays of"), regions, where.region))
    chosen = [(one, option) for one in filters for option in one["options"] if option["chosen"]]
    return {
        "filters": [one for one in filters if one["options"]],
        "chips": [
            Chip(one["label"], _("is"), option["label"], where.href(**{one["name"]: ""}))
            for one, option in chosen
        ],
        "clear_href": where.href(**dict.fromkeys([*FILTERS, "region"], "")),
    }


def _options(name: str, known: Choices) -> Sequence[tuple[str, Any]]:
    found: dict[str, Sequence[tuple[str, Any]]] = {
        "mode": Mode.choices,
        "type": Type.choices,
        **vars(known),
    }
    return found[name]


def _filter(
    name: str, label: str, options: Sequence[tuple[str, Any]], value: str
) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "options": [
            {"value": each, "label": words, "chosen": str(each) == value} for each, words in options
        ],
    }
