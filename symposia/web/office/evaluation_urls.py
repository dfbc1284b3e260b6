"""Addresses of evaluations: of an activity, and of the library."""

from functools import partial

from django.urls import URLPattern, path

from symposia.assessment.lists.commitments import COMMITMENTS
from symposia.assessment.lists.evaluations import (
    EVALUATION_ANSWERS,
    EVALUATION_MISSING,
    EVALUATION_QUESTIONS,
    LIBRARY_FORMS,
)
from symposia.assessment.lists.measures import (
    MEASURE_IMPORT_ROWS,
    MEASURE_IMPORTS,
    MEASURES,
)
from symposia.web.lists import list_urls
from symposia.web.office import evaluations, outcomes
from symposia.web.office.planning import views_of

_OF = "activities/<uuid:activity_pk>/evaluation/"
_AT = "activities/<uuid:pk>/evaluation/"
_LISTS = (
    ("asked/", EVALUATION_QUESTIONS),
    ("answers/", EVALUATION_ANSWERS),
    ("missing/", EVALUATION_MISSING),
    ("commitments/", COMMITMENTS),
    ("measures/", MEASURES),
)

urlpatterns: list[URLPattern] = [
    path(_AT, evaluations.evaluation, name="activity_evaluation"),
    path(f"{_AT}questions/", evaluations.questions, name="evaluation_questions"),
    path(f"{_AT}questions/version/", evaluations.change, name="evaluation_change"),
    path(f"{_AT}questions/block/", evaluations.put_block, name="evaluation_block"),
    path(
        f"{_AT}questions/library-form/<uuid:form_pk>/",
        evaluations.take_over,
        name="evaluation_take_over",
    ),
    path(f"{_AT}library-form/", evaluations.keep, name="evaluation_keep"),
    path(f"{_AT}preview/", evaluations.preview, name="evaluation_preview"),
    path(f"{_AT}form/", evaluations.prepare, name="evaluation_prepare"),
    *[
        each
        for route, listed in _LISTS
        for each in list_urls(
            f"{_OF}{route}",
            listed,
            template="office/evaluations/list.html",
            extra=evaluations.list_extra,
        )
    ],
    *list_urls(
        "evaluations/library/",
        LIBRARY_FORMS,
        template="office/planning/list.html",
        extra=partial(views_of, name=LIBRARY_FORMS.name),
    ),
    path("evaluations/library/<uuid:pk>/", evaluations.show_library_form, name="library_form"),
    path(
        "evaluations/library/<uuid:pk>/retirement/",
        evaluations.retire,
        name="library_form_retirement",
    ),
    # outcomes
    path(f"{_AT}outcomes/", outcomes.outcomes, name="activity_outcomes"),
    path(f"{_AT}outcomes/outcomes.pdf", outcomes.pdf, name="activity_outcomes_pdf"),
    path(f"{_AT}outcomes/outcomes.<slug:kind>", outcomes.table, name="activity_outcomes_table"),
    *list_urls("outcomes/files/", MEASURE_IMPORTS, template="office/outcomes/files.html"),
    path("outcomes/files/new/", outcomes.new, name="measure_import_new"),
    path("outcomes/files/empty.<slug:kind>", outcomes.template, name="measure_import_template"),
    *list_urls(
        "outcomes/files/<uuid:pk>/",
        MEASURE_IMPORT_ROWS,
        template="office/outcomes/file.html",
        extra=outcomes.shown,
    ),
    path("outcomes/files/<uuid:pk>/import/", outcomes.bring_in, name="measure_import_run"),
]
