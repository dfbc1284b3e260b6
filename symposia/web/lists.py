"""The pages of a declared list."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.shared.lists import Choice, ListOf, Search, page_of
from symposia.web.cells import NUMBERS, cells_of, options_of
from symposia.web.gates import requires
from symposia.web.list_files import csv_file, xlsx_file
from symposia.web.parts import Chip, Column
from symposia.web.requests import UserRequest

View = Callable[..., HttpResponseBase]
Extra = Callable[..., Mapping[str, Any]]


def list_urls(
    route: str,
    listed: ListOf,
    *,
    template: str = "office/lists/list.html",
    extra: Extra | None = None,
    opens_on: Callable[[UserRequest], str] | None = None,
) -> list[URLPattern]:
    """The page of a list (named as the list) and its two files; `opens_on` says with which filters
    it opens for whoever asks for none."""
    return [
        path(route, list_page(listed, template, extra, opens_on), name=listed.name),
        path(f"{route}export.csv", csv_file(listed), name=f"{listed.name}_csv"),
        path(f"{route}export.xlsx", xlsx_file(listed), name=f"{listed.name}_xlsx"),
    ]


def list_page(
    listed: ListOf,
    template: str,
    extra: Extra | None,
    opens_on: Callable[[UserRequest], str] | None = None,
) -> View:
    @require_GET
    @requires(Permission(listed.permission), of_all=listed.of_all)
    def page(request: UserRequest, **kwargs: Any) -> HttpResponse:
        if opens_on and not request.GET:
            request.GET = QueryDict(opens_on(request))
        context = list_context(request, listed, **kwargs)
        if opens_on:
            context["list_href"] = f"{request.path}?sort={listed.sort}"
        if extra:
            context |= extra(request, **kwargs)
        return render(request, template, context)

    return page


def list_context(request: UserRequest, listed: ListOf, **kwargs: Any) -> dict[str, Any]:
    """What the list template shows: rows as cells, filters, chips, neighbours, files."""
    given, listed = _given(request), listed.seen_by(request.access)
    rows = listed.rows_for(request.access, given, **kwargs)
    page = page_of(listed, rows, given)
    shown = [c for c in listed.columns if c.in_page]
    can_export = listed.is_entrusted or request.access.holds(Permission.EXPORT)
    here = {"args": [], "kwargs": kwargs}
    return {
        "list": listed,
        "columns": [_head(request, listed, c) for c in shown],
        "rows": [
            {"row": row, "cells": cells}
            for row, cells in zip(
                page.rows, cells_of(shown, page.rows, request.access), strict=True
            )
        ],
        "page": page,
        "filters": [_filter(one, given) for one in listed.filters],
        "chips": list(_chips(request, listed)),
        "is_filtered": any(given.get(f.name) for f in listed.filters),
        "next_href": _with(request, after=page.next_key) if page.next_key else "",
        "previous_href": _with(request, before=page.previous_key) if page.previous_key else "",
        "list_href": request.path,
        "csv_href": _file_href(request, f"{listed.name}_csv", here) if can_export else "",
        "xlsx_href": _file_href(request, f"{listed.name}_xlsx", here) if can_export else "",
    }


def _given(request: UserRequest) -> dict[str, list[str]]:
    return {name: values for name, values in request.GET.lists()}  # noqa: C416  # a MultiValueDict


def _head(request: UserRequest, listed: ListOf, column: Any) -> Column:
    if not column.sort:
        return Column(column.label, "n" if column.kind in NUMBERS else "")
    by = listed.ordering(_given(request))[0]
    is_up, is_down = by == column.sort, by == f"-{column.sort}"
    href = _with(request, sort=f"-{column.name}" if is_up else column.name)
    sorted_as = "ascending" if is_up else "descending" if is_down else ""
    return Column(column.label, "n" if column.kind in NUMBERS else "", href, sorted_as)  # type: ignore[arg-type]


def _filter(one: Choice | Search, given: Mapping[str, list[str]]) -> dict[str, Any]:
    values = given.get(one.name, [])
    return {
        "name": one.name,
        "label": one.label,
        "is_search": isinstance(one, Search),
        "kind": one.kind if isinstance(one, Search) else "",
        "value": values[-1] if values else "",
        "options": options_of(one.options(), values),
    }


def _chips(request: UserRequest, listed: ListOf) -> Iterator[Chip]:
    given = _given(request)
    for one in listed.filters:
        values = [v for v in given.get(one.name, []) if v]
        if not values:
            continue
        labels = {str(value): str(label) for value, label in one.options()}
        words = ", ".join(labels.get(v, v) for v in values)
        operator = _("contains") if isinstance(one, Search) else _("is")
        yield Chip(one.label, operator, words, _with(request, **{one.name: ""}))


def _with(request: UserRequest, **changes: str) -> str:
    """This page's address with some parameters changed; a change of filter starts at page one."""
    query: QueryDict = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    text = query.urlencode()
    return f"{request.path}?{text}" if text else request.path


def _file_href(request: UserRequest, name: str, here: Mapping[str, Any]) -> str:
    query = request.GET.copy()
    for key in ("after", "before"):
        query.pop(key, None)
    text = query.urlencode()
    address = reverse(name, kwargs=here["kwargs"])
    return f"{address}?{text}" if text else address
