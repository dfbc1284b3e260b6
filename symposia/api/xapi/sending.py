"""Statements come in: one by PUT under its id, one or many by POST, with what is attached."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from symposia.api.xapi.answers import as_json, nothing
from symposia.api.xapi.asked import SPOKEN, Asked, json_of
from symposia.api.xapi.multipart import is_multipart, parts_of, refuse_loose_ends
from symposia.shared.refusals import refuse_if
from symposia.statements.actions.storing import Sender, store_statements
from symposia.statements.attached import Content, attachments_of, refuse_unsigned
from symposia.statements.authorities import authority_of, provider_actor
from symposia.statements.checking import Wrong, checked_statement
from symposia.statements.checking.walking import At
from symposia.statements.checking.words import id_of
from symposia.statements.entering import Provider
from symposia.statements.policies import objection_to_sending

MOST = 1_000


def put(asked: Asked, provider: Provider) -> HttpResponse:
    """One statement, under the id that the address names."""
    asked.only({"statementId"}, {"statementId"})
    named = id_of(At(asked.params["statementId"], "statementId"))
    told, contents = _told(asked)
    if not isinstance(told, dict):
        raise Wrong("body", _("One statement is wanted."))
    if "id" in told and id_of(At(told["id"], "id")) != named:
        raise Wrong("id", _("It is not the one that the address names."))
    _store([told | {"id": str(named)}], contents, asked, provider)
    return nothing()


def post(asked: Asked, provider: Provider) -> HttpResponse:
    """One statement, or many: all are stored, or none."""
    asked.only(set())
    told, contents = _told(asked)
    many = told if isinstance(told, list) else [told]
    if len(many) > MOST:
        raise Wrong("body", _("At most %(most)s statements at a time.") % {"most": MOST})
    ids = _store(many, contents, asked, provider)
    return as_json([str(pk) for pk in ids])


def _told(asked: Asked) -> tuple[Any, Mapping[str, Content]]:
    if is_multipart(asked):
        statements, contents = parts_of(asked)
        return json_of(statements), contents
    if asked.media_type != "application/json":
        raise Wrong("Content-Type", _("Statements come as application/json or multipart/mixed."))
    return json_of(asked.body), {}


def _store(
    told: Sequence[Any], contents: Mapping[str, Content], asked: Asked, provider: Provider
) -> list[uuid.UUID]:
    refuse_if(objection_to_sending(provider.key))
    if not told:
        return []
    sent = [
        checked_statement(each, major=asked.major, path=f"[{number}]" if len(told) > 1 else "")
        for number, each in enumerate(told)
    ]
    _refuse_twice(sent)
    needed: dict[str, bool] = {}
    for each in sent:
        for one in attachments_of(each):
            sha2 = one["sha2"].lower()
            needed[sha2] = needed.get(sha2, False) or "fileUrl" not in one
        refuse_unsigned(each, contents)
    refuse_loose_ends(needed, contents)
    sender = Sender(authority_of(provider.key), provider.at, provider.key)
    return store_statements(
        sent,
        contents,
        sender=sender,
        version=SPOKEN[asked.major],
        by=provider_actor(provider.key),
    )


def _refuse_twice(sent: Sequence[Mapping[str, Any]]) -> None:
    ids = [uuid.UUID(each["id"]) for each in sent if "id" in each]
    if len(ids) != len(set(ids)):
        raise Wrong("id", _("Two statements have the same one."))
