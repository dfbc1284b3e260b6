"""What activities lack, for machines: the same sentences as the pages say."""

from ninja import Router

from symposia.api.lists import list_route
from symposia.insights.lists import OPEN_POINTS

router = Router(tags=["readiness"])
list_route(router, OPEN_POINTS)
