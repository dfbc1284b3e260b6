"""Addresses of what is seen across activities: figures, what is owed, the portfolio, the wall."""

from django.urls import URLPattern, path

from symposia.insights.lists import FIGURES, OPEN_POINTS, SIGHTS
from symposia.insights.portfolio import PORTFOLIO
from symposia.web.lists import list_urls
from symposia.web.office import insights, portfolio, wall

urlpatterns: list[URLPattern] = [
    path("insights/", insights.organisation, name="insights"),
    *list_urls("insights/activities/", FIGURES),
    path("activities/<uuid:pk>/insights/", insights.activity, name="activity_insights"),
    *list_urls("owed/", OPEN_POINTS),
    path("portfolio/", portfolio.show, name="portfolio"),
    *list_urls("portfolio/activities/", PORTFOLIO),
    path("wall/", wall.table, name="wall"),
    *list_urls(
        "activities/<uuid:activity_pk>/wall/",
        SIGHTS,
        template="office/wall/proof.html",
        extra=wall.proof,
    ),
]
