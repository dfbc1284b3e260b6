"""Types of activities: what ships, the own copies, and what an activity says to their questions."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import role_names
from symposia.activities.actions.types import (
    answer_type_questions,
    give_up_own_type,
    keep_own_type,
)
from symposia.activities.models import DeliveryForm, OwnType
from symposia.activities.own_types import answers_of, types_for, types_here
from symposia.activities.policies import objection_to_changing
from symposia.activities.types import Due, TypeOfActivity
from symposia.audit.queries import entries_about
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.record_history import history_of
from symposia.web.office.type_forms import AnswersForm, OwnTypeForm, type_as_asked
from symposia.web.requests import UserRequest


@dataclass(frozen=True)
class Owed:
    """A milestone or a document in words."""

    title: str
    when: str
    role: str


def list_extra(request: UserRequest) -> dict[str, Any]:
    """Every type this organisation may plan, above the list of its own copies."""
    return {"types": types_for(request.organisation)}


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def show(request: UserRequest, code: str) -> HttpResponse:
    """What activities of a type begin with."""
    kind = _kind(code)
    own = OwnType.objects.visible_to(request.access).filter(code=code).first()
    names = role_names()
    context = {
        "kind": kind,
        "own": own,
        "milestones": owed(kind.milestones, names),
        "documents": owed(kind.documents, names),
        "delivery": DeliveryForm(kind.delivery).label,
        "may_manage": request.access.holds(Permission.MANAGE_CURRICULUM),
        "may_plan": request.access.holds(Permission.PLAN_ACTIVITIES)
        and kind in types_for(request.organisation),
        "entries": history_of(entries_about(own.pk)[:50]) if own else [],
    }
    return render(request, "office/activities/type.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CURRICULUM)
def edit(request: UserRequest, code: str) -> HttpResponse:
    """Make or change the own copy."""
    kind = _kind(code)
    own = OwnType.objects.visible_to(request.access).filter(code=code).first()
    first = type_as_asked(kind, own.version if own else 0)
    back = reverse("activity_type", args=[code])
    form = OwnTypeForm(given(request), initial=first)

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        keep_own_type(code, form.facts(), seen_version=seen, by=request.actor)
        return back

    note = _("Activities that exist keep the milestones and documents they began with.")
    question = Question(_("Own copy of a type"), kind.title, back, _("Save the copy"), note)
    return ask(request, form, question, act, first)


@require_POST
@requires(Permission.MANAGE_CURRICULUM)
def give_up(request: UserRequest, code: str) -> HttpResponse:
    own = get_object_or_404(OwnType.objects.visible_to(request.access), code=code)
    back = reverse("activity_type", args=[code])
    said = _("The type is as the product ships it again.")
    return do(request, lambda: give_up_own_type(own, by=request.actor), back, said)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def questions(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What the type of an activity asks for."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    back = reverse("activity", args=[pk])
    form = AnswersForm(given(request), answers=answers_of(activity))

    def act(_data: dict[str, Any]) -> str:
        answer_type_questions(activity, form.answers(), by=request.actor)
        return back

    question = Question(
        _("Questions of the type"),
        activity.title,
        back,
        _("Save"),
        "",
        objection_to_changing(activity),
    )
    return ask(request, form, question, act)


def owed(several: Sequence[Due], names: Mapping[str, str]) -> list[Owed]:
    return [Owed(d.title, when_of(d.days), names.get(d.role, d.role)) for d in several]


def when_of(days: int) -> str:
    """Days beside the activity in words."""
    if not days:
        return _("on the day")
    if days < 0:
        return ngettext("%(n)d day before", "%(n)d days before", -days) % {"n": -days}
    return ngettext("%(n)d day after", "%(n)d days after", days) % {"n": days}


def _kind(code: str) -> TypeOfActivity:
    kind = types_here().get(code)
    if kind is None:
        raise Http404
    return kind
