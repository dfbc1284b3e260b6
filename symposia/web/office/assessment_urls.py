"""Addresses of the bank of questions and of tests."""

from functools import partial

from django.urls import URLPattern, path

from symposia.assessment.lists.bank import QUESTION_IMPORT_ROWS, QUESTION_IMPORTS, QUESTIONS
from symposia.assessment.lists.results import TEST_RESULTS
from symposia.web.lists import list_urls
from symposia.web.office import knowledge_tests, question_imports, questions, test_outcomes
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
    path("questions/questions-qti.zip", question_imports.qti, name="questions_qti"),
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
    # tests of an activity
    path("activities/<uuid:pk>/tests/", knowledge_tests.tests, name="activity_tests"),
    *list_urls(
        "activities/<uuid:activity_pk>/tests/results/",
        TEST_RESULTS,
        template="office/tests/results.html",
        extra=knowledge_tests.result_extra,
    ),
    path("activities/<uuid:pk>/tests/gain/", test_outcomes.gain, name="activity_gain"),
    path("activities/<uuid:pk>/tests/gain.csv", test_outcomes.gain_csv, name="activity_gain_csv"),
    path(
        "activities/<uuid:pk>/tests/new/<slug:purpose>/",
        knowledge_tests.make,
        name="activity_test_new",
    ),
    path("activities/<uuid:pk>/tests/<slug:purpose>/", knowledge_tests.show, name="activity_test"),
    path(
        "activities/<uuid:pk>/tests/<slug:purpose>/edit/",
        knowledge_tests.edit,
        name="activity_test_edit",
    ),
    path(
        "activities/<uuid:pk>/tests/<slug:purpose>/opening/",
        knowledge_tests.open_,
        name="activity_test_opening",
    ),
    path(
        "activities/<uuid:pk>/tests/<slug:purpose>/closing/",
        knowledge_tests.close,
        name="activity_test_closing",
    ),
    path(
        "activities/<uuid:pk>/tests/<slug:purpose>/allowances/",
        knowledge_tests.allow,
        name="activity_test_allowance",
    ),
    path(
        "activities/<uuid:pk>/tests/<slug:purpose>/statistics/",
        test_outcomes.statistics,
        name="activity_test_statistics",
    ),
    path(
        "activities/<uuid:pk>/tests/<slug:purpose>/statistics.csv",
        test_outcomes.statistics_csv,
        name="activity_test_statistics_csv",
    ),
]
