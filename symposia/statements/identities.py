"""Who and what a statement mentions, each by a key made of what identifies it."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from symposia.statements.checking.actors import IDENTIFIERS

Part = Mapping[str, Any]
ACTORS_OF_CONTEXT = (("contextAgents", "agent"), ("contextGroups", "group"))
_LONGEST_NAME, _LONGEST_OBJECT = 200, 300


@lru_cache(maxsize=4096)
def key_of(kind: str, *identity: str) -> uuid.UUID:
    """A key of fixed size for something that is identified by texts of any length."""
    text = json.dumps([kind, *identity], ensure_ascii=True)
    return uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])


def activity_key(iri: str) -> uuid.UUID:
    return key_of("activity", iri)


def verb_key(iri: str) -> uuid.UUID:
    return key_of("verb", iri)


def agent_key(agent: Part) -> uuid.UUID | None:
    """The key of an agent or an identified group; an anonymous group has none."""
    for name in IDENTIFIERS:
        if name in agent:
            value = agent[name]
            if name == "account":
                return key_of("agent", name, value["homePage"], value["name"])
            return key_of("agent", name, value)
    return None


def mentions(statement: Part) -> dict[uuid.UUID, bool]:
    """Every agent and activity of a statement, and whether it is its actor or its object."""
    found: dict[uuid.UUID, bool] = {}
    for key in _of_parts(statement):
        found[key] = True
    for key in (*_around(statement), *_actor(statement.get("authority"))):
        found.setdefault(key, False)
    if _kind(statement["object"]) == "SubStatement":
        sub = statement["object"]
        for key in (*_of_parts(sub), *_around(sub)):
            found.setdefault(key, False)
    return found


def _of_parts(told: Part) -> Iterator[uuid.UUID]:
    yield from _actor(told["actor"])
    match _kind(told["object"]):
        case "Activity":
            yield activity_key(told["object"]["id"])
        case "Agent" | "Group":
            yield from _actor(told["object"])


def _around(told: Part) -> Iterator[uuid.UUID]:
    context = told.get("context", {})
    yield from _actor(context.get("instructor"))
    yield from _actor(context.get("team"))
    for many, one in ACTORS_OF_CONTEXT:
        for each in context.get(many, ()):
            yield from _actor(each[one])
    for activities in context.get("contextActivities", {}).values():
        for each in activities:
            yield activity_key(each["id"])


def _actor(actor: Part | None) -> Iterator[uuid.UUID]:
    """Itself, and whoever is in it."""
    if not actor:
        return
    key = agent_key(actor)
    if key:
        yield key
    for member in actor.get("member", ()):
        yield from _actor(member)


def _kind(thing: Part) -> str:
    return str(thing.get("objectType", "Activity"))


def activities_in(statement: Part) -> Iterator[Part]:
    """The activities that a statement mentions, also those of a statement within it."""
    for told in (statement, statement["object"]):
        thing = told.get("object")
        if thing is None:
            continue
        around = told.get("context", {}).get("contextActivities", {}).values()
        for activity in (thing, *(each for many in around for each in many)):
            if _kind(activity) == "Activity":
                yield activity


def name_of(actor: Part) -> str:
    """What somebody is called in a list."""
    account = actor.get("account", {})
    named = (
        actor.get("name")
        or actor.get("mbox", "").removeprefix("mailto:")
        or account.get("name")
        or actor.get("openid")
        or actor.get("mbox_sha1sum")
        or ", ".join(name_of(each) for each in actor.get("member", ()))
    )
    return str(named)[:_LONGEST_NAME]


def title_of(thing: Part) -> str:
    """What the object of a statement is called in a list."""
    match _kind(thing):
        case "Activity":
            names = thing.get("definition", {}).get("name", {})
            return str(next(iter(names.values()), thing["id"]))[:_LONGEST_OBJECT]
        case "StatementRef":
            return str(thing["id"])
        case "SubStatement":
            return f"{name_of(thing['actor'])}: {title_of(thing['object'])}"[:_LONGEST_OBJECT]
        case _:
            return name_of(thing)
