"""What learners want to change in practice, by name, for whoever works on evaluations."""

from ninja import Router

from symposia.api.lists import list_route
from symposia.assessment.lists.commitments import COMMITMENTS

router = Router(tags=["evaluations"])
list_route(router, COMMITMENTS)
