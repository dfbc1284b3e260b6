"""The formats in which statements are given: as they came, in one language, by ids only."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from symposia.statements.checking.actors import IDENTIFIERS
from symposia.statements.checking.objects import COMPONENTS
from symposia.statements.identities import ACTORS_OF_CONTEXT

Part = dict[str, Any]
_LISTS = {name for names in COMPONENTS.values() for name in names}


def only_ids(statement: Mapping[str, Any]) -> Part:
    """Agents, activities and verbs by what identifies them, and nothing that describes them."""
    return _reshaped(statement, _agent_id, lambda activity: _kept(activity, {"id"}))


def in_one_language(
    statement: Mapping[str, Any], languages: Sequence[str], known: Mapping[str, Part]
) -> Part:
    """Activities as all statements describe them, each text in the language that fits best."""

    def canonical(activity: Mapping[str, Any]) -> Part:
        definition = known.get(activity["id"]) or activity.get("definition")
        plain = _kept(activity, {"id", "objectType"})
        return plain | ({"definition": _definition(definition, languages)} if definition else {})

    def same(actor: Mapping[str, Any]) -> Part:
        return dict(actor)

    return _reshaped(statement, same, canonical, languages)


def merged(definitions: Iterable[Mapping[str, Any]]) -> Part:
    """One description out of several; of what they say differently the latest stands."""
    whole: Part = {}
    for each in definitions:
        for name, value in each.items():
            before = whole.get(name)
            if isinstance(before, dict) and isinstance(value, dict):
                whole[name] = before | value
            else:
                whole[name] = value
    return whole


def _reshaped(
    told: Mapping[str, Any], actor: Any, activity: Any, languages: Sequence[str] | None = None
) -> Part:
    found = dict(told)
    found["actor"] = actor(told["actor"])
    found["verb"] = _verb(told["verb"], languages)
    thing = told["object"]
    match thing.get("objectType", "Activity"):
        case "Activity":
            found["object"] = activity(thing)
        case "Agent" | "Group":
            found["object"] = actor(thing)
        case "SubStatement":
            found["object"] = _reshaped(thing, actor, activity, languages)
    if "authority" in told:
        found["authority"] = actor(told["authority"])
    if "context" in told:
        found["context"] = _context(told["context"], actor, activity)
    return found


def _context(told: Mapping[str, Any], actor: Any, activity: Any) -> Part:
    found = dict(told)
    for name in ("instructor", "team"):
        if name in told:
            found[name] = actor(told[name])
    for many, one in ACTORS_OF_CONTEXT:
        if many in told:
            found[many] = [each | {one: actor(each[one])} for each in told[many]]
    if "contextActivities" in told:
        found["contextActivities"] = {
            role: [activity(each) for each in each_role]
            for role, each_role in told["contextActivities"].items()
        }
    return found


def _verb(verb: Mapping[str, Any], languages: Sequence[str] | None) -> Part:
    if languages is None:
        return {"id": verb["id"]}
    worded = {"display": _best(verb["display"], languages)} if "display" in verb else {}
    return dict(verb) | worded


def _agent_id(actor: Mapping[str, Any]) -> Part:
    """An agent or identified group by its identifier; an anonymous group by its members."""
    plain = _kept(actor, {"objectType", *IDENTIFIERS})
    if not any(name in actor for name in IDENTIFIERS):
        plain["member"] = [_agent_id(each) for each in actor.get("member", ())]
    return plain


def _definition(definition: Mapping[str, Any], languages: Sequence[str]) -> Part:
    found = dict(definition)
    for name in ("name", "description"):
        if name in found:
            found[name] = _best(found[name], languages)
    for name in _LISTS & found.keys():
        found[name] = [
            each | {"description": _best(each["description"], languages)}
            if "description" in each
            else each
            for each in found[name]
        ]
    return found


def _best(worded: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The text in the language somebody reads best, else the first there is."""
    for wished in languages:
        for name in worded:
            same = name.lower() == wished.lower()
            if same or name.lower().startswith(f"{wished.lower().split('-')[0]}-"):
                return {name: worded[name]}
        short = wished.split("-", maxsplit=1)[0].lower()
        for name in worded:
            if name.lower() == short:
                return {name: worded[name]}
    return dict(list(worded.items())[:1])


def _kept(part: Mapping[str, Any], names: Iterable[str]) -> Part:
    wanted = set(names)
    return {name: value for name, value in part.items() if name in wanted}
