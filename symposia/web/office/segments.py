"""Segments: saved filters and lists of people, made, filled, used again."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import person_behind
from symposia.directory.actions.segments import (
    SegmentFacts,
    add_to_segment,
    change_segment,
    remove_from_segment,
    retire_segment,
    save_segment,
)
from symposia.directory.models import Clinician, Segment, SegmentKind, SegmentMember
from symposia.directory.policies.segments import objection_to_changing_segment
from symposia.directory.segment_lines import find_pasted
from symposia.directory.segment_lists import SEGMENT_CANDIDATES
from symposia.directory.segments import as_query, filter_in_words, members_of
from symposia.shared.lists import count_of
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest

FOLDER = "office/segments"
_SEES = Permission.VIEW_DIRECTORY
MOST = 100_000


class SegmentForm(forms.Form):
    """What a segment is called, what it is for, who sees it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    description = forms.CharField(
        label=gettext_lazy("What it is for"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("The team sees it"),
        help_text=gettext_lazy("Everybody sees only the people they may see anyway."),
        required=False,
    )


class PasteForm(forms.Form):
    """Numbers or addresses, one a line."""

    lines = forms.CharField(
        label=gettext_lazy("Numbers or e-mail addresses"),
        help_text=gettext_lazy("One a line, at most 5,000."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=500_000,
    )


@require_http_methods(["GET", "POST"])
@requires(_SEES)
def new(request: UserRequest) -> HttpResponse:
    """Keep the filter somebody came with, or begin a list."""
    query = as_query(request.GET.urlencode(), request.access)
    kind = SegmentKind.FILTER if query else SegmentKind.LIST
    back = reverse("clinicians") + (f"?{query}" if query else "")

    def act(said: dict[str, Any]) -> str:
        facts = SegmentFacts(**said, kind=kind, query=query)
        return reverse(
            "segment_members",
            args=[save_segment(facts, by=request.actor, access=request.access).pk],
        )

    asked = "; ".join(
        f"{label}: {value}" for label, value in filter_in_words(query, request.access)
    )
    note = (
        _("Whoever fits belongs to it, today and later. %s") % asked
        if query
        else _("An empty list; people are put on it by hand.")
    )
    title = _("Save the filter") if query else _("Begin a list of people")
    form = SegmentForm(given(request))
    question = Question(title, _("People"), back, _("Save"), note, template=f"{FOLDER}/form.html")
    return ask(request, form, question, act)


def shown(request: UserRequest, segment_pk: uuid.UUID) -> dict[str, Any]:
    """Around the people of a segment: what it is, and what this person may do to it."""
    segment = _segment(request, segment_pk)
    people = members_of(segment, request.access)
    count, is_exact = count_of(people, 10_000)
    return {
        "segment": segment,
        "may_change": _objection(request, segment) is None,
        "asked": filter_in_words(segment.query, request.access),
        "people_href": f"{reverse('clinicians')}?{segment.query}",
        "people_count": count,
        "people_more": not is_exact,
        "paste_form": PasteForm(),
    }


@require_http_methods(["GET", "POST"])
@requires(_SEES)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Call it otherwise, show it to the team or keep it to oneself."""
    segment, back = _segment(request, pk), reverse("segment_members", args=[pk])
    names = ("name", "description", "is_shared")
    form = SegmentForm(given(request), initial={name: getattr(segment, name) for name in names})

    def act(said: dict[str, Any]) -> str:
        change_segment(segment, SegmentFacts(**said), access=request.access, by=request.actor)
        return back

    objection = _objection(request, segment)
    question = Question(segment.name, _("Segments"), back, _("Save"), objection=objection)
    return ask(request, form, question, act)


@require_POST
@requires(_SEES)
def retire(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Offer it no more."""
    segment = _segment(request, pk)
    done = _("The segment is retired.")
    return do(
        request,
        lambda: retire_segment(segment, access=request.access, by=request.actor),
        reverse("segments"),
        done,
    )


@require_POST
@requires(_SEES)
def paste(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put people on the list by number or address; every line says what became of it."""
    segment, form = _segment(request, pk), PasteForm(request.POST)
    back = reverse("segment_members", args=[pk])
    if not form.is_valid():
        messages.error(request, _("Paste at least one number or e-mail address."))
        return redirect(back)
    here = SegmentMember.objects.of(segment).values_list("clinician_id", flat=True)
    try:
        found = find_pasted(request.access, form.cleaned_data["lines"], on_list=set(here))
    except Refused as refused:
        form.add_error("lines", str(refused))
        context = {"segment": segment, "form": form}
        return render(request, f"{FOLDER}/pasted.html", context, status=422)
    new = [line.clinician for line in found if line.clinician and not line.problem]
    said = ""
    try:
        added = add_to_segment(segment, new, access=request.access, by=request.actor)
    except Refused as refused:
        added, said = [], str(refused)
    context = {"segment": segment, "found": found, "added": len(added), "said": said, "form": form}
    return render(request, f"{FOLDER}/pasted.html", context)


def choosing(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the directory with a box beside each person."""
    return {"segment": _segment(request, pk), "filtered": request.GET.urlencode()}


@require_POST
@requires(_SEES)
def add(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put those who are ticked on the list, or all that fit the filters."""
    segment, people = _segment(request, pk), _chosen(request, pk)
    back = reverse("segment_members", args=[pk])
    try:
        added = add_to_segment(segment, people, access=request.access, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%d person was added.", "%d people were added.", len(added)) % len(added)
        messages.success(request, said)
    return redirect(back)


@require_POST
@requires(_SEES)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take those who are ticked off the list."""
    segment = _segment(request, pk)
    people = Clinician.objects.visible_to(request.access)
    chosen = list(people.filter(pk__in=_ids(request.POST.getlist("clinician"))))
    return do(
        request,
        lambda: remove_from_segment(segment, chosen, access=request.access, by=request.actor),
        reverse("segment_members", args=[pk]),
        _("Taken off the list."),
    )


def _segment(request: UserRequest, pk: uuid.UUID) -> Segment:
    return get_object_or_404(Segment.objects.visible_to(request.access), pk=pk)


def _objection(request: UserRequest, segment: Segment) -> Any:
    manages = request.access.everywhere(Permission.MANAGE_DIRECTORY)
    who = person_behind(request.actor)
    return objection_to_changing_segment(segment, by_id=who, manages=manages)


def _chosen(request: UserRequest, pk: uuid.UUID) -> list[Clinician]:
    if request.POST.get("scope") == "all":
        filters = dict(QueryDict(request.POST.get("filtered", "")).lists())
        return list(SEGMENT_CANDIDATES.rows_for(request.access, filters, pk=pk)[:MOST])
    people = Clinician.objects.visible_to(request.access)
    return list(people.filter(pk__in=_ids(request.POST.getlist("clinician"))))


def _ids(texts: list[str]) -> list[uuid.UUID]:
    """Ids as a form sends them; what is none is left out."""
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
