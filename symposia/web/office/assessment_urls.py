"""Addresses of the bank of questions and of tests."""

from functools import partial

from django.urls import URLPattern, path

from symposia.assessment.lists.bank import QUESTION_IMPORT_ROWS, QUESTION_IMPORTS, QUESTIONS
from symposia.web.lists import list_urls
from symposia.web.office import question_imports, questions
from symposia.web.office.planning import views_of

urlpatterns: list[URLPattern] = [
    # the bank
    *list_urls(
        "questions/",
        QUESTIONS,
        template="office/questions/list.html",
        extra=partial(views_of, name=QUESTIONS.name),
    ),
    path("questions/new/", questions.choose_kind, name="question_kinds"),
    path("questions/new/<slug:kind>/", questions.new, name="question_new"),
    *list_urls("questions/files/", QUESTION_IMPORTS, template="office/questions/files.html"),
    path("questions/files/new/", question_imports.new, name="question_import_new"),
    path(
        "questions/files/empty.<slug:kind>",
        question_imports.template,
        name="question_import_template",
    ),
    *list_urls(
        "questions/files/<uuid:pk>/",
        QUESTION_IMPORT_ROWS,
        template="office/questions/file.html",
        extra=question_imports.shown,
    ),
    path(
        "questions/files/<uuid:pk>/import/", question_imports.bring_in, name="question_import_run"
    ),
    path("questions/<uuid:pk>/", questions.show, name="question"),
    path("questions/<uuid:pk>/edit/", questions.edit, name="question_edit"),
    path("questions/<uuid:pk>/preview/", questions.preview, name="question_preview"),
    path("questions/<uuid:pk>/publication/", questions.publish, name="question_publication"),
    path("questions/<uuid:pk>/retirement/", questions.retire, name="question_retirement"),
]
