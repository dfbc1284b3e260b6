"""A small file about people of the directory, or pasted lines: handed in, and shown once more."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.directory.line_files import lines_of_file
from symposia.web.requests import UserRequest


class LinesForm(forms.Form):
    """What is said of people of the directory, as a file or as pasted lines."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX with a header, at most 5 MB and 5,000 lines."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    lines = forms.CharField(
        label=gettext_lazy("Or pasted lines"),
        help_text=gettext_lazy("The first line names the columns."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )


def handed_in(request: UserRequest, form: forms.Form, *, between: str = " ") -> tuple[str, str]:
    """The lines as text, and what they are called. Refuses a file that cannot be read."""
    file = form.cleaned_data["file"]
    if not file:
        name = request.POST.get("name", "").replace("\x00", "")[:200] or _("Pasted lines")
        return form.cleaned_data["lines"].replace("\x00", ""), name
    return lines_of_file(file.chunks(), size=file.size, between=between), str(file.name)[:200]
