"""What the learner's licences still need: the arithmetic, and what of the catalogue would help."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.credits.actions.requirements import change_licence, end_licence, track_licence
from symposia.credits.licence_lists import STANDING_TONES
from symposia.credits.licence_rules import LATEST, LicenceFacts
from symposia.credits.models import Licence
from symposia.credits.subjects import every_in_words, in_words, need_named, subject_words
from symposia.credits.tracked import (
    Tracked,
    licences_of,
    pack_by_key,
    packs_in_force,
    what_would_help,
)
from symposia.credits.tracking import Need, ends_of
from symposia.directory.models import Clinician
from symposia.web.gates import requires
from symposia.web.learner.transcript import DAY
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.parts import Requirement
from symposia.web.requests import UserRequest

FOLDER = "learner/requirements"
STANDING_WORDS = {
    "done": gettext_lazy("Complete"),
    "on_the_way": gettext_lazy("On the way"),
    "at_risk": gettext_lazy("At risk"),
    "over": gettext_lazy("Over, not complete"),
}


class WhichForm(forms.Form):
    """Whose requirement is tracked."""

    asks = forms.ChoiceField(label=gettext_lazy("Board, council or rule"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(each.pk), each.name) for each in packs_in_force(localdate())]
        self.fields["asks"].choices = known  # type: ignore[attr-defined]


class LicenceForm(forms.Form):
    """The licence, its cycle, and what of the rule does not apply."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=60, required=False)
    cycle_starts_on = forms.DateField(label=gettext_lazy("The cycle began on"), widget=DAY)
    cycle_ends_on = forms.DateField(
        label=gettext_lazy("The cycle ends on"),
        widget=DAY,
        required=False,
        help_text=gettext_lazy("Left open: the length that the rule gives."),
    )
    left_out = forms.MultipleChoiceField(
        label=gettext_lazy("Does not apply to me"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Read the board's condition; you answer for what you leave out."),
    )

    def __init__(self, *args: Any, asks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asks = asks
        topics = [(each["topic"], _said(each)) for each in asks.topics]
        self.fields["left_out"].choices = topics  # type: ignore[attr-defined]
        if not topics:
            del self.fields["left_out"]

    def facts(self) -> LicenceFacts:
        said = self.cleaned_data
        starts_on = said["cycle_starts_on"]
        ends_on = said["cycle_ends_on"]
        if ends_on is None:  # a year that is too far is refused as such
            is_far = starts_on.year > LATEST
            ends_on = starts_on if is_far else ends_of(starts_on, self._asks.cycle_months)
        left_out = said.get("left_out", ())
        return LicenceFacts(self._asks, said["number"], starts_on, ends_on, left_out)


def _said(topic: dict[str, Any]) -> str:
    return ": ".join(filter(None, (subject_words(topic["topic"]), topic["condition"])))


@require_GET
@requires(Permission.OWN_LEARNING)
def show(request: UserRequest) -> HttpResponse:
    """Every licence of the learner, what is asked, what is held, what would help."""
    clinician = Clinician.objects.of_user(request.user.pk).first()
    if clinician is None:
        return render(request, "learner/own_data/nobody.html")
    held = licences_of(clinician)
    help_for = what_would_help(held, now())
    context = {
        "licences": [
            shown(each)
            | {"help": [(s, in_words(s.subjects)) for s in help_for.get(each.licence.pk, ())]}
            for each in held
        ],
        "code": request.organisation.code,
    }
    return render(request, f"{FOLDER}/show.html", context)


def shown(each: Tracked) -> dict[str, Any]:
    """A licence as its page and that of the office show it."""
    today = localdate()
    standing = each.progress.standing(today)
    return {
        "one": each,
        "licence": each.licence,
        "asks": each.licence.asks,
        "requirements": [_requirement(need) for need in each.progress.needs],
        "needs": [
            (need, need_named(need), every_in_words(need.every)) for need in each.progress.needs
        ],
        "left_out": [subject_words(subject) for subject in each.licence.left_out],
        "days": each.progress.days_left(today),
        "standing": STANDING_WORDS[standing],
        "tone": STANDING_TONES[standing],
    }


def _requirement(need: Need) -> Requirement:
    state: Any = "done" if need.is_met else "open"
    if need.is_course:
        return Requirement(need_named(need), state, need.condition, _("one course"))
    words = {"held": f"{need.held:.2f}", "needed": f"{need.needed:.2f}"}
    note = _("%(held)s of %(needed)s hours") % words
    detail = "; ".join(filter(None, (every_in_words(need.every), need.condition)))
    return Requirement(need_named(need), state, detail, note)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_LEARNING)
def which(request: UserRequest) -> HttpResponse:
    """Choose whose requirement to track."""
    _mine(request)

    def act(said: dict[str, Any]) -> str:
        return f"{reverse('licence_new')}?asks={said['asks']}"

    question = Question(
        *(_("Track a licence"), _("My requirements"), reverse("requirements"), _("Next"))
    )
    return ask(request, WhichForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_LEARNING)
def new(request: UserRequest) -> HttpResponse:
    """Enter the licence and its cycle."""
    asks = pack_by_key(request.GET.get("asks", "")[:60])
    if asks is None:
        raise Http404
    clinician, back = _mine(request), reverse("requirements")
    form = LicenceForm(given(request), asks=asks)

    def act(_said: dict[str, Any]) -> str:
        track_licence(clinician, form.facts(), by=request.actor)
        return back

    question = Question(
        *(asks.name, _("My requirements"), back, _("Track it"), asks.citation),
        template=f"{FOLDER}/form.html",
    )
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.OWN_LEARNING)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Set the cycle that runs now, or what does not apply."""
    licence, back = _licence(request, pk), reverse("requirements")
    first = {
        name: getattr(licence, name)
        for name in ("number", "cycle_starts_on", "cycle_ends_on", "left_out")
    }
    form = LicenceForm(given(request), asks=licence.asks, initial=first)

    def act(_said: dict[str, Any]) -> str:
        change_licence(licence, form.facts(), by=request.actor)
        return back

    question = Question(
        *(str(licence), _("My requirements"), back, _("Save"), licence.asks.citation),
        template=f"{FOLDER}/form.html",
    )
    return ask(request, form, question, act)


@require_POST
@requires(Permission.OWN_LEARNING)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Track it no more."""
    licence, done = _licence(request, pk), _("It is not tracked any more. What you earned stays.")
    back = reverse("requirements")
    return do(request, lambda: end_licence(licence, by=request.actor), back, done)


def _mine(request: UserRequest) -> Clinician:
    return get_object_or_404(Clinician.objects.of_user(request.user.pk))


def _licence(request: UserRequest, pk: uuid.UUID) -> Licence:
    rows = Licence.objects.own_of(request.access).held().with_packs()
    return get_object_or_404(rows, pk=pk)
