"""Venues with their rooms, and the things that sessions need."""

import uuid
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.venues import (
    VenueFacts,
    add_equipment,
    add_room,
    add_venue,
    change_venue,
    remove_room,
    retire_equipment,
    retire_venue,
)
from symposia.activities.keeping import kept_to_come
from symposia.activities.models import Equipment, Venue, VenueKind
from symposia.activities.venue_choice import said_of_venue
from symposia.audit.queries import entries_about
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

_FACTS = ("name", "address", "city", "country", "kind", "stars", "is_renowned", "notes")
_SAID = {None: "", True: "yes", False: "no"}


class VenueForm(forms.Form):
    """What one must know of a venue."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=120)
    country = forms.CharField(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Two letters, such as US or IN."),
        max_length=2,
        validators=[
            RegexValidator("^[A-Za-z]{2}$", gettext_lazy("Write the country as two letters."))
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("not said")), *VenueKind.choices],
        required=False,
    )
    stars = forms.IntegerField(
        label=gettext_lazy("Stars"),
        help_text=gettext_lazy("Its official class, from 1 to 7; empty where it has none."),
        min_value=1,
        max_value=7,
        required=False,
    )
    is_renowned = forms.TypedChoiceField(
        label=gettext_lazy("Is it known for luxury, sport or entertainment?"),
        choices=[
            ("", gettext_lazy("not said")),
            ("no", gettext_lazy("No")),
            ("yes", gettext_lazy("Yes")),
        ],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> VenueFacts:
        asked = {name: self.cleaned_data[name] for name in _FACTS}
        return VenueFacts(**asked | {"country": asked["country"].upper()})


class RoomForm(forms.Form):
    """A room of a venue."""

    name = forms.CharField(label=gettext_lazy("Room"), max_length=80)
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"), min_value=1, max_value=100_000, required=False
    )


class EquipmentForm(forms.Form):
    """A thing that sessions may need."""

    name = forms.CharField(label=gettext_lazy("Thing"), max_length=120)
    venue = forms.ChoiceField(label=gettext_lazy("Stays at"), required=False)

    def __init__(self, *args: Any, venues: list[Venue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [("", _("travels")), *((str(each.pk), str(each)) for each in venues)]
        self.fields["venue"].choices = known  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """Why a venue is no longer chosen."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


def listed(request: UserRequest) -> dict[str, Any]:
    return {"may_plan": request.access.holds(Permission.PLAN_ACTIVITIES)}


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def new(request: UserRequest) -> HttpResponse:
    form = VenueForm(given(request), initial={"country": request.organisation.country})

    def act(_data: dict[str, Any]) -> str:
        return reverse("venue", args=[add_venue(form.facts(), by=request.actor).pk])

    question = Question(_("New venue"), _("Venues"), reverse("venues"), _("Add the venue"))
    return ask(request, form, question, act)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Its rooms and what takes place in them from now on."""
    venue = _venue(request, pk)
    context = {
        "venue": venue,
        "rooms": venue.rooms.order_by("name", "pk"),
        "said": said_of_venue(venue, localdate()),
        "kept": kept_to_come(venue, now())[:50],
        "may_plan": request.access.holds(Permission.PLAN_ACTIVITIES),
        "entries": history_of(entries_about(venue.pk)[:50]),
    }
    return render(request, "office/venues/detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    venue = _venue(request, pk)
    first = {name: getattr(venue, name) for name in _FACTS} | {"seen_version": venue.version}
    first["is_renowned"] = _SAID[venue.is_renowned]
    back = reverse("venue", args=[pk])
    form = VenueForm(given(request), initial=first)

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        change_venue(venue, form.facts(), seen_version=seen, by=request.actor)
        return back

    question = Question(_("Change the venue"), venue.name, back, _("Save"))
    return ask(request, form, question, act, first)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def retire(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    venue = _venue(request, pk)
    back = reverse("venue", args=[pk])

    def act(data: dict[str, Any]) -> str:
        retire_venue(venue, reason=data["reason"], by=request.actor)
        return back

    note = _("What is planned there stays; nothing new can be put there.")
    question = Question(_("No longer chosen"), venue.name, back, _("Save"), note)
    return ask(request, WhyForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def room(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A new room, or other seats of one."""
    venue = _venue(request, pk)
    back = reverse("venue", args=[pk])

    def act(data: dict[str, Any]) -> str:
        add_room(venue, name=data["name"], seats=data["seats"], by=request.actor)
        return back

    question = Question(_("New room"), venue.name, back, _("Add the room"))
    return ask(request, RoomForm(given(request)), question, act)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def room_remove(request: UserRequest, pk: uuid.UUID, room_pk: uuid.UUID) -> HttpResponse:
    venue = _venue(request, pk)
    found = get_object_or_404(venue.rooms, pk=room_pk)
    back = reverse("venue", args=[pk])
    return do(request, lambda: remove_room(found, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def thing_new(request: UserRequest) -> HttpResponse:
    venues = list(Venue.objects.visible_to(request.access).order_by("name", "pk"))
    form = EquipmentForm(given(request), venues=venues)

    def act(data: dict[str, Any]) -> str:
        at = next((each for each in venues if str(each.pk) == data["venue"]), None)
        thing = add_equipment(data["name"], venue=at, by=request.actor)
        return reverse("equipment_item", args=[thing.pk])

    question = Question(_("New thing"), _("Equipment"), reverse("equipment"), _("Add it"))
    return ask(request, form, question, act)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def thing(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Equipment.objects.visible_to(request.access), pk=pk)
    context = {
        "thing": found,
        "kept": kept_to_come(found, now())[:50],
        "may_plan": request.access.holds(Permission.PLAN_ACTIVITIES),
        "entries": history_of(entries_about(found.pk)[:50]),
    }
    return render(request, "office/venues/thing.html", context)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def thing_retire(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Equipment.objects.visible_to(request.access), pk=pk)
    back = reverse("equipment_item", args=[pk])
    return do(request, lambda: retire_equipment(found, by=request.actor), back)


def _venue(request: UserRequest, pk: uuid.UUID) -> Venue:
    return get_object_or_404(Venue.objects.visible_to(request.access), pk=pk)
