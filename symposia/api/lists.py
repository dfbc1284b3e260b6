"""The API of a declared list: the same rows, filters and columns as its page, by cursor."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.shared.lists import ListOf, as_text, page_of


class ListPage(Schema):
    """A page of rows; `next` is the cursor of the following one, absent at the end."""

    items: list[dict[str, Any]]
    next: str | None
    count: int
    count_is_exact: bool


def list_route(router: Router, listed: ListOf, path: str = "") -> None:
    """Add the route of a list; the query takes the list's filters, `sort`, `after` and `limit`."""
    parameters = [
        {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
        for name in [*(f.name for f in listed.filters), "sort", "after"]
    ]

    @router.get(
        path,
        response=ListPage,
        operation_id=f"list_{listed.name}",
        summary=str(listed.title),
        openapi_extra={"parameters": parameters},
    )
    @allowed(Permission(listed.permission), of_all=listed.of_all)
    def rows(request: HttpRequest, limit: int = 50) -> dict[str, Any]:
        given = {name: values for name, values in request.GET.lists()}  # noqa: C416
        seen = listed.seen_by(request.access)  # type: ignore[attr-defined]
        found = seen.rows_for(request.access, given)  # type: ignore[attr-defined]
        page = page_of(seen, found, given, size=max(1, min(limit, 500)))
        return {
            "items": [_item(seen, row) for row in page.rows],
            "next": page.next_key or None,
            "count": page.count,
            "count_is_exact": page.count_is_exact,
        }


def _item(listed: ListOf, row: Any) -> dict[str, Any]:
    return {"id": str(row.pk)} | {c.name: as_text(c.value(row)) for c in listed.columns}
