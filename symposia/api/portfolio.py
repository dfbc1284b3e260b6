"""The portfolio for machines: each activity with its group, what it lacks, and its money."""

from ninja import Router

from symposia.api.lists import list_route
from symposia.insights.portfolio import PORTFOLIO

router = Router(tags=["portfolio"])
list_route(router, PORTFOLIO)
