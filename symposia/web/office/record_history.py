"""The journal of one record, in words."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.role_words import roles_held
from symposia.audit.models import Entry as JournalEntry
from symposia.web.office.credit_words import CREDITS
from symposia.web.office.directory_words import DIRECTORY
from symposia.web.office.evidence_words import EVIDENCE
from symposia.web.office.places_words import PLACES
from symposia.web.office.planning_words import PLANNING
from symposia.web.parts import Change, Entry, Tone

WORDS: dict[str, Any] = {
    "activity.created": gettext_lazy("Created"),
    "activity.changed": gettext_lazy("Facts changed"),
    "activity.objectives_chosen": gettext_lazy("Objectives chosen"),
    "activity.sessions_moved": gettext_lazy("Sessions moved along"),
    "activity.session_added": gettext_lazy("Session added"),
    "activity.session_changed": gettext_lazy("Session changed"),
    "activity.session_removed": gettext_lazy("Session removed"),
    "activity.bookings_released": gettext_lazy("Rooms, things and people given back"),
    "activity.faculty_assigned": gettext_lazy("Faculty assigned"),
    "activity.faculty_removed": gettext_lazy("Faculty removed"),
    "activity.submitted": gettext_lazy("Submitted"),
    "activity.in_approval": gettext_lazy("Sent to its approvers"),
    "activity.approved": gettext_lazy("Approved"),
    "activity.returned": gettext_lazy("Returned for change"),
    "activity.opened": gettext_lazy("Opened for registration"),
    "activity.started": gettext_lazy("Started"),
    "activity.held": gettext_lazy("Held"),
    "activity.reconciling": gettext_lazy("Closing of the books begun"),
    "activity.closed": gettext_lazy("Closed"),
    "activity.postponed": gettext_lazy("Postponed"),
    "activity.rescheduled": gettext_lazy("Moved to another date"),
    "activity.cancelled": gettext_lazy("Cancelled"),
    "wall.met": gettext_lazy("Turned away by the wall"),
    "access.confirmed": gettext_lazy("Role agreed to"),
    "access.granted": gettext_lazy("Role given"),
    "access.revoked": gettext_lazy("Role taken away"),
    "message.cancelled": gettext_lazy("Message kept back"),
    "message.queued": gettext_lazy("Message written"),
    "message.retried": gettext_lazy("Message sent again"),
    "message.sent": gettext_lazy("Message sent"),
    "ticket.opened": gettext_lazy("Ticket opened by staff"),
    "gap.recorded": gettext_lazy("Recorded"),
    "gap.changed": gettext_lazy("Changed"),
    "gap.evidence_added": gettext_lazy("Evidence added"),
    "gap.evidence_removed": gettext_lazy("Evidence removed"),
    "gap.objective_added": gettext_lazy("Objective added"),
    "gap.objective_removed": gettext_lazy("Objective removed"),
    "gap.addressed": gettext_lazy("Addressed by an activity"),
    "gap.closed": gettext_lazy("Closed by evidence"),
    "gap.reopened": gettext_lazy("Reopened"),
    **PLANNING,
    **DIRECTORY,
    **PLACES,
    **CREDITS,
    **EVIDENCE,
}
FIELDS: dict[str, Any] = {
    "wall_starts": gettext_lazy("Starts"),
    "wall_ends": gettext_lazy("Ends"),
    "venue_name": gettext_lazy("Venue"),
    "venue_address": gettext_lazy("Address of the venue"),
    "online_address": gettext_lazy("Address for joining online"),
    "capacity": gettext_lazy("Places"),
    "expected_attendance": gettext_lazy("Expected attendance"),
    "creditable_minutes": gettext_lazy("Creditable minutes"),
    "need_type": gettext_lazy("Need"),
    "population": gettext_lazy("Who"),
    "baseline": gettext_lazy("Today"),
}
# How somebody other than a person at the screen acted.
_ACTED: dict[str, Any] = {
    "system": gettext_lazy("Symposia itself"),
    "job": gettext_lazy("Symposia itself: %(who)s"),
    "link": gettext_lazy("%(who)s, by a personal link"),
    "device": gettext_lazy("%(who)s, with a phone at the door"),
    "token": gettext_lazy("a program of %(who)s"),
}
_ICONS = {"submitted": "stamp", "approved": "lock", "closed": "lock", "removed": "trash"}
_TONES: dict[str, Tone] = {"approved": "seal", "closed": "seal", "cancelled": "stop"}


# What tells who was turned away and who was written to: for whoever reads the journal.
_OF_THE_JOURNAL = ("learners.asked", "wall.met")


def told_to(access: Access, entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """The entries about a record as its history shows them to somebody."""
    if access.holds(Permission.VIEW_JOURNAL):
        return entries
    return entries.exclude(action__in=_OF_THE_JOURNAL)


def history_of(
    entries: Iterable[JournalEntry], roles: Mapping[uuid.UUID, str] | None = None
) -> list[Entry]:
    """Journal entries as a timeline shows them, latest first; with what each person is here, where
    that is at hand."""
    return [_entry(entry, roles or {}) for entry in entries]


def history_with_roles(entries: Iterable[JournalEntry]) -> list[Entry]:
    """The same with the roles that its people hold now."""
    found = list(entries)
    people = {each.actor_id for each in found if each.actor_kind == "person" and each.actor_id}
    return history_of(found, roles_held(people, at=now()))


def who_did(entry: JournalEntry, roles: Mapping[uuid.UUID, str]) -> str:
    """Who acted, as a sentence goes on after "by"."""
    role = roles.get(entry.actor_id) if entry.actor_id else None
    name = f"{entry.actor_name}, {role}" if role else entry.actor_name
    words = {"who": name, "other": entry.on_behalf_of}
    if entry.on_behalf_of:
        return _("%(who)s for %(other)s") % words
    return str(_ACTED.get(entry.actor_kind, "%(who)s")) % words


def words_of(action: str) -> str:
    """What was done, as people say it."""
    return str(WORDS.get(action) or action.replace(".", " ").replace("_", " ").capitalize())


def _entry(entry: JournalEntry, roles: Mapping[uuid.UUID, str]) -> Entry:
    last = entry.action.rpartition(".")[2]
    return Entry(
        words_of(entry.action),
        entry.at,
        who_did(entry, roles),
        detail=_detail(entry),
        icon=_ICONS.get(last, "edit"),
        tone=_TONES.get(last, ""),
        hash=entry.row_hash,
        changes=[_change(each) for each in entry.details.get("changes", [])],
    )


def _detail(entry: JournalEntry) -> str:
    """Why, or else what it was about."""
    details = entry.details
    about = [details.get(name, "") for name in ("title", "name", "text", "citation")]
    said = ", ".join(str(each) for each in about if each)
    return f"{said}. {entry.reason}" if said and entry.reason else said or entry.reason


def _change(change: Mapping[str, Any]) -> Change:
    name = str(change["field"])
    label = change.get("label") or FIELDS.get(name, name.replace("_", " ").capitalize())
    return Change(label, _value(change["was"]), _value(change["now"]))


def _value(value: Any) -> str:
    if value in (None, "", []):
        return _("nothing")
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    text = str(value)
    # A wall time as the journal keeps it.
    return text[:16].replace("T", " ") if text.endswith("+00:00") else text
