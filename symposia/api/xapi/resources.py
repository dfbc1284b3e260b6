"""What is known of an activity and of somebody, and what this store speaks."""

from typing import Any

from django.http import HttpResponse

from symposia.api.xapi.answers import as_json
from symposia.api.xapi.asked import SPOKEN, Asked
from symposia.api.xapi.reading import somebody
from symposia.statements.checking.actors import IDENTIFIERS
from symposia.statements.checking.walking import At
from symposia.statements.checking.words import iri
from symposia.statements.entering import Provider
from symposia.statements.queries import definition_of


def activity(asked: Asked, _provider: Provider) -> HttpResponse:
    """An activity as all statements together describe it."""
    asked.only({"activityId"}, {"activityId"})
    named = asked.params["activityId"]
    iri(At(named, "activityId"))
    found: dict[str, Any] = {"objectType": "Activity", "id": named}
    if definition := definition_of(named):
        found["definition"] = definition
    return as_json(found)


def person(asked: Asked, _provider: Provider) -> HttpResponse:
    """Somebody by what identifies them. Nothing is joined: who else they may be is not told."""
    asked.only({"agent"}, {"agent"})
    told, _key = somebody(asked)
    lists = {name: [told[name]] for name in ("name", *IDENTIFIERS) if name in told}
    return as_json({"objectType": "Person", **lists})


def about(_asked: Asked) -> HttpResponse:
    """Which versions of the standard are spoken."""
    return as_json({"version": [SPOKEN[2], SPOKEN[1], "1.0.2", "1.0.1", "1.0.0"], "extensions": {}})
