"""What is kept of oneself, and how one may be reached: signed in, or by a personal link.

Looking changes nothing; every change is a button that posts.
"""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.actions.changes import propose_change
from symposia.directory.actions.consents import (
    ConsentFacts,
    state_consent,
    withdraw_all_consent,
)
from symposia.directory.asking import ways_of
from symposia.directory.changing import ChangeFacts, said_now, shown
from symposia.directory.models import (
    SEVERAL,
    ChangeRequest,
    Channel,
    Clinician,
    ConsentStatement,
    GroupManager,
    Proposable,
    Purpose,
)
from symposia.directory.own_queries import own_said_openly
from symposia.directory.owning import own_in_words
from symposia.directory.placing_steps import words_of
from symposia.directory.queries import address_of_person, affiliations_of, managers_of
from symposia.directory.reaching import contacts_of
from symposia.reporting.queries import identity_of
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.links import personal_link
from symposia.web.parts import Fact, Words
from symposia.web.requests import UserRequest

PAGE = "learner/own_data/show.html"


@require_GET
@requires(Permission.OWN_LEARNING)
def own(request: UserRequest) -> HttpResponse:
    """How this organisation may reach the person who is signed in."""
    clinician = Clinician.objects.of_user(request.user.pk).first()
    if clinician is None:
        return render(request, "learner/own_data/nobody.html")
    to, change_href = reverse("own_consent"), reverse("own_change")
    more = {"change_href": change_href, "transfers_href": reverse("own_transfers")}
    return _page(request, clinician, "layouts/office.html", to=to, **more)


@require_POST
@requires(Permission.OWN_LEARNING)
def own_consent(request: UserRequest) -> HttpResponse:
    """Say yes or no to one way of being reached."""
    clinician = get_object_or_404(Clinician.objects.of_user(request.user.pk))
    _say(request, clinician, by=request.actor)
    return redirect("own_data")


@require_GET
@personal_link("person", address_of=address_of_person)
def by_link(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The same page without an account."""
    clinician = get_object_or_404(Clinician.objects.of_link(pk))
    to = reverse("own_consent_link", args=[token])
    change_href = reverse("own_change_link", args=[token])
    transfers_href = reverse("own_transfers_link", args=[token])
    more = {"change_href": change_href, "transfers_href": transfers_href}
    return _page(request, clinician, "layouts/learner.html", to=to, **more)


@require_POST
@personal_link("person", address_of=address_of_person)
def consent_by_link(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Say yes or no to one way of being reached."""
    clinician = get_object_or_404(Clinician.objects.of_link(pk))
    _say(request, clinician, by=Actor("link", clinician.pk, clinician.called))
    return redirect("own_data_link", token)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_LEARNING)
def own_change(request: UserRequest) -> HttpResponse:
    """Say what is wrong; somebody who looks after the directory decides."""
    clinician = get_object_or_404(Clinician.objects.of_user(request.user.pk))
    return _change(request, clinician, reverse("own_data"), by=request.actor)


@require_http_methods(["GET", "POST"])
@personal_link("person", address_of=address_of_person)
def change_by_link(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The same without an account; looking at the form changes nothing."""
    clinician = get_object_or_404(Clinician.objects.of_link(pk))
    by = Actor("link", clinician.pk, clinician.called)
    return _change(request, clinician, reverse("own_data_link", args=[token]), by=by)


class OwnChangeForm(forms.Form):
    """One thing about oneself that is wrong."""

    field = forms.ChoiceField(
        label=gettext_lazy("What is wrong"),
        choices=[each for each in Proposable.choices if each[0] not in SEVERAL],
    )
    now = forms.CharField(label=gettext_lazy("What it should say"), max_length=254, required=False)
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy("For example: married in May; new hospital since June."),
        max_length=500,
    )


def _change(request: Any, clinician: Clinician, back: str, *, by: Actor) -> HttpResponse:
    form = OwnChangeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        facts = ChangeFacts(**form.cleaned_data)
        try:
            propose_change(clinician, facts, by=by, answer_to=clinician.email)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. You are told what becomes of it."))
            return redirect(back)
    context = {"form": form, "back": back, "layout": _layout(request)}
    page = "learner/own_data/change.html"
    return render(request, page, context, status=422 if form.errors else 200)


def _layout(request: Any) -> str:
    """Within the office for whoever is signed in there, else a sheet of its own."""
    is_member = getattr(request, "access", None) is not None
    return "layouts/office.html" if is_member else "layouts/learner.html"


def _say(request: Any, clinician: Clinician, *, by: Actor) -> None:
    """Take one answer, or the one that stops everything."""
    said = request.POST
    try:
        if said.get("everything"):
            withdraw_all_consent(clinician, by=by)
        elif said.get("purpose") in Purpose and said.get("channel", "") in ("", *Channel):
            is_given = said.get("given") == "yes"
            facts = ConsentFacts(said["purpose"], said.get("channel", ""), given=is_given)
            state_consent(clinician, facts, by=by)
        else:
            messages.error(request, _("Choose one of the ways on this page."))
            return
    except Refused as refused:
        messages.error(request, str(refused))
        return
    messages.success(request, _("Thank you. It holds from now on."))


def _facts(clinician: Clinician) -> list[Fact]:
    """What the directory says of the person, as far as it says anything."""
    numbers = ", ".join(str(each) for each in clinician.identifiers.all())
    said: list[tuple[Words, str]] = [
        (label, shown(name, said_now(clinician, name)))
        for name, label in Proposable.choices
        if name not in SEVERAL
    ]
    places = "; ".join(words_of(row) for row in affiliations_of(clinician))
    beside = [each for each in contacts_of(clinician, localdate()) if each.row]
    ways = "; ".join(f"{each.row.label} {each.row.one_line}".strip() for each in beside if each.row)
    said += [(_("Numbers"), numbers), (_("Places of work"), places), (_("Other ways"), ways)]
    said += [(field.label, own_in_words(value)) for field, value in own_said_openly(clinician)]
    looked = "; ".join(_looks_after(each) for each in managers_of(clinician, local_day()))
    said += [(_("Looks after my education here"), looked)]
    known = identity_of(clinician.pk)
    said += [(_("As boards know me"), f"{known} {known.born}".strip() if known else "")]
    return [Fact(label, value) for label, value in said if value]


def _looks_after(manager: GroupManager) -> str:
    """Who it is, of which group, and whether they read licences."""
    said = {"who": manager.membership, "group": manager.group.name}
    if manager.sees_licences:
        return _("%(who)s (%(group)s), licences too") % said
    return _("%(who)s (%(group)s)") % said


def _requests(clinician: Clinician) -> list[ChangeRequest]:
    """What was asked for lately, but for fields that not everybody sees who sees the person."""
    rows = ChangeRequest.objects.of(clinician).of_open_fields().select_related("own_field")
    return list(rows.order_by("-proposed_at", "-pk")[:10])


def _page(request: Any, clinician: Clinician, layout: str, **hrefs: str) -> HttpResponse:
    statements = ConsentStatement.objects.of(clinician)
    context = {
        "layout": layout,
        "clinician": clinician,
        "organisation": request.organisation,
        "purposes": ways_of(clinician),
        "statements": statements.order_by("-said_at", "-pk")[:20],
        **hrefs,
        "facts": _facts(clinician),
        "requests": _requests(clinician),
        "identity_href": reverse("own_identity") if layout == "layouts/office.html" else "",
    }
    return render(request, PAGE, context)
