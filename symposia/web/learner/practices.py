"""Shared practice on a phone, without a script: what colleagues share, and what one shares."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from symposia.learning.actions.contributions import EDIT_MINUTES
from symposia.learning.actions.practices import (
    change_practice,
    draft_practice,
)
from symposia.learning.discussing import Voice
from symposia.learning.identifiers import IdentifierKind
from symposia.learning.letters import LEARNING
from symposia.learning.models import Adopting, Contribution, Practice, PracticeKind, PracticeState
from symposia.learning.practice_lists import PRACTICE_TONES
from symposia.learning.practice_rules import (
    WRITTEN_IN,
    is_author,
    objection_to_reading_practice,
    objection_to_sharing,
    objection_to_writing,
)
from symposia.learning.sharing import (
    activities_among,
    adoption_by,
    adoptions_of,
    checked,
    left_open,
    own_practices,
    practices_for,
    specialties_among,
)
from symposia.registrations.models import Registration
from symposia.shared.refusals import Refused
from symposia.web.learner.discussions import learner_door
from symposia.web.learner.practice_forms import LABELS, AdoptionForm, PracticeForm
from symposia.web.learner.talk_forms import ContributionForm
from symposia.web.learner.talking import Door, threads_shown
from symposia.web.links import personal_link

FOLDER = "learner/practices"
MOST_SHOWN = 50


@require_GET
@personal_link(LEARNING)
def index(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What colleagues published, by specialty and activity, and what one wrote oneself."""
    door, place = entered(pk, token)
    rows = practices_for(place)
    asked = {name: request.GET.get(name, "") for name in ("specialty", "activity", "kind")}
    found = rows
    if asked["specialty"]:
        found = found.filter(specialty=asked["specialty"])
    if asked["kind"] in PracticeKind.values:
        found = found.filter(kind=asked["kind"])
    if activity := id_in(asked["activity"]):
        found = found.filter(activity=activity)
    objection = objection_to_sharing(place)
    context = {
        "door": door,
        "activity": place.activity,
        "objection": objection,
        "practices": [] if objection else list(found[:MOST_SHOWN]),
        "own": [(each, PRACTICE_TONES[each.state]) for each in own_practices(place)],
        "specialties": [] if objection else specialties_among(rows),
        "activities": [] if objection else activities_among(rows),
        "kinds": PracticeKind.choices,
        "asked": asked,
        "is_filtered": any(asked.values()),
    }
    return render(request, f"{FOLDER}/practices.html", context)


@require_http_methods(["GET", "POST"])
@personal_link(LEARNING)
def new(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Begin one; nobody else sees it yet."""
    door, place = entered(pk, token)
    first = {"kind": PracticeKind.PRACTICE, "specialty": place.clinician.specialty}

    def act(form: PracticeForm) -> Practice:
        return draft_practice(place, form.facts(), by=door.by)

    return _written(request, door, PracticeForm(request.POST or None, initial=first), act)


@require_http_methods(["GET", "POST"])
@personal_link(LEARNING)
def edit(request: Any, pk: uuid.UUID, token: str, practice_pk: uuid.UUID) -> HttpResponse:
    """Write on."""
    door, place = entered(pk, token)
    practice = practice_or_404(place, door.voice, practice_pk)
    if not is_author(practice, door.voice):
        raise Http404
    first = {name: getattr(practice, name) for name in PracticeForm.base_fields if name in _KEPT}
    form = PracticeForm(request.POST or None, initial=first | {"seen_version": practice.version})

    def act(form: PracticeForm) -> Practice:
        seen = form.cleaned_data["seen_version"] or 0
        facts = form.facts()
        return change_practice(practice, door.voice, facts, seen_version=seen, by=door.by)

    return _written(request, door, form, act, practice)


_KEPT = ("kind", *LABELS, "specialty")


@require_GET
@personal_link(LEARNING)
def show(request: Any, pk: uuid.UUID, token: str, practice_pk: uuid.UUID) -> HttpResponse:
    """One practice: its author sees what is to be answered, colleagues what they make of it."""
    door, place = entered(pk, token)
    return practice_page(request, door, practice_or_404(place, door.voice, practice_pk))


def practice_page(
    request: Any,
    door: Door,
    practice: Practice,
    *,
    adoption: AdoptionForm | None = None,
    said: ContributionForm | None = None,
    head: Contribution | None = None,
) -> HttpResponse:
    own, published = is_author(practice, door.voice), practice.state == PracticeState.PUBLISHED
    found = checked(practice) if own and practice.state in WRITTEN_IN else []
    mine = None if own else adoption_by(practice, door.voice)
    first = {"kind": mine.kind, "note": mine.note} if mine else {"kind": Adopting.TRYING}
    context = {
        "door": door,
        "activity": door.activity,
        "practice": practice,
        "parts": [(LABELS[name], getattr(practice, name)) for name in LABELS if name != "title"],
        "tone": PRACTICE_TONES[practice.state],
        "is_own": own,
        "found": [(each, LABELS[each.finding.field]) for each in found],
        "left": len(left_open(found)),
        "may_write": own and objection_to_writing(practice, door.voice) is None,
        "adoptions": adoptions_of(practice),
        "mine": mine,
        "adoption": adoption or AdoptionForm(initial=first),
        "may_comment": published,
        "form": said if said and head is None else ContributionForm(),
        "threads": threads_shown(door, practice, EDIT_MINUTES, head=head, form=said)
        if published
        else [],
        "to": door.to("practice_comments", practice.pk),
        "urls": {
            name: door.to(f"practice_{name}", practice.pk)
            for name in ("edit", "answers", "sending", "withdrawal", "adoption", "adoption_end")
        },
        "index": door.to("practices"),
    }
    wrong = any(each is not None and each.errors for each in (adoption, said))
    return render(request, f"{FOLDER}/practice.html", context, status=422 if wrong else 200)


def _written(
    request: Any,
    door: Door,
    form: PracticeForm,
    act: Callable[[PracticeForm], Practice],
    practice: Practice | None = None,
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            kept = act(form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(door.to("practice", kept.pk))
    back = door.to("practice", practice.pk) if practice else door.to("practices")
    context = {
        "door": door,
        "activity": door.activity,
        "form": form,
        "back": back,
        "kinds": [label for _value, label in IdentifierKind.choices],
    }
    return render(request, f"{FOLDER}/form.html", context, status=422 if form.errors else 200)


def entered(pk: uuid.UUID, token: str) -> tuple[Door, Registration]:
    door = learner_door(pk, token)
    if door.voice.registration is None:
        raise Http404
    return door, door.voice.registration


def practice_or_404(place: Registration, voice: Voice, pk: uuid.UUID) -> Practice:
    """What this learner may read: the own, and what colleagues published."""
    practice = get_object_or_404(Practice.objects.with_names().exclude(state="withdrawn"), pk=pk)
    if objection_to_reading_practice(practice, place, voice):
        raise Http404
    return practice


def id_in(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None
