"""The file of an import: removed once its rows are in, with a reason; the record stays."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.directory.actions.import_files import KIND, remove_import_file
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.requests import UserRequest
from symposia.work.models import Import
from symposia.work.queries import file_of_import


class RemovalForm(forms.Form):
    """Why a file is no longer kept."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is removed"),
        help_text=gettext_lazy("Kept in the journal."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT_CLINICIANS, of_all=True)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Remove what was handed in: asked for its reason first."""
    made = get_object_or_404(Import.objects.of_kind(KIND), pk=pk)
    file = file_of_import(made)
    if file is None:
        raise Http404
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_import_file(made, file, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("The file is removed. What came of its rows stays."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("import_rows", pk=made.pk)
    status = 422 if form.is_bound else 200
    context = {"made": made, "form": form}
    return render(request, "office/imports/removal.html", context, status=status)
