"""The course of an enduring activity: its modules, how it is studied, what it asks of learners."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.queries import creditable_minutes_of
from symposia.activities.reading import loaded_once, one_reading
from symposia.learning.actions.courses import (
    add_module,
    begin_course,
    change_course,
    move_module,
    remove_module,
    rename_module,
)
from symposia.learning.actions.requirements import set_requirements
from symposia.learning.defaults import source_of_defaults
from symposia.learning.models import Course, LessonKind, Module
from symposia.learning.packages import has_packages
from symposia.learning.policies import objection_to_authoring, objection_to_course
from symposia.learning.queries import Judged, Part, course_of, parts_of, requirements_of
from symposia.learning.steps import known_requirements
from symposia.registrations.requirements import requirement_kinds
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of, workspace
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.course_forms import (
    CourseForm,
    ModuleForm,
    ModulePlaceForm,
    RequirementsForm,
    requirements_as_asked,
)
from symposia.web.office.lessons import CONDITIONS
from symposia.web.requests import UserRequest

SEES, PLANS = Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES
PAGE = "office/courses/course.html"


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Modules and lessons in their order, their minutes, and what a reviewer said."""
    with one_reading():
        context = workspace(request, pk, "activity_course")
        activity = context["activity"]
        parts = loaded_once(activity, parts_of)
        context |= {
            "course": course_of(activity),
            "parts": [(part, _with_conditions(part)) for part in parts],
            "kinds": LessonKind.choices,
            "asked": known_requirements(activity),
            "minutes": sum(part.minutes for part in parts),
            "creditable": creditable_minutes_of(activity),
            "beginning": objection_to_course(activity, None),
            "objection": objection_to_authoring(activity),
        }
    context["may_author"] = context["may_plan"] and context["objection"] is None
    return render(request, PAGE, context)


def _with_conditions(part: Part) -> list[tuple[Judged, str, Any]]:
    return [(each, *CONDITIONS[each.condition]) for each in part.lessons]


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of learners: the activity, and where attempts at its packages are."""
    framed = listed_attempts(request, activity_pk)
    address = reverse("package_attempts_list", kwargs={"activity_pk": activity_pk})
    return framed | {"packages": address if has_packages(framed["activity"]) else ""}


def listed_attempts(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of attempts at packages: the activity."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_ATTENDANCE)
    return frame_of(request, activity, "activity_progress")


@require_POST
@requires(PLANS)
def begin(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the activity have lessons."""
    activity = activity_or_404(request, pk, PLANS)
    return do(request, lambda: begin_course(activity, by=request.actor), _back(pk))


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def settings(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """How it is studied, and what is told before the start."""
    activity = activity_or_404(request, pk, PLANS)
    course = _course(request, activity)
    names = ("is_ordered", "method", "needs")
    first = {name: getattr(course, name) for name in names} | {"seen_version": course.version}
    form = CourseForm(given(request), initial=first)

    def act(data: dict[str, Any]) -> str:
        seen = data["seen_version"] or 0
        change_course(course, form.facts(), seen_version=seen, by=request.actor)
        return _back(pk)

    question = _question(activity, _("How it is studied"), _("Save"))
    return ask(request, form, question, act, first)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def requirements(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What learners do before the credit, and in which order."""
    activity = activity_or_404(request, pk, PLANS)
    first = requirements_as_asked(requirements_of(activity))
    kinds = requirement_kinds()
    form = RequirementsForm(given(request), initial=first, kinds=kinds)

    def act(_data: dict[str, Any]) -> str:
        set_requirements(activity, form.asked(), by=request.actor)
        return _back(pk)

    question = _question(activity, _("Steps to the credit"), _("Save"), source_of_defaults())
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def module_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A module after the last one."""
    activity = activity_or_404(request, pk, PLANS)
    course = _course(request, activity)

    def act(data: dict[str, Any]) -> str:
        add_module(course, data["title"], by=request.actor)
        return _back(pk)

    question = _question(activity, _("New module"), _("Add module"))
    return ask(request, ModuleForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def module_rename(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Another title."""
    module = _module(request, pk)

    def act(data: dict[str, Any]) -> str:
        rename_module(module, data["title"], by=request.actor)
        return _back(module.activity_id)

    form = ModuleForm(given(request), initial={"title": module.title})
    return ask(request, form, _question(module.activity, _("Rename module"), _("Save")), act)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def module_move(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Another place of the order."""
    module = _module(request, pk)

    def act(data: dict[str, Any]) -> str:
        move_module(module, data["position"], by=request.actor)
        return _back(module.activity_id)

    form = ModulePlaceForm(given(request), initial={"position": module.position})
    return ask(request, form, _question(module.activity, _("Move to…"), _("Move")), act)


@require_POST
@requires(PLANS)
def module_shift(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One place up or down."""
    module = _module(request, pk)
    to = module.position + (-1 if request.POST.get("shift") == "-1" else 1)
    back = _back(module.activity_id)
    return do(request, lambda: move_module(module, max(1, to), by=request.actor), back)


@require_POST
@requires(PLANS)
def module_remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an empty module out."""
    module = _module(request, pk)
    done = _("“%s” is removed.") % module.title
    back = _back(module.activity_id)
    return do(request, lambda: remove_module(module, by=request.actor), back, done)


def _back(activity_id: uuid.UUID) -> str:
    return reverse("activity_course", args=[activity_id])


def _question(activity: Activity, title: str, submit: str, note: str = "") -> Question:
    objection = objection_to_authoring(activity)
    return Question(title, str(activity), _back(activity.pk), submit, note, objection)


def _course(request: UserRequest, activity: Activity) -> Course:
    rows = Course.objects.visible_to(request.access, PLANS)
    return get_object_or_404(rows, activity=activity)


def _module(request: UserRequest, pk: uuid.UUID) -> Module:
    rows = Module.objects.visible_to(request.access, PLANS)
    return get_object_or_404(rows.select_related("activity"), pk=pk)
