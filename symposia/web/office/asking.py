"""A page that is one form, and a button that is one action: shown, checked, done or refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.shared.lists import Words
from symposia.shared.refusals import Objection, Refused
from symposia.web.office.meanwhile import what_changed
from symposia.web.requests import UserRequest

FORM = "office/planning/form.html"


class WhyForm(forms.Form):
    """Why something ends: the reason that the record keeps."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


@dataclass(frozen=True)
class Question:
    """What the page of a form says around it, and where one goes back to."""

    title: Words
    parent: Words
    back: str
    submit: Words
    note: Words = ""
    objection: Objection | None = None
    # Where a page shows more than its form: the template, and what it shows.
    template: str = FORM
    more: Mapping[str, Any] = field(default_factory=dict)


def ask(
    request: UserRequest,
    form: forms.Form,
    question: Question,
    act: Callable[[dict[str, Any]], str],
    first: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; once it is sent and right, act and go to the address that `act` answers."""
    context: dict[str, Any] = {"form": form, "question": question, **question.more}
    if form.is_bound and form.is_valid():
        try:
            return redirect(act(form.cleaned_data))
        except Refused as refused:
            form.add_error(None, str(refused))
            if first is not None:
                context["changes"] = what_changed(form, first, refused)
    return render(request, question.template, context, status=422 if form.errors else 200)


def warned_of(steps: Sequence[str]) -> str:
    """What a change of something signed will do, said before anybody makes it."""
    if not steps:
        return ""
    return _("This was approved. After a change it waits again for: %s.") % ", ".join(steps)


def given(request: UserRequest) -> Any:
    """What was sent, or nothing while the form is only shown."""
    return request.POST if request.method == "POST" else None


def seen_in(request: UserRequest) -> int:
    """The version that the page of a button showed."""
    said = request.POST.get("seen_version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def do(request: UserRequest, act: Callable[[], Any], back: str, done: str = "") -> HttpResponse:
    """Act, or say why not; either way back to a page."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, done)
    return redirect(back)
