"""Addresses of courses: modules, lessons, steps to the credit, and how far learners are."""

from django.urls import URLPattern, path

from symposia.learning.lists import CASE_RUNS, COURSES, PROGRESS
from symposia.learning.package_lists import ATTEMPTS
from symposia.web.lists import list_urls
from symposia.web.office import (
    case_files,
    case_paths,
    case_steps,
    cases,
    courses,
    lessons,
    packages,
)

urlpatterns: list[URLPattern] = [
    path("activities/<uuid:pk>/course/", courses.show, name="activity_course"),
    path("activities/<uuid:pk>/course/beginning/", courses.begin, name="course_beginning"),
    path("activities/<uuid:pk>/course/settings/", courses.settings, name="course_settings"),
    path("activities/<uuid:pk>/course/steps/", courses.requirements, name="course_steps"),
    path("activities/<uuid:pk>/course/modules/new/", courses.module_new, name="module_new"),
    *list_urls(
        "activities/<uuid:activity_pk>/course/learners/",
        PROGRESS,
        template="office/courses/learners.html",
        extra=courses.listed,
    ),
    *list_urls(
        "activities/<uuid:activity_pk>/course/attempts/",
        ATTEMPTS,
        template="office/courses/attempts.html",
        extra=courses.listed_attempts,
    ),
    *list_urls("courses/", COURSES),
    *list_urls("courses/cases/", CASE_RUNS),
    path("modules/<uuid:pk>/edit/", courses.module_rename, name="module_edit"),
    path("modules/<uuid:pk>/move/", courses.module_move, name="module_move"),
    path("modules/<uuid:pk>/shift/", courses.module_shift, name="module_shift"),
    path("modules/<uuid:pk>/removal/", courses.module_remove, name="module_removal"),
    path("modules/<uuid:pk>/lessons/<slug:kind>/", lessons.new, name="course_lesson_new"),
    path("lessons/<uuid:pk>/", lessons.show, name="course_lesson"),
    path("lessons/<uuid:pk>/preview/", packages.preview, name="course_lesson_preview"),
    path("lessons/<uuid:pk>/edit/", lessons.edit, name="course_lesson_edit"),
    path("lessons/<uuid:pk>/move/", lessons.move, name="course_lesson_move"),
    path("lessons/<uuid:pk>/shift/", lessons.shift, name="course_lesson_shift"),
    path("lessons/<uuid:pk>/removal/", lessons.remove, name="course_lesson_removal"),
    path("lessons/<uuid:pk>/review/", lessons.review, name="course_lesson_review"),
    path("lessons/<uuid:pk>/case/", cases.show, name="case"),
    path("lessons/<uuid:pk>/case/versions/", cases.publish, name="case_versions"),
    path("lessons/<uuid:pk>/case/preview/", cases.preview, name="case_preview"),
    path("lessons/<uuid:pk>/case/paths/", case_paths.show, name="case_paths"),
    path("lessons/<uuid:pk>/case/values/", case_steps.values, name="case_values"),
    path("lessons/<uuid:pk>/case/file.json", case_files.file_out, name="case_file"),
    path("lessons/<uuid:pk>/case/file/", case_files.file_in, name="case_file_in"),
    path("lessons/<uuid:pk>/case/steps/new/", case_steps.new, name="case_step_new"),
    path("lessons/<uuid:pk>/case/steps/<slug:code>/", case_steps.edit, name="case_step"),
    path(
        "lessons/<uuid:pk>/case/steps/<slug:code>/removal/",
        cases.step_remove,
        name="case_step_removal",
    ),
    path(
        "lessons/<uuid:pk>/case/steps/<slug:code>/shift/",
        cases.step_shift,
        name="case_step_shift",
    ),
]
