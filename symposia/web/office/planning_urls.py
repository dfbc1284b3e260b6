"""Addresses of the plan: gaps, what they rest on, and what follows from them."""

from functools import partial

from django.urls import URLPattern, path

from symposia.curriculum.lists.guidelines import CITATION_REVIEWS, GUIDELINES
from symposia.curriculum.lists.objectives import OBJECTIVES
from symposia.web.lists import list_urls
from symposia.web.office import guidelines, objectives, priorities
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
]
