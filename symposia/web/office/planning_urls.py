"""Addresses of the plan: gaps, what they rest on, and what follows from them."""

from functools import partial

from django.urls import URLPattern, path

from symposia.curriculum.lists.guidelines import CITATION_REVIEWS, GUIDELINES
from symposia.curriculum.lists.objectives import OBJECTIVES
from symposia.curriculum.lists.plans import PLANS
from symposia.curriculum.lists.surveys import SURVEYS
from symposia.web.lists import list_urls
from symposia.web.office import guidelines, objectives, plans, priorities, surveys
from symposia.web.office.planning import views_of

LIST = "office/planning/list.html"

urlpatterns: list[URLPattern] = [
    # the ranking of gaps, and what accreditors' forms ask of them
    path("gaps/weights/", priorities.weights, name="gap_weights"),
    path("gaps/<uuid:pk>/rating/", priorities.rating, name="gap_rating"),
    path("gaps/<uuid:pk>/statements/", priorities.statements, name="gap_statements"),
    # objectives
    *list_urls(
        "objectives/", OBJECTIVES, template=LIST, extra=partial(views_of, name=OBJECTIVES.name)
    ),
    path("objectives/<uuid:pk>/", objectives.show, name="objective"),
    path("objectives/<uuid:pk>/grounds/", objectives.grounds, name="objective_grounds"),
    # guidelines
    *list_urls(
        "guidelines/",
        GUIDELINES,
        template="office/guidelines/list.html",
        extra=partial(views_of, name=GUIDELINES.name),
    ),
    path("guidelines/new/", guidelines.new, name="guideline_new"),
    path("guidelines/<uuid:pk>/", guidelines.show, name="guideline"),
    path("guidelines/<uuid:pk>/edit/", guidelines.edit, name="guideline_edit"),
    path("guidelines/<uuid:pk>/newer/", guidelines.supersede, name="guideline_superseding"),
    *list_urls(
        "guidelines/reviews/",
        CITATION_REVIEWS,
        template=LIST,
        extra=partial(views_of, name=CITATION_REVIEWS.name),
    ),
    path("guidelines/reviews/<uuid:pk>/", guidelines.review, name="citation_review"),
    # surveys of needs
    *list_urls(
        "surveys/",
        SURVEYS,
        template="office/surveys/list.html",
        extra=partial(views_of, name=SURVEYS.name),
    ),
    path("surveys/new/", surveys.new, name="survey_new"),
    path("surveys/<uuid:pk>/", surveys.show, name="survey"),
    path("surveys/<uuid:pk>/edit/", surveys.edit, name="survey_edit"),
    path("surveys/<uuid:pk>/questions/new/", surveys.question_new, name="survey_question_new"),
    path(
        "surveys/<uuid:pk>/questions/<uuid:question_pk>/removal/",
        surveys.question_remove,
        name="survey_question_removal",
    ),
    path("surveys/<uuid:pk>/sending/", surveys.send, name="survey_sending"),
    path("surveys/<uuid:pk>/closing/", surveys.close, name="survey_closing"),
    path("surveys/<uuid:pk>/round/", surveys.next_round, name="survey_round"),
    path("surveys/<uuid:pk>/evidence/", surveys.cite, name="survey_evidence"),
    # plans, and the plan of an activity
    *list_urls(
        "plans/",
        PLANS,
        template="office/plans/list.html",
        extra=partial(views_of, name=PLANS.name),
    ),
    path("plans/new/", plans.new, name="plan_new"),
    path("plans/rule/", plans.rule, name="plan_rule"),
    path("plans/<uuid:pk>/", plans.show, name="plan"),
    path("plans/<uuid:pk>/edit/", plans.edit, name="plan_edit"),
    path("plans/<uuid:pk>/submission/", plans.submit, name="plan_submission"),
    path("plans/<uuid:pk>/reopening/", plans.reopen, name="plan_reopening"),
    path("plans/<uuid:pk>/end/", plans.end, name="plan_end"),
    path("activities/<uuid:pk>/plan/", plans.choose, name="activity_plan"),
]
