import uuid
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Session
from symposia.attendance.folding import Presence, presence_of
from symposia.attendance.models import PresenceEvidence
from symposia.attendance.rules import counting_of_each
from symposia.registrations.lists import PEOPLE_COLUMNS
from symposia.registrations.models import Registration, RegistrationQuerySet
from symposia.shared.lists import Column, ListOf, Search


class WithPresenceQuerySet(RegistrationQuerySet):
    """Registrations that bring their presence along, folded for all rows in four statements."""

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._result_cache:
            _attach_presence(self._result_cache)


def _attach_presence(rows: list[Any]) -> None:
    evidence: dict[uuid.UUID, list[PresenceEvidence]] = defaultdict(list)
    for one in PresenceEvidence.objects.filter(registration__in=[r.pk for r in rows]):
        if one.registration_id:
            evidence[one.registration_id].append(one)
    sessions: dict[uuid.UUID, list[Session]] = defaultdict(list)
    activities = {row.activity_id for row in rows}
    for session in Session.objects.filter(activity__in=activities).order_by("starts_at", "pk"):
        sessions[session.activity_id].append(session)
    counted = counting_of_each({row.activity_id: row.activity for row in rows})
    for row in rows:
        rule = counted[row.activity_id]
        row.presence = presence_of(
            evidence[row.pk], sessions[row.activity_id], rule.no_leave, rule.checks
        )


def _rows(access: Any, **kwargs: Any) -> Any:
    rows = WithPresenceQuerySet(Registration).visible_to(access, Permission.VIEW_ATTENDANCE)
    found = rows.confirmed().with_people()
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def _minutes(row: Any) -> int | None:
    presence: Presence = row.presence
    return presence.minutes if presence.was_there else None


def _creditable(row: Any) -> int | None:
    presence: Presence = row.presence
    return presence.creditable if presence.was_there else None


def _note(row: Any) -> Any:
    presence: Presence = row.presence
    if presence.unproven:
        return _("Too few presence checks answered")
    if presence.counted_to_the_end:
        return _("No check-out: counted by the rule for this type")
    return None


ATTENDANCE = ListOf(
    name="activity_attendance",
    title=_("Attendance"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_rows,
    columns=(
        *PEOPLE_COLUMNS,
        Column("minutes", _("Minutes"), _minutes, kind="n"),
        Column("creditable", _("Creditable"), _creditable, kind="n"),
        Column("note", _("How it was counted"), _note),
        Column("activity", _("Activity"), lambda r: r.activity.number, in_page=False),
    ),
    filters=(Search("q", _("Name or number"), _search),),
    sort="clinician__search_text",
    empty=_("Nobody has a place yet; there is nobody to expect."),
)
