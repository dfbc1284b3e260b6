"""Shared practice in the office: what an editor reads, and decides."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.wall import may
from symposia.learning.actions.practice_decisions import publish_practice, return_practice
from symposia.learning.models import Practice
from symposia.learning.practice_lists import PRACTICE_TONES
from symposia.learning.practice_rules import (
    JUDGED_IN,
    digest_of_practice,
    objection_to_editor,
    objection_to_publishing,
)
from symposia.learning.sharing import adoptions_of, author_user_of, checked, decisions_on
from symposia.shared.refusals import Objection
from symposia.web.gates import requires
from symposia.web.learner.practice_forms import LABELS
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.discussion_forms import ReturnForm
from symposia.web.office.discussions import threads_moderated
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

SEES, WORKS = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS
PAGE = "office/practices/practice.html"


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The text, what was found in it and how that was answered, what it came to."""
    practice = _practice(request, pk, SEES)
    shown(request, practice.activity, SEES)
    found = checked(practice)
    digest = digest_of_practice(practice)
    context = {
        "practice": practice,
        "parts": [(LABELS[name], getattr(practice, name)) for name in LABELS if name != "title"],
        "tone": PRACTICE_TONES[practice.state],
        "found": [(each, LABELS[each.finding.field]) for each in found],
        "sha256": digest,
        "decisions": decisions_on(practice),
        "adoptions": adoptions_of(practice),
        "threads": threads_moderated(request, practice),
        "objection": _objection(request, practice)
        or objection_to_publishing(practice, seen=digest),
        "is_judged": practice.state in JUDGED_IN,
        "may_work": may(request.access, practice.activity.mode, WORKS),
    }
    return render(request, PAGE, context)


@require_POST
@requires(WORKS)
def publish(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let colleagues read it, exactly as it was read here."""
    practice = _practice(request, pk, WORKS)
    seen = request.POST.get("sha256", "")
    return do(
        request,
        lambda: publish_practice(practice, seen_sha256=seen, by=request.actor),
        reverse("practice", args=[pk]),
        _("Published. Its author is written to."),
    )


@require_http_methods(["GET", "POST"])
@requires(WORKS)
def send_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it back with words; what is published is taken down."""
    practice, back = _practice(request, pk, WORKS), reverse("practice", args=[pk])

    def act(said: dict[str, Any]) -> str:
        return_practice(practice, said["note"], by=request.actor)
        return back

    question = Question(
        *(_("Send it back"), practice.title, back, _("Send it back")),
        objection=_objection(request, practice),
    )
    return ask(request, ReturnForm(given(request)), question, act)


def _objection(request: UserRequest, practice: Practice) -> Objection | None:
    return objection_to_editor(author_user_id=author_user_of(practice), by_id=request.user.pk)


def _practice(request: UserRequest, pk: uuid.UUID, permission: Permission) -> Practice:
    rows = Practice.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.with_names(), pk=pk)
