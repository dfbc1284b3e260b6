"""Several colleagues are registered at once, from a list; somebody comes instead of another."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.directory.lines import objection_to_so_many
from symposia.registrations.actions.parties import register_name_list
from symposia.registrations.actions.substitution import substitute
from symposia.registrations.lists import PEOPLE
from symposia.registrations.models import Registration, Source
from symposia.registrations.name_lists import LONGEST, Line, people_in, read_name_list
from symposia.registrations.policies import objection_to_a_place
from symposia.shared.refusals import Refused, refuse_if
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_MANAGE = Permission.MANAGE_REGISTRATIONS
LARGEST_FILE = 200_000


class NameListForm(forms.Form):
    """Who comes, and whether they come together or each on their own."""

    people = forms.CharField(
        label=gettext_lazy("One person a line"),
        help_text=gettext_lazy("An e-mail address or a number of the directory in each line."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=LARGEST_FILE,
        required=False,
    )
    file = forms.FileField(label=gettext_lazy("Or a CSV file"), required=False)
    party = forms.CharField(
        label=gettext_lazy("They come together as"),
        help_text=gettext_lazy(
            "A department, a practice: they get their places together, or wait together. Empty:"
            " each on their own."
        ),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("file"):
            said["people"] = self._text_of(said["file"])
        if not said.get("people", "").strip():
            self.add_error("people", _("Paste at least one line, or choose a file."))
        elif objection := objection_to_so_many(len(said["people"].splitlines()), most=LONGEST):
            self.add_error("people", str(objection))
        return said

    def _text_of(self, file: Any) -> str:
        content = file.read(LARGEST_FILE)
        try:
            return str(content.decode("utf-8-sig")).replace("\x00", "")
        except UnicodeDecodeError:
            self.add_error("file", _("Save the file as UTF-8 text and choose it again."))
            return ""


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """First what each line says, then, with a second press, the registrations."""
    activity = activity_or_404(request, pk, _MANAGE)
    form = NameListForm(given(request), request.FILES or None)
    if not form.is_bound or not form.is_valid():
        return _page(request, activity, form, status=422 if form.errors else 200)
    said = form.cleaned_data
    lines = read_name_list(said["people"], activity, request.access, source=Source.OFFICE, at=now())
    if "confirmed" not in request.POST or not people_in(lines):
        shown = NameListForm({"people": said["people"], "party": said["party"]})
        return _page(request, activity, shown, lines=lines)
    try:
        _register(request, activity, lines, said["party"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, activity, form, lines=lines, status=422)
    return redirect(PEOPLE.name, activity.pk)


class SubstituteForm(forms.Form):
    """Who comes instead."""

    person = forms.CharField(
        label=gettext_lazy("E-mail or number in the directory"), max_length=254
    )


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def hand_on(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody else of the directory comes instead."""
    rows = Registration.objects.visible_to(request.access, _MANAGE)
    found = get_object_or_404(rows.with_people(), pk=pk)
    shown(request, found.activity, _MANAGE)

    def act(said: dict[str, Any]) -> str:
        line = read_name_list(
            said["person"], found.activity, request.access, source=found.source, at=now()
        )[0]
        refuse_if(line.objection)
        made = substitute(found, people_in([line])[0], by=request.actor)
        messages.success(request, _("The place is handed on."))
        return reverse("registration", args=[made.pk])

    title = _("Somebody comes instead of %(person)s") % {"person": found.clinician.called}
    note = _("The same seat, past nobody who waits; the place of the first person ends.")
    back = reverse("registration", args=[pk])
    question = Question(title, str(found.activity), back, _("Hand the place on"), note)
    return ask(request, SubstituteForm(given(request)), question, act)


def _register(request: UserRequest, activity: Activity, lines: list[Line], party: str) -> None:
    wish = {"party": party, "source": Source.OFFICE}
    done = register_name_list(people_in(lines), activity, **wish, by=request.actor)
    made = [one for _person, one in done if isinstance(one, Registration)]
    for person, one in done:
        if not isinstance(one, Registration):
            messages.error(request, f"{person.called}: {one}")
    with_place = sum(one.is_confirmed for one in made)
    waiting = len(made) - with_place
    messages.success(
        request,
        ngettext("%(n)d person has a place.", "%(n)d people have a place.", with_place)
        % {"n": with_place}
        + " "
        + ngettext("%(n)d waits.", "%(n)d wait.", waiting) % {"n": waiting},
    )


def _page(
    request: UserRequest,
    activity: Activity,
    form: NameListForm,
    *,
    lines: list[Line] | None = None,
    **more: Any,
) -> HttpResponse:
    context = {
        "activity": activity,
        "form": form,
        "lines": lines,
        "able": len(people_in(lines or [])),
        "objection": objection_to_a_place(activity, source=Source.OFFICE, at=now()),
    }
    return render(request, "office/people/name_list.html", context, **more)
