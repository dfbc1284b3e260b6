"""A whole statement: who did what, with what result, in which context."""

import re
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop as _

from symposia.statements.checking.actors import actor, agent, authority, group
from symposia.statements.checking.objects import activity, reference
from symposia.statements.checking.walking import At, number, one_of, text, truth, whole_number
from symposia.statements.checking.words import (
    an_id,
    extensions,
    iri,
    language,
    language_map,
    media_type,
    moment,
    sha2,
    span,
)

_ANY = {"actor", "verb", "object", "result", "context", "timestamp", "attachments"}
_WHOLE = {*_ANY, "id", "stored", "authority", "version"}
_OF_CONTEXT = {
    *("registration", "instructor", "team", "contextActivities", "revision", "platform"),
    *("language", "statement", "extensions"),
}
_SINCE_2 = {"contextAgents", "contextGroups"}
_KINDS = ("Activity", "Agent", "Group", "StatementRef", "SubStatement")
_ROLES = ("parent", "grouping", "category", "other")
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
_VERSIONS = {1: re.compile(r"1\.0(?:\.\d+)?"), 2: re.compile(r"(?:1\.0|2\.0)(?:\.\d+)?")}


def checked_statement(value: Any, *, major: int, path: str = "") -> dict[str, Any]:
    """The statement itself, or Wrong. `major` is the version of the standard that it is sent by."""
    at = At(value, path)
    at.an_object(_WHOLE)
    at.if_any("id", an_id)
    at.if_any("stored", moment)
    at.if_any("authority", authority)
    at.if_any("version", partial(_version, major=major))
    _told(at, major=major, is_sub=False)
    found: dict[str, Any] = value
    return found


def _version(at: At, *, major: int) -> None:
    text(at)
    fine = _VERSIONS[major].fullmatch(at.value) is not None
    at.refuse_unless(fine, _("This is no version of the standard that is spoken here."))


def _told(at: At, *, major: int, is_sub: bool) -> None:
    at.required("actor", actor)
    at.required("verb", _verb)
    at.required("object", partial(_object, major=major, is_sub=is_sub))
    at.if_any("result", _result)
    at.if_any("context", partial(_context, major=major))
    at.if_any("timestamp", moment)
    at.if_any("attachments", lambda given: given.each(_attachment))
    is_about_activity = at.value["object"].get("objectType", "Activity") == "Activity"
    for name in ("revision", "platform"):
        if at.has("context") and not is_about_activity and name in at.value["context"]:
            raise (
                at.part("context")
                .part(name)
                .wrong(_("It belongs to statements about an activity alone."))
            )
    if at.value["verb"]["id"] == VOIDED:
        fine = at.value["object"].get("objectType") == "StatementRef"
        at.part("object").refuse_unless(fine, _("Voiding names a statement: a StatementRef."))


def _verb(at: At) -> None:
    at.an_object({"id", "display"})
    at.required("id", iri)
    at.if_any("display", language_map)


def _object(at: At, *, major: int, is_sub: bool) -> None:
    at.an_object()
    at.if_any("objectType", one_of(*_KINDS))
    match at.value.get("objectType", "Activity"):
        case "Activity":
            activity(at)
        case "Agent":
            agent(at)
        case "Group":
            group(at)
        case "StatementRef":
            reference(at)
        case _:
            at.refuse_unless(not is_sub, _("A statement within a statement holds no further one."))
            at.an_object({*_ANY, "objectType"})
            _told(at, major=major, is_sub=True)


def _result(at: At) -> None:
    at.an_object({"score", "success", "completion", "response", "duration", "extensions"})
    at.if_any("score", _score)
    at.if_any("success", truth)
    at.if_any("completion", truth)
    at.if_any("response", text)
    at.if_any("duration", span)
    at.if_any("extensions", extensions)


def _score(at: At) -> None:
    at.an_object({"scaled", "raw", "min", "max"})
    for _name, part in at.parts():
        number(part)
    scaled, raw, least, most = (at.value.get(n) for n in ("scaled", "raw", "min", "max"))
    at.refuse_unless(scaled is None or -1 <= scaled <= 1, _("“scaled” is between -1 and 1."))
    above = least is None or raw is None or raw >= least
    below = most is None or raw is None or raw <= most
    at.refuse_unless(above and below, _("“raw” is between “min” and “max”."))
    apart = least is None or most is None or least < most
    at.refuse_unless(apart, _("“min” is less than “max”."))


def _context(at: At, *, major: int) -> None:
    at.an_object(_OF_CONTEXT | (_SINCE_2 if major > 1 else set()))
    at.if_any("registration", an_id)
    at.if_any("instructor", actor)
    at.if_any("team", group)
    at.if_any("contextActivities", _context_activities)
    at.if_any("contextAgents", partial(_context_actors, one=("agent", agent)))
    at.if_any("contextGroups", partial(_context_actors, one=("group", group)))
    at.if_any("revision", text)
    at.if_any("platform", text)
    at.if_any("language", language)
    at.if_any("statement", reference)
    at.if_any("extensions", extensions)


def _context_activities(at: At) -> None:
    at.an_object(_ROLES)
    for _name, part in at.parts():
        if isinstance(part.value, list):
            part.each(activity)
        else:
            activity(part)


def _context_actors(at: At, *, one: tuple[str, Any]) -> None:
    """Who else had to do with it, and as what."""
    name, check = one

    def each(item: At) -> None:
        item.an_object({"objectType", name, "relevantTypes"})
        item.required("objectType", one_of(f"context{name.title()}"))
        item.required(name, check)
        item.if_any("relevantTypes", lambda types: types.each(iri, empty_is_wrong=True))

    at.each(each)


def _attachment(at: At) -> None:
    known = {"usageType", "display", "description", "contentType", "length", "sha2", "fileUrl"}
    at.an_object(known)
    at.required("usageType", iri)
    at.required("display", language_map)
    at.if_any("description", language_map)
    at.required("contentType", media_type)
    at.required("length", whole_number)
    at.required("sha2", sha2)
    at.if_any("fileUrl", iri)
    if at.value["usageType"] == SIGNATURE:
        fine = at.value["contentType"] == "application/octet-stream"
        at.refuse_unless(fine, _("A signature is application/octet-stream."))
