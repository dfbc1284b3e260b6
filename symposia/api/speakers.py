"""Who speaks or has spoken, as one list."""

from ninja import Router

from symposia.activities.speaker_lists import SPEAKERS
from symposia.api.lists import list_route

router = Router(tags=["clinicians"])
list_route(router, SPEAKERS)
