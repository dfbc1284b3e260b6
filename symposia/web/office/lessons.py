"""One lesson in the office: written, put in its place, looked at, judged by a reviewer."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.reviewed import reviewer_acting
from symposia.activities.standards.reading import review_citation
from symposia.audit.queries import entries_about
from symposia.learning.actions.lesson_reviews import review_lesson
from symposia.learning.actions.lessons import (
    add_lesson,
    change_lesson,
    move_lesson,
    remove_lesson,
)
from symposia.learning.digests import digest_of
from symposia.learning.models import Lesson, LessonKind, Module
from symposia.learning.policies import objection_to_authoring
from symposia.learning.queries import lesson_judged, reviews_of
from symposia.learning.reviewing import objection_to_lesson_reviewer
from symposia.learning.texts import blocks_of
from symposia.shared.refusals import Objection
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.cases import cards_of
from symposia.web.office.content import ReviewForm
from symposia.web.office.course_forms import LessonForm, LessonPlaceForm, lesson_as_asked
from symposia.web.office.packages import package_facts
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

SEES, PLANS = Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES
PAGE = "office/courses/lesson.html"
CONDITIONS: dict[str, tuple[str, Any]] = {
    "released": ("ok", gettext_lazy("Released")),
    "waiting": ("info", gettext_lazy("To review")),
    "changes": ("warn", gettext_lazy("Changes needed")),
}


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What learners see, what reviewers said of it, who changed it."""
    lesson = _lesson(request, pk, SEES)
    judged = lesson_judged(lesson)
    context = {
        "lesson": lesson,
        "judged": judged,
        "digest": digest_of(lesson),
        "condition": CONDITIONS[judged.condition],
        "reviews": reviews_of(lesson),
        "reviewing": _objection_to_review(request, lesson),
        "may_plan": request.access.holds(PLANS) and objection_to_authoring(lesson.activity) is None,
        "blocks": blocks_of(lesson.text),
        "transcript": blocks_of(lesson.transcript),
        "cited": [line for line in lesson.sources.splitlines() if line.strip()],
        **package_facts(lesson),
        "entries": history_of(entries_about(lesson.pk)[:50]),
    }
    if lesson.is_case and lesson.case:
        context["document"] = lesson.case.document
        context["cards"] = cards_of(lesson.case.document, [])
    return render(request, PAGE, context)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def new(request: UserRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    """A lesson of a kind after the last one of a module."""
    if kind not in LessonKind.values:
        raise Http404
    rows = Module.objects.visible_to(request.access, PLANS)
    module = get_object_or_404(rows.select_related("activity"), pk=pk)
    form = LessonForm(given(request), request.FILES or None, activity=module.activity, kind=kind)

    def act(_data: dict[str, Any]) -> str:
        made = add_lesson(module, form.facts(), by=request.actor)
        return reverse("course_lesson", args=[made.pk])

    back = reverse("activity_course", args=[module.activity_id])
    title = _("New lesson: %s") % LessonKind(kind).label
    objection = objection_to_authoring(module.activity)
    question = Question(title, module.title, back, _("Add lesson"), "", objection)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a lesson; what is shown differently is reviewed anew."""
    lesson = _lesson(request, pk, PLANS)
    first = lesson_as_asked(lesson)
    form = LessonForm(
        given(request),
        request.FILES or None,
        initial=first,
        activity=lesson.activity,
        kind=lesson.kind,
    )

    def act(data: dict[str, Any]) -> str:
        change_lesson(
            lesson, form.facts(), seen_version=data["seen_version"] or 0, by=request.actor
        )
        return reverse("course_lesson", args=[pk])

    note = _("Where another content is shown, learners see it once a reviewer accepted it.")
    return ask(request, form, _question(lesson, _("Edit lesson"), _("Save"), note), act, first)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def move(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Another module or another place in it."""
    lesson = _lesson(request, pk, PLANS)
    modules = list(Module.objects.of(lesson.activity))
    first = {"module": str(lesson.module_id), "position": lesson.position}
    form = LessonPlaceForm(given(request), initial=first, modules=modules)

    def act(data: dict[str, Any]) -> str:
        to = next(each for each in modules if str(each.pk) == data["module"])
        move_lesson(lesson, to, data["position"], by=request.actor)
        return reverse("activity_course", args=[lesson.activity_id])

    return ask(request, form, _question(lesson, _("Move to…"), _("Move")), act)


@require_POST
@requires(PLANS)
def shift(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One place up or down, or to where it was dropped."""
    lesson = _lesson(request, pk, PLANS)
    to, module = lesson.position, lesson.module
    if request.POST.get("shift"):
        to += -1 if request.POST["shift"] == "-1" else 1
    elif request.POST.get("position", "").isdecimal():
        to = int(request.POST["position"][:4])
        wanted = Module.objects.of(lesson.activity)
        named = request.POST.get("module", "")
        module = next((each for each in wanted if str(each.pk) == named), module)
    back = reverse("activity_course", args=[lesson.activity_id])
    return do(request, lambda: move_lesson(lesson, module, max(1, to), by=request.actor), back)


@require_POST
@requires(PLANS)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a lesson out that nobody studied."""
    lesson = _lesson(request, pk, PLANS)
    done = _("“%s” is removed.") % lesson.title
    back = reverse("activity_course", args=[lesson.activity_id])
    return do(request, lambda: remove_lesson(lesson, by=request.actor), back, done)


class LessonReviewForm(ReviewForm):
    """The checklist and the verdict, on the lesson as it was shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_digest"] = forms.CharField(widget=forms.HiddenInput, max_length=64)


@require_http_methods(["GET", "POST"])
@requires(SEES)
def review(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer the checklist for the lesson as it is, and give a verdict on it."""
    lesson = _lesson(request, pk, SEES)
    form = LessonReviewForm(given(request), initial={"seen_digest": digest_of(lesson)})

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_digest"]
        review_lesson(lesson, form.facts(), seen_digest=seen, by=request.actor)
        return reverse("course_lesson", args=[pk])

    objection = _objection_to_review(request, lesson)
    back = reverse("course_lesson", args=[pk])
    question = Question(
        _("Review"), lesson.title, back, _("Give the verdict"), review_citation(), objection
    )
    return ask(request, form, question, act)


def _objection_to_review(request: UserRequest, lesson: Lesson) -> Objection | None:
    reviewer = reviewer_acting(lesson.activity, request.actor)
    return objection_to_lesson_reviewer(lesson, reviewer, request.user.pk)


def _question(lesson: Lesson, title: str, submit: str, note: str = "") -> Question:
    back = reverse("course_lesson", args=[lesson.pk])
    objection = objection_to_authoring(lesson.activity)
    return Question(title, lesson.title, back, submit, note, objection)


def _lesson(request: UserRequest, pk: uuid.UUID, permission: Permission) -> Lesson:
    rows = Lesson.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.with_content(), pk=pk)
