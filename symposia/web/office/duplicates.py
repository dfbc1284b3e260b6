"""Who may be in the directory twice: looked at side by side, merged, told apart, made two again."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.actions.duplicates import look_at_pair_again, put_side_by_side, tell_apart
from symposia.directory.actions.merging import merge_clinicians, undo_merge
from symposia.directory.duplicate_lists import TONES, percent
from symposia.directory.duplicates.fields import CHOSEN, said
from symposia.directory.duplicates.finding import LIKELY
from symposia.directory.duplicates.own_facts import OwnPair, own_lines_of, own_pairs
from symposia.directory.duplicates.preview import Preview, preview_of
from symposia.directory.duplicates.undoing import touched_by
from symposia.directory.duplicates.words import speaks_against, speaks_for
from symposia.directory.models import Clinician, Merge, PossibleDuplicate
from symposia.directory.owning import own_in_words
from symposia.directory.policies.duplicates import objection_to_merging, objection_to_undoing
from symposia.directory.queries import (
    find_clinicians,
    like_named,
    next_pair,
    waiting_of_merge,
)
from symposia.directory.tasks import start_looking
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import is_behind
from symposia.web.gates import requires
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.clinician_record import clinician_or_404, directory_views
from symposia.web.office.duplicate_forms import MergeForm, OtherForm
from symposia.web.requests import UserRequest

FOLDER = "office/duplicates"
_STEWARD = Permission.STEWARD_DIRECTORY


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the list: the likeliest that this person may decide."""
    may_decide = request.access.holds(_STEWARD)
    return {
        "first": next_pair(request.access, _STEWARD) if may_decide else None,
        "may_look": request.access.everywhere(_STEWARD),
        "views": directory_views("duplicates"),
    }


@require_POST
@requires(_STEWARD)
def look(request: UserRequest) -> HttpResponse:
    """Compare everybody with everybody, as a job."""
    back = reverse("duplicates")
    told = _("The comparison runs; you see here whom it finds.")

    def act() -> None:
        start_looking(by=request.actor, href=back, access=request.access)

    return do(request, act, back, told)


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Two records side by side, and everything that would move."""
    pair = _pair(request, pk)
    kept, merged = _sides(pair, request.GET.get("keep", ""))
    own = own_pairs(request.access, kept, merged)
    return _page(request, pair, MergeForm(kept, merged, own=own), own)


@require_POST
@requires(_STEWARD)
def decide(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One person, or two; then on to the next pair."""
    pair = _pair(request, pk, _STEWARD)
    kept, merged = _sides(pair, request.POST.get("keep", ""))
    own = own_pairs(request.access, kept, merged)
    form = MergeForm(kept, merged, request.POST, own=own)
    if not form.is_valid():
        return _page(request, pair, form, own, status=422)
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["verdict"] == "merge":
            merge = merge_clinicians(
                kept,
                merged,
                take=form.taken,
                take_own=form.taken_own,
                reason=reason,
                by=request.actor,
            )
            messages.success(request, _told_of(request, merge))
            following = next_pair(request.access, _STEWARD)
            return redirect("duplicate", following.pk) if following else redirect("merge", merge.pk)
        tell_apart(pair, reason=reason, by=request.actor)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, pair, form, own, status=422)
    messages.success(request, _("Two people; nobody is asked again."))
    following = next_pair(request.access, _STEWARD)
    return redirect("duplicate", following.pk) if following else redirect("duplicates")


def _told_of(request: UserRequest, merge: Merge) -> str:
    """That it is done, and what waits for a second person."""
    asked = ", ".join(each.called for each in waiting_of_merge(merge, request.access))
    if not asked:
        return _("Merged. It can be undone for 30 days.")
    return _("Merged. It can be undone for 30 days. A second person decides on: %s.") % asked


@require_POST
@requires(_STEWARD)
def again(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Perhaps they are one person after all."""
    pair = _pair(request, pk, _STEWARD)
    back = reverse("duplicate", args=[pk])
    return do(request, lambda: look_at_pair_again(pair, by=request.actor), back)


@require_http_methods(["GET", "POST"])
@requires(_STEWARD)
def same_as(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Find the other record of somebody by hand."""
    clinician = clinician_or_404(request, pk, _STEWARD)
    if request.method == "POST":
        chosen = OtherForm(request.POST)
        if not chosen.is_valid():
            messages.error(request, _("Choose the other record."))
            return redirect("clinician_same", pk)
        people = Clinician.objects.within(request.access, _STEWARD)
        other = get_object_or_404(people, pk=chosen.cleaned_data["other"])
        try:
            pair = put_side_by_side(clinician, other, by=request.actor)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("clinician_same", pk)
        return redirect("duplicate", pair.pk)
    text = request.GET.get("q", "").strip()[:200]
    alike = find_clinicians(request.access, text) if text else like_named(request.access, clinician)
    found = [one for one in alike if one.pk != clinician.pk and not one.is_merged]
    context = {"clinician": clinician, "text": text, "found": found}
    return render(request, f"{FOLDER}/same_as.html", context)


@require_GET
@requires(Permission.VIEW_DIRECTORY)
def merge(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What a merge did, and until when it is undone."""
    found = _merge(request, pk)
    done = touched_by(found)
    context = {
        "merge": found,
        "facts": [*done.facts, *own_lines_of(request.access, found)],
        "parts": done.parts,
        "objection": objection_to_undoing(found, at=now()),
        "may_undo": request.access.holds(_STEWARD) and not found.is_undone,
    }
    return render(request, f"{FOLDER}/merge.html", context)


@require_http_methods(["GET", "POST"])
@requires(_STEWARD)
def undo(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say why they are two people after all."""
    found = _merge(request, pk, _STEWARD)
    back = reverse("merge", args=[pk])

    def act(told: dict[str, Any]) -> str:
        undo_merge(found, reason=told["reason"], by=request.actor)
        messages.success(request, _("Undone. What moved is back where it was."))
        return back

    note = _(
        "Exactly what moved goes back. What came since the merge stays with the record that was "
        "kept; what somebody changed since is left as it is."
    )
    objection = objection_to_undoing(found, at=now())
    question = Question(_("Undo the merge"), str(found), back, _("Undo it"), note, objection)
    return ask(request, WhyForm(given(request)), question, act)


def _pair(
    request: UserRequest, pk: uuid.UUID, permission: Permission = Permission.VIEW_DIRECTORY
) -> PossibleDuplicate:
    rows = PossibleDuplicate.objects.visible_to(request.access, permission)
    pair = get_object_or_404(rows.for_page(), pk=pk)
    prefetch_related_objects([pair.first, pair.second], "identifiers")
    return pair


def _merge(
    request: UserRequest, pk: uuid.UUID, permission: Permission = Permission.VIEW_DIRECTORY
) -> Merge:
    rows = Merge.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.for_list(), pk=pk)


def _merge_of(request: UserRequest, pair: PossibleDuplicate) -> Merge | None:
    """What became of a pair that was found to be one person."""
    if pair.is_open or pair.is_distinct:
        return None
    return Merge.objects.visible_to(request.access).standing().between(pair.first, pair.second)


def _sides(pair: PossibleDuplicate, keep: str) -> tuple[Clinician, Clinician]:
    """The record that stays and the one that goes: the older stays, unless it is out of use."""
    first, second = pair.first, pair.second
    keeps_second = keep == "second" if keep else second.is_active and not first.is_active
    return (second, first) if keeps_second else (first, second)


def _rows(form: MergeForm) -> list[tuple[Any, ...]]:
    """What the two records say, side by side, with the choice between them."""
    kept, merged = form.kept, form.merged
    return [
        (label, said(kept, column), said(merged, column), form.choice(column))
        for column, label in CHOSEN.items()
        if said(kept, column) or said(merged, column)
    ]


def _own_rows(form: MergeForm, own: Sequence[OwnPair]) -> list[tuple[Any, ...]]:
    """The same of the organisation's own fields."""
    return [
        (
            *(each.field.label, own_in_words(each.mine), own_in_words(each.theirs)),
            form.choice(each.field.name),
        )
        for each in own
    ]


def _page(
    request: UserRequest,
    pair: PossibleDuplicate,
    form: MergeForm,
    own: Sequence[OwnPair],
    *,
    status: int = 200,
) -> HttpResponse:
    kept, merged = form.kept, form.merged
    may_decide = pair.is_open and request.access.holds(_STEWARD)
    objection = objection_to_merging(kept, merged, is_walled=is_behind())
    preview = Preview([], []) if kept.is_merged or merged.is_merged else preview_of(kept, merged)
    context = {
        "pair": pair,
        "tone": TONES[pair.state],
        "percent": percent(pair),
        "is_likely": (pair.probability or 0) >= LIKELY,
        "speaks_for": speaks_for(pair.reasons),
        "speaks_against": speaks_against(pair.reasons),
        "kept": kept,
        "merged": merged,
        "keep": "second" if kept.pk == pair.second_id else "first",
        "other_way": "first" if kept.pk == pair.second_id else "second",
        "rows": [*_rows(form), *_own_rows(form, own)],
        "preview": preview,
        "objections": [*([objection] if objection else []), *preview.objections],
        "form": form if may_decide else None,
        "may_reopen": pair.is_distinct and request.access.holds(_STEWARD),
        "merge": _merge_of(request, pair),
    }
    return render(request, f"{FOLDER}/show.html", context, status=status)
