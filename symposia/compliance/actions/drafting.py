import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day
from symposia.approvals.queries import person_behind
from symposia.audit.actions import record
from symposia.compliance.drafts import (
    RuleEdit,
    ValueEdit,
    check_text,
    text_of,
    with_head,
    with_rule,
    with_value,
)
from symposia.compliance.events import RulesChanged
from symposia.compliance.models import OwnPack, State
from symposia.compliance.packfile import sha256_of, shape_of
from symposia.compliance.policies import (
    objection_to_beginning,
    objection_to_editing,
    objection_to_ending,
    objection_to_proposing,
    objection_to_publishing,
    objection_to_returning,
    objection_to_text,
    objection_to_withdrawing,
)
from symposia.compliance.queries.impact import impact_of, pack_in, version_exists
from symposia.compliance.queries.packs import Row
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class NewVersion:
    """What somebody wants to begin: its number, the day it is to apply from, and why."""

    version: str
    effective_from: date
    reason: str


@transaction.atomic
def begin_version(row: Row, wanted: NewVersion, *, by: Actor) -> OwnPack:
    """Begin a draft of the organisation's own from a version that exists."""
    head = {"version": wanted.version, "effective_from": wanted.effective_from.isoformat()}
    text = with_head(row.source, **head)

    return _begin(text, wanted.reason, f"{row.code} {row.version}", by=by)


@transaction.atomic
def begin_from_file(text: str, *, reason: str, by: Actor) -> OwnPack:
    """Begin a draft from the text of a pack's file."""
    refuse_if(objection_to_text(check_text(text)))

    return _begin(text_of(json.loads(text)), reason, "", by=by)


def _begin(text: str, reason: str, based_on: str, *, by: Actor) -> OwnPack:
    pack, at = shape_of(text), now()
    there = version_exists(pack.code, pack.version)

    refuse_if(objection_to_beginning(pack.version, reason, there=there))

    own = OwnPack.objects.create(
        code=pack.code,
        version=pack.version,
        title=pack.title,
        based_on=based_on,
        effective_from=pack.effective_from,
        reason=reason,
        source=text,
        sha256=sha256_of(text),
        drafted_by_name=by.name,
        created_at=at,
        changed_at=at,
    )

    record(by, "rule_pack.begun", own, reason=reason)
    return own


@transaction.atomic
def change_head(
    own: OwnPack, *, title: str, effective_from: date, seen_revision: int, by: Actor
) -> OwnPack:
    """Give a draft another title or another day to begin."""
    head = {"title": title, "effective_from": effective_from.isoformat()}

    return _change(own, lambda text: with_head(text, **head), seen_revision, "head", by=by)


@transaction.atomic
def change_rule(
    own: OwnPack, code: str, edit: RuleEdit, *, seen_revision: int, by: Actor
) -> OwnPack:
    """Change a rule of a draft: its table, its words and its worked examples."""
    return _change(own, lambda text: with_rule(text, code, edit), seen_revision, code, by=by)


@transaction.atomic
def add_value(
    own: OwnPack, name: str, edit: ValueEdit, *, seen_revision: int, by: Actor
) -> OwnPack:
    """Give a parameter of a draft another value from a day on; the one before ends there."""
    return _change(own, lambda text: with_value(text, name, edit), seen_revision, name, by=by)


def _change(
    own: OwnPack, edit: Callable[[str], str], seen_revision: int, what: str, *, by: Actor
) -> OwnPack:
    own = OwnPack.objects.locked(own.pk)

    refuse_if(objection_to_editing(own, seen_revision=seen_revision))
    text = edit(own.source)
    refuse_if(objection_to_text(check_text(text)))

    pack, was = shape_of(text), own.sha256
    own.source, own.sha256 = text, sha256_of(text)
    own.title, own.effective_from = pack.title, pack.effective_from
    own.revision += 1
    own.changed_at = now()
    own.save()
    details = {"part": what, "was": was, "now": own.sha256}
    record(by, "rule_pack.changed", own, details=details)
    return own


@transaction.atomic
def propose_version(own: OwnPack, *, seen_sha256: str, by: Actor) -> OwnPack:
    """Ask a second person to publish a draft; what it would change is kept beside it."""
    own = OwnPack.objects.locked(own.pk)
    today, checked = local_day(), check_text(own.source)

    refuse_if(objection_to_proposing(own, checked.problems, today=today, seen_sha256=seen_sha256))

    impact = impact_of(pack_in(own), first=max(today, own.effective_from))
    own.move(
        State.PROPOSED,
        proposed_by_id=person_behind(by),
        proposed_by_name=by.name,
        proposed_at=now(),
        changed_at=now(),
        impact=impact.summary,
    )
    record(by, "rule_pack.proposed", own, details={"impact": impact.summary})
    return own


@transaction.atomic
def return_version(own: OwnPack, *, reason: str, by: Actor) -> OwnPack:
    """Give a proposed version back to be changed."""
    own = OwnPack.objects.locked(own.pk)

    refuse_if(objection_to_returning(own, reason))

    own.move(State.DRAFT, changed_at=now(), revision=own.revision + 1)
    record(by, "rule_pack.returned", own, reason=reason)
    return own


@transaction.atomic
def publish_version(own: OwnPack, *, seen_sha256: str, by: Actor) -> OwnPack:
    """Let a version apply from its day on, as the second of two persons."""
    own = OwnPack.objects.locked(own.pk)
    person_id = person_behind(by)

    refuse_if(
        objection_to_publishing(
            own, person_id=person_id, today=local_day(), seen_sha256=seen_sha256
        )
    )

    at = now()
    own.move(
        State.PUBLISHED,
        published_by_id=person_id,
        published_by_name=by.name,
        published_at=at,
        changed_at=at,
    )
    record(by, "rule_pack.published", own, details={"sha256": own.sha256})
    announce(RulesChanged(f"{own.code} {own.version}"))
    return own


@transaction.atomic
def withdraw_version(own: OwnPack, *, reason: str, by: Actor) -> OwnPack:
    """Give a version up before it is published; its text stays in the record."""
    own = OwnPack.objects.locked(own.pk)

    refuse_if(objection_to_withdrawing(own))
    refuse_if(objection_to_ending(None, reason))

    own.move(State.WITHDRAWN, changed_at=now())
    record(by, "rule_pack.withdrawn", own, reason=reason)
    return own
