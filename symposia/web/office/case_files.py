"""A case as a file: taken out whole, and looked at before it is brought in."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from pydantic import ValidationError

from symposia.accounts.permissions import Permission
from symposia.learning.actions.cases import write_case
from symposia.learning.cases.document import CaseDocument
from symposia.learning.cases.editing import changed_steps
from symposia.learning.cases.files import LARGEST, case_as_file, read_case_file
from symposia.learning.cases.problems import problems_of
from symposia.learning.policies import objection_to_authoring
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.cases import case_or_404
from symposia.web.requests import UserRequest

SEES, PLANS = Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES
PAGE = "office/cases/file.html"


class CaseFileForm(forms.Form):
    """A file of a case, and whether it is only looked at."""

    file = forms.FileField(label=gettext_lazy("File of a case (JSON)"))
    brings_in = forms.BooleanField(
        label=gettext_lazy("Bring it in: it takes the place of what is written here"),
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_file(self) -> CaseDocument:
        """The case in the file, or what is wrong with the file."""
        content = self.cleaned_data["file"].read(LARGEST + 1)
        try:
            return read_case_file(content)
        except ValidationError as wrong:
            first = wrong.errors()[0]
            where = " → ".join(str(each) for each in first["loc"]) or _("the file")
            said = _("This is no file of a case. At %(where)s: %(why)s") % {
                "where": where,
                "why": first["msg"],
            }
            raise forms.ValidationError(said) from wrong


@require_GET
@requires(SEES)
def file_out(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The draft as a file."""
    case = case_or_404(request, pk, SEES)
    response = HttpResponse(case_as_file(case.document), content_type="application/json")
    name = f"{case.lesson.title}.case.json"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def file_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Look at a file: which steps are new, different or gone, and what is to be mended; then bring
    it in."""
    case = case_or_404(request, pk, PLANS)
    back, first = reverse("case", args=[pk]), {"seen_version": case.version}
    form = CaseFileForm(given(request), request.FILES or None, initial=first)
    objection = objection_to_authoring(case.activity)
    note = _("A file is looked at first. Nothing changes until it is brought in.")
    question = Question(
        _("Case from a file"), case.lesson.title, back, _("Go on"), note, objection, PAGE
    )
    if form.is_bound and form.is_valid() and not form.cleaned_data["brings_in"]:
        document = form.cleaned_data["file"]
        context = {
            "form": form,
            "question": question,
            "steps": changed_steps(case.document, document),
            "problems": problems_of(document),
            "is_looked_at": True,
        }
        return render(request, PAGE, context)

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        write_case(case, data["file"], seen_version=seen, by=request.actor)
        return back

    return ask(request, form, question, act)
