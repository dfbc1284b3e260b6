"""Fields of one's own: the list, one of them, added, changed, retired, brought back, removed."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.actions.own_fields import (
    add_own_field,
    bring_back_own_field,
    change_own_field,
    remove_own_field,
    retire_own_field,
)
from symposia.directory.models import OwnField, OwnKind, OwnOf
from symposia.directory.own_lists import spoken
from symposia.directory.own_queries import own_field_is_used
from symposia.directory.policies.own import FIELD_IN_USE, OwnFieldFacts, facts_of
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest

_MANAGES = Permission.MANAGE_ORGANISATION
FORM = "office/own_fields/form.html"


class OwnFieldForm(forms.Form):
    """What a field is called, what it says, who sees it and where it shows."""

    label = forms.CharField(label=gettext_lazy("Called"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("What it says"), choices=OwnKind.choices)
    options = forms.CharField(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("Of a list: the words one chooses from, one a line."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8_000,
        required=False,
    )
    help = forms.CharField(
        label=gettext_lazy("Help"),
        help_text=gettext_lazy("Stands under the field where one fills it in."),
        max_length=300,
        required=False,
    )
    permission = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        help_text=gettext_lazy(
            "Whoever has this permission for the whole organisation. What everybody sees who sees "
            "the person, the person sees too."
        ),
        required=False,
    )
    place = forms.IntegerField(
        label=gettext_lazy("Order"),
        help_text=gettext_lazy("The smallest stands first."),
        min_value=0,
        max_value=999,
        initial=0,
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("Needed of somebody new"),
        help_text=gettext_lazy("Also in files that have a column for it."),
        required=False,
    )
    by_two = forms.BooleanField(
        label=gettext_lazy("Two people change it"),
        help_text=gettext_lazy("Of people: what it says already changes once a second one agrees."),
        required=False,
    )
    in_list = forms.BooleanField(label=gettext_lazy("A column of the list"), required=False)
    is_filter = forms.BooleanField(
        label=gettext_lazy("A filter of the list and of segments"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rights = [(str(each), spoken(each)) for each in Permission]
        choices = [("", _("Whoever sees the record")), *rights]
        self.fields["permission"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> OwnFieldFacts:
        """The field as somebody describes it."""
        said = {name: self.cleaned_data[name] for name in OwnFieldFacts.__dataclass_fields__}
        return OwnFieldFacts(**said | {"options": tuple(said["options"].splitlines())})


class NewOwnFieldForm(OwnFieldForm):
    """The same, and of what it says something."""

    of = forms.ChoiceField(label=gettext_lazy("Of"), choices=OwnOf.choices)
    field_order = ("of",)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def new(request: UserRequest) -> HttpResponse:
    """Ask one more thing."""
    form = NewOwnFieldForm(given(request))

    def act(said: dict[str, Any]) -> str:
        add_own_field(said["of"], form.facts(), by=request.actor)
        return reverse("own_fields")

    back = reverse("own_fields")
    return ask(request, form, Question(_("Another field"), _("Own fields"), back, _("Add")), act)


@require_http_methods(["GET", "POST"])
@requires(_MANAGES)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One field, and what may be done with it."""
    field, back = _field(request, pk), reverse("own_fields")
    first = vars(facts_of(field)) | {"options": "\n".join(field.options)}
    form = OwnFieldForm(given(request), initial=first)

    def act(_said: dict[str, Any]) -> str:
        change_own_field(field, form.facts(), by=request.actor)
        return back

    more = {"field": field, "in_use": FIELD_IN_USE if own_field_is_used(field) else None}
    title, parent = field.label, _("Own fields")
    question = Question(title, parent, back, _("Save"), template=FORM, more=more)
    return ask(request, form, question, act)


@require_POST
@requires(_MANAGES)
def retire(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask it no more."""
    return _do(request, pk, retire_own_field, _("Retired. What was said stays."))


@require_POST
@requires(_MANAGES)
def bring_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask it again."""
    return _do(request, pk, bring_back_own_field, _("It is asked again."))


@require_POST
@requires(_MANAGES)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take away what never said anything."""
    return _do(request, pk, remove_own_field, _("Removed."))


def _do(request: UserRequest, pk: uuid.UUID, action: Any, done: str) -> HttpResponse:
    field = _field(request, pk)
    return do(request, lambda: action(field, by=request.actor), reverse("own_fields"), done)


def _field(request: UserRequest, pk: uuid.UUID) -> OwnField:
    return get_object_or_404(OwnField.objects.to_manage(request.access), pk=pk)
