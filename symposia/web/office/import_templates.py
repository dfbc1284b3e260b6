"""A table to fill in for each kind of file, with an example row and what its columns mean."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.directory.import_kinds import KINDS
from symposia.web.gates import requires
from symposia.web.requests import UserRequest
from symposia.work.imports.fields import TargetField
from symposia.work.imports.templates import dictionary_csv, template_csv, template_xlsx

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMS: dict[str, tuple[Callable[[Sequence[TargetField]], bytes], str, str]] = {
    "csv": (template_csv, _CSV, "%s.csv"),
    "xlsx": (template_xlsx, _XLSX, "%s.xlsx"),
    "fields": (dictionary_csv, _CSV, "%s-fields.csv"),
}


@require_GET
@requires(Permission.IMPORT_CLINICIANS)
def template(request: UserRequest, kind: str, form: str) -> HttpResponse:
    """The table as CSV or workbook, or the dictionary by itself."""
    found = KINDS.get(kind)
    if found is None:
        raise Http404
    return template_file(found.columns(request.access), form, name=kind)


def template_file(fields: Sequence[TargetField], form: str, *, name: str) -> HttpResponse:
    """The table of these columns, or what they mean, as a file to take home."""
    if form not in _FORMS:
        raise Http404
    made, content_type, called = _FORMS[form]
    answer = HttpResponse(made(fields), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{called % name}"'
    return answer
