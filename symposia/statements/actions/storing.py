"""Statements are stored, all of a request or none of it, in one statement of the database."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from symposia.audit.actions import record_each
from symposia.shared.actors import Actor
from symposia.shared.planned import insert_each, planned
from symposia.shared.refusals import Objection, Refused, refuse_if
from symposia.shared.tenancy import current_organisation_id
from symposia.statements.actions.attachments import keep_attachments
from symposia.statements.attached import Content
from symposia.statements.authorities import Authority
from symposia.statements.checking.statements import VOIDED
from symposia.statements.identities import activities_in, mentions, name_of, title_of, verb_key
from symposia.statements.identities import activity_key as key_of_activity
from symposia.statements.models import KnownStatement, ProviderKey, Statement, Voiding
from symposia.statements.policies import OTHER_STATEMENT, objection_to_voiding
from symposia.statements.sameness import digest, digest_of
from symposia.statements.settling import instant_of, settled

# Ids are unique first; only what got its id is written, however often the same comes.
_STORE = """
WITH sent AS (
  SELECT * FROM json_to_recordset(%(statements)s::json) AS r(
    id uuid, stored_at timestamptz, happened_at timestamptz, activity_id uuid, sent_by_id uuid,
    sent_by_name text, version text, verb text, verb_key uuid, actor text, object text,
    registration uuid, refers_to uuid, body text, digest text)
), known AS (
  INSERT INTO statements_knownstatement (id, organisation_id, stored_at, digest)
  SELECT id, %(organisation)s::uuid, stored_at, digest FROM sent ORDER BY id
  ON CONFLICT DO NOTHING RETURNING id
), kept AS (
  INSERT INTO statements_statement (id, organisation_id, stored_at, happened_at, activity_id,
    sent_by_id, sent_by_name, version, verb, verb_key, actor, object, registration, refers_to, body)
  SELECT id, %(organisation)s::uuid, stored_at, happened_at, activity_id, sent_by_id, sent_by_name,
    version, verb, verb_key, actor, object, registration, refers_to, body
  FROM sent JOIN known USING (id)
), mentioned AS (
  INSERT INTO statements_mention (id, organisation_id, key, stored_at, is_direct)
  SELECT id, %(organisation)s::uuid, m.key, m.stored_at, m.is_direct
  FROM json_to_recordset(%(mentions)s::json) AS m(
    id uuid, key uuid, stored_at timestamptz, is_direct boolean) JOIN known USING (id)
), described AS (
  INSERT INTO statements_definition (id, organisation_id, key, iri, digest, definition, seen_at)
  SELECT gen_random_uuid(), %(organisation)s::uuid, d.key, d.iri, d.digest, d.definition, d.seen_at
  FROM json_to_recordset(%(definitions)s::json) AS d(
    key uuid, iri text, digest text, definition jsonb, seen_at timestamptz)
  ORDER BY d.key, d.digest ON CONFLICT DO NOTHING
)
SELECT id FROM known
"""


@dataclass(frozen=True)
class Sender:
    """Who tells: the authority in whose name, by which key, and at which moment."""

    authority: Authority
    at: datetime
    key: ProviderKey | None = None


@transaction.atomic(savepoint=False)
def store_statements(
    sent: Sequence[Mapping[str, Any]],
    contents: Mapping[str, Content],
    *,
    sender: Sender,
    version: str,
    by: Actor,
    activity_id: uuid.UUID | None = None,
) -> list[uuid.UUID]:
    """Store checked statements with what is attached to them; their ids.

    The same statement again changes nothing; another one under an id that is taken refuses all.
    They are journalled by themselves: what is stored never changes, and says who told it when.
    """
    if not sent:
        return []
    whole = [
        settled(each, sender.authority.agent, sender.at + timedelta(microseconds=number), version)
        for number, each in enumerate(sent)
    ]
    _void([each for each in whole if each["verb"]["id"] == VOIDED], sender, by=by)
    keep_attachments(whole, contents, by=by)
    rows = [_row(each, sender, version, activity_id) for each in whole]
    new = {pk for (pk,) in planned(_STORE, _values(rows, whole))}
    _refuse_others([row for row in rows if row["id"] not in new])
    return [row["id"] for row in rows]


def _row(
    whole: Mapping[str, Any], sender: Sender, version: str, activity_id: uuid.UUID | None
) -> dict[str, Any]:
    thing, verb = whole["object"], whole["verb"]["id"]
    refers = thing["id"] if thing.get("objectType") == "StatementRef" else None
    return {
        "id": uuid.UUID(whole["id"]),
        "stored_at": whole["stored"],
        "happened_at": instant_of(whole["timestamp"]).isoformat(),
        "activity_id": activity_id,
        "sent_by_id": sender.key.pk if sender.key else None,
        "sent_by_name": sender.authority.name,
        "version": version,
        "verb": verb,
        "verb_key": verb_key(verb),
        "actor": name_of(whole["actor"]),
        "object": title_of(thing),
        "registration": whole.get("context", {}).get("registration"),
        "refers_to": refers,
        "body": json.dumps(whole, ensure_ascii=False, separators=(",", ":")),
        "digest": digest(whole),
    }


def _values(rows: Sequence[Mapping[str, Any]], whole: Sequence[Any]) -> dict[str, Any]:
    mentioned = [
        {"id": row["id"], "key": key, "stored_at": row["stored_at"], "is_direct": is_direct}
        for row, each in zip(rows, whole, strict=True)
        for key, is_direct in mentions(each).items()
    ]
    definitions = {
        (activity["id"], digested): {
            "key": key_of_activity(activity["id"]),
            "iri": activity["id"],
            "digest": digested,
            "definition": activity["definition"],
            "seen_at": row["stored_at"],
        }
        for row, each in zip(rows, whole, strict=True)
        for activity in activities_in(each)
        if activity.get("definition")
        for digested in [digest_of(activity["definition"])]
    }
    return {
        "organisation": str(current_organisation_id()),
        "statements": _json(rows),
        "mentions": _json(mentioned),
        "definitions": _json(list(definitions.values())),
    }


def _json(rows: Any) -> str:
    return json.dumps(rows, default=str, ensure_ascii=False)


def _refuse_others(known: Sequence[Mapping[str, Any]]) -> None:
    """An id that is taken is fine for whatever says the same."""
    if not known:
        return
    digests = dict(
        KnownStatement.objects.filter(pk__in=[row["id"] for row in known]).values_list(
            "pk", "digest"
        )
    )
    for row in known:
        if digests[row["id"]] != row["digest"]:
            raise Refused(OTHER_STATEMENT.about(id=row["id"]))


def _void(voiding: Sequence[Mapping[str, Any]], sender: Sender, *, by: Actor) -> None:
    """What is voided already stays voided by whatever did it first."""
    targets: dict[uuid.UUID, uuid.UUID] = {}
    for each in voiding:
        targets.setdefault(uuid.UUID(each["object"]["id"]), uuid.UUID(each["id"]))
    if not targets:
        return
    rows = Statement.objects.filter(pk__in=targets).only("verb_key", "sent_by_id")
    found = {row.pk: row for row in rows}
    for target in targets:
        refuse_if(_objection_to_voiding(target, found.get(target), sender))

    made = [Voiding(statement_id=pk, by_statement_id=targets[pk]) for pk in sorted(targets)]
    new = insert_each(made, skip_known=True)
    record_each(by, "statement.voided", [row for row in made if row.pk in new])


def _objection_to_voiding(
    target: uuid.UUID, found: Statement | None, sender: Sender
) -> Objection | None:
    sent_by = found.sent_by_id if found else None
    return objection_to_voiding(
        sender.key,
        str(target),
        is_voiding=found is not None and found.verb_key == verb_key(VOIDED),
        is_own=sender.key is not None and sent_by == sender.key.pk,
    )
