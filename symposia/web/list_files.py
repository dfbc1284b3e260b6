"""A declared list taken home: CSV and XLSX of the same rows as its page.

The answer begins at once. What the database can write by itself it writes at its own speed in one
short transaction; somebody who downloads slowly holds none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.wall import settings_of
from symposia.audit.actions import record
from symposia.shared.copying import Copying, as_csv, as_lines, is_copied, write_lines
from symposia.shared.lists import ListOf, Rows, page_of
from symposia.shared.sheets import csv_chunks, csv_head
from symposia.shared.tenancy import acting_in, behind
from symposia.shared.workbooks import MOST_ROWS, rows_of_lines, rows_of_values, workbook
from symposia.web.gates import own_transaction, requires
from symposia.web.requests import UserRequest

View = Callable[..., HttpResponseBase]
CHUNK = 2_000
_PIECE = 1 << 18
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _needed_for(listed: ListOf) -> tuple[Permission, ...]:
    """What one holds to take a list home."""
    opens = Permission(listed.permission)
    return (opens,) if listed.is_entrusted else (opens, Permission.EXPORT)


def csv_file(listed: ListOf) -> View:
    @require_GET
    @own_transaction
    @requires(*_needed_for(listed), of_all=listed.of_all)
    def file(request: UserRequest, **kwargs: Any) -> HttpResponseBase:
        with _inside(request):
            seen = listed.seen_by(request.access)
            _log_export(request, seen, "csv", kwargs)
            copying = as_csv(seen, _rows(request, seen, kwargs)) if is_copied(seen) else None
        if copying:
            lines = _copied(request, copying)
        else:
            lines = csv_chunks(_worked_out(request, seen, kwargs))
        body = chain([csv_head(_head(seen))], lines)
        return _download(body, "text/csv", f"{_file_name(seen)}.csv")

    return file


def xlsx_file(listed: ListOf) -> View:
    @require_GET
    @own_transaction
    @requires(*_needed_for(listed), of_all=listed.of_all)
    def file(request: UserRequest, **kwargs: Any) -> HttpResponseBase:
        with _inside(request):
            seen = listed.seen_by(request.access)
            rows = _rows(request, seen, kwargs)
            if _are_too_many(rows):
                messages.error(request, _("A workbook cannot hold so many rows. Take the CSV."))
                page: HttpResponseBase = redirect(listed.name, **kwargs)
                return page
            _log_export(request, seen, "xlsx", kwargs)
            copying = as_lines(seen, rows) if is_copied(seen) else None
        if copying:
            sheet = _copied_rows(request, copying)
        else:
            sheet = rows_of_values(_worked_out(request, seen, kwargs))
        return _download(workbook(_head(seen), sheet), _XLSX, f"{_file_name(seen)}.xlsx")

    return file


def asked(request: UserRequest) -> dict[str, list[str]]:
    """The filters and the order in the address; a file has no pages."""
    return {n: v for n, v in request.GET.lists() if n not in {"after", "before"}}


def _rows(request: UserRequest, listed: ListOf, kwargs: Mapping[str, Any]) -> Rows:
    return listed.rows_for(request.access, asked(request), **kwargs)


def _are_too_many(rows: Rows) -> bool:
    return rows.order_by()[MOST_ROWS : MOST_ROWS + 1].exists()


def _copied(request: UserRequest, copying: Copying) -> Iterator[bytes]:
    with _written(request, copying) as file:
        while piece := file.read(_PIECE):
            yield piece


def _copied_rows(request: UserRequest, copying: Copying) -> Iterator[bytes]:
    with _written(request, copying) as file:
        yield from rows_of_lines(file, copying.kinds)


@contextmanager
def _written(request: UserRequest, copying: Copying) -> Iterator[IO[bytes]]:
    """The lines in a file without a name, after the transaction that wrote them has ended."""
    with TemporaryFile() as file:
        with _inside(request):
            write_lines(copying, file)
        file.seek(0)
        yield file


def _worked_out(
    request: UserRequest, listed: ListOf, kwargs: Mapping[str, Any]
) -> Iterator[list[list[Any]]]:
    """Cells of every row, one short transaction per chunk, in the language of the request."""
    given, language = asked(request), get_language()
    while True:
        with _inside(request), override(language):
            rows = listed.rows_for(request.access, given, **kwargs)
            page = page_of(listed, rows, given, size=CHUNK)
            cells = [[column.value(row) for column in listed.columns] for row in page.rows]
        yield cells
        if not page.next_key:
            return
        given["after"] = [page.next_key]


@contextmanager
def _inside(request: UserRequest) -> Iterator[None]:
    inside = acting_in(request.organisation.pk, user_id=request.user.pk)
    with inside, behind(settings_of(request.access)):
        yield


def _log_export(request: UserRequest, listed: ListOf, kind: str, of: Mapping[str, Any]) -> None:
    details = {"list": listed.name, "as": kind, "filters": request.GET.urlencode()[:500]}
    details |= {name: str(value) for name, value in of.items()}
    record(request.actor, "list.exported", details=details)


def _head(listed: ListOf) -> list[str]:
    return [str(column.label) for column in listed.columns]


def _file_name(listed: ListOf) -> str:
    return f"{listed.name}_{now():%Y-%m-%d_%H%MZ}"


def _download(body: Iterator[bytes], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def table_file(
    kind: str, head: Sequence[str], rows: Iterable[Sequence[Any]], *, name: str
) -> StreamingHttpResponse:
    """A table that we worked out ourselves, as CSV or workbook; another kind does not exist."""
    match kind:
        case "csv":
            lines = chain([csv_head(head)], csv_chunks([rows]))
            return _download(lines, "text/csv", f"{name}.csv")
        case "xlsx":
            return _download(workbook(head, rows_of_values([rows])), _XLSX, f"{name}.xlsx")
    raise Http404
