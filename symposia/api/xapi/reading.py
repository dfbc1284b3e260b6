"""Statements go out: one by its id, or many under filters, in the format that is asked for."""

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from symposia.api.xapi.answers import as_text, changed_at, error_answer, with_attachments
from symposia.api.xapi.asked import Answered, Asked, json_of
from symposia.statements.attached import Content, attachments_of
from symposia.statements.checking import Wrong
from symposia.statements.checking.actors import actor
from symposia.statements.checking.walking import At
from symposia.statements.checking.words import id_of, iri, moment, written
from symposia.statements.entering import Provider
from symposia.statements.identities import activities_in, agent_key
from symposia.statements.models import Statement
from symposia.statements.queries import (
    Edge,
    Wanted,
    consistent_through,
    definitions_of,
    known_attachments,
    statement_of_id,
    statements_found,
)
from symposia.statements.shapes import in_one_language, only_ids
from symposia.work.files import open_stored

MOST, USUAL = 500, 100
# Of what is attached, in one answer.
LARGEST_ANSWER = 64 * 1024 * 1024
_BY_ID = ("statementId", "voidedStatementId")
_HOW = ("attachments", "format")
_FILTERS = {
    *("agent", "verb", "activity", "registration", "related_activities", "related_agents"),
    *("since", "until", "limit", "ascending", "cursor", *_HOW),
}
_FORMATS = ("exact", "ids", "canonical")


def get(asked: Asked, provider: Provider) -> HttpResponse:
    """Statements, and until when nothing that was stored is missing."""
    through = consistent_through()
    named = [name for name in _BY_ID if name in asked.params]
    try:
        answer = _one(asked, provider, named[0]) if named else _many(asked, provider)
    except (Answered, Wrong) as no:
        answer = error_answer(no)
    answer["X-Experience-API-Consistent-Through"] = written(through)
    return answer


def _one(asked: Asked, provider: Provider, name: str) -> HttpResponse:
    asked.only({name, *_HOW})
    pk = id_of(_at(asked, name))
    shown = _format(asked)
    found = statement_of_id(pk, is_voided=name != "statementId", key=provider.key)
    if found is None:
        raise Answered(404, _("There is no such statement, or none that this key reads."))
    answer = _answer(asked, provider, "".join(shown([found])), [found])
    return changed_at(answer, found.stored_at)


def _many(asked: Asked, provider: Provider) -> HttpResponse:
    asked.only(_FILTERS)
    wanted, most, shown = _wanted(asked, provider), _limit(asked), _format(asked)
    found = statements_found(wanted, most + 1)
    rows, more = found[:most], ""
    if len(found) > most:
        edge = f"{written(rows[-1].stored_at)}_{rows[-1].pk}"
        more = f"/xapi/statements?{urlencode({**asked.params, 'cursor': edge})}"
    text = f'{{"statements":[{",".join(shown(rows))}],"more":{json.dumps(more)}}}'
    latest = max((row.stored_at for row in rows), default=None)
    return changed_at(_answer(asked, provider, text, rows), latest)


def _answer(asked: Asked, provider: Provider, text: str, rows: Sequence[Statement]) -> HttpResponse:
    if not _flag(asked, "attachments"):
        return as_text(text)
    told = [each for row in rows for each in attachments_of(json.loads(row.body))]
    known = known_attachments(told, key=provider.key)
    contents: dict[str, Content] = {}
    if sum(each.file.size for each in known.values()) > LARGEST_ANSWER:
        raise Answered(413, _("That is too much at once. Ask for fewer statements (limit)."))
    for each in told:
        kept = known.get(each["sha2"].lower())
        if kept and each["sha2"] not in contents:
            with open_stored(kept.file) as opened:
                contents[each["sha2"]] = Content(opened.read(), kept.content_type)
    return with_attachments(text, contents)


def _wanted(asked: Asked, provider: Provider) -> Wanted:
    return Wanted(
        agent=_agent(asked),
        verb=_address(asked, "verb"),
        activity=_address(asked, "activity"),
        registration=_if_said(asked, "registration", id_of),
        related_agents=_flag(asked, "related_agents"),
        related_activities=_flag(asked, "related_activities"),
        since=_if_said(asked, "since", moment),
        until=_if_said(asked, "until", moment),
        ascending=_flag(asked, "ascending"),
        beyond=_if_said(asked, "cursor", _edge),
        told_by=None if provider.key.reads_all else provider.key.pk,
    )


def _agent(asked: Asked) -> uuid.UUID | None:
    if "agent" not in asked.params:
        return None
    return identified(asked)


def identified(asked: Asked) -> uuid.UUID:
    """The key of whom a request names."""
    _told, key = somebody(asked)
    return key


def somebody(asked: Asked) -> tuple[Mapping[str, Any], uuid.UUID]:
    """Whom a request names, and the key made of what identifies them."""
    told = json_of(asked.params["agent"].encode(), "agent")
    actor(At(told, "agent"))
    key = agent_key(told)
    if key is None:
        raise Wrong("agent", _("Somebody who is identified is wanted."))
    return told, key


def _address(asked: Asked, name: str) -> str:
    if name not in asked.params:
        return ""
    iri(_at(asked, name))
    return asked.params[name]


def _edge(at: At) -> Edge:
    moment_of, _mark, pk = at.value.partition("_")
    return Edge(moment(At(moment_of, at.path)), id_of(At(pk, at.path)))


def _limit(asked: Asked) -> int:
    said = asked.params.get("limit", str(USUAL))
    if not (said.isascii() and said.isdigit()) or len(said) > 9:
        raise Wrong("limit", _("A whole number is wanted, not below zero."))
    return min(int(said) or MOST, MOST)


def _flag(asked: Asked, name: str) -> bool:
    said = asked.params.get(name, "false")
    if said not in {"true", "false"}:
        raise Wrong(name, _("true or false is wanted."))
    return said == "true"


def _format(asked: Asked) -> Callable[[Iterable[Statement]], Iterable[str]]:
    """How each statement is written."""
    said = asked.params.get("format", "exact")
    if said not in _FORMATS:
        known = ", ".join(_FORMATS)
        raise Wrong("format", _("One of these is wanted: %(these)s.") % {"these": known})
    if said == "exact":
        return lambda rows: [row.body for row in rows]
    if said == "ids":
        return lambda rows: [_text(only_ids(json.loads(row.body))) for row in rows]
    spoken = parse_accept_lang_header(asked.headers.get("accept-language", "")[:500])
    return lambda rows: _canonical(rows, [name for name, _weight in spoken])


def _canonical(rows: Iterable[Statement], languages: Sequence[str]) -> list[str]:
    told = [json.loads(row.body) for row in rows]
    known = definitions_of({one["id"] for each in told for one in activities_in(each)})
    return [_text(in_one_language(each, languages, known)) for each in told]


def _text(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _if_said(asked: Asked, name: str, read: Callable[[At], Any]) -> Any:
    return read(_at(asked, name)) if name in asked.params else None


def _at(asked: Asked, name: str) -> At:
    return At(asked.params[name], name)


def since_of(asked: Asked) -> datetime | None:
    found: datetime | None = _if_said(asked, "since", moment)
    return found


def registration_of(asked: Asked) -> uuid.UUID | None:
    found: uuid.UUID | None = _if_said(asked, "registration", id_of)
    return found
