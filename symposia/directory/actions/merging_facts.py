"""What two people change, when two records become one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.queries import person_behind
from symposia.audit.actions import record
from symposia.directory.actions.changes import propose_change
from symposia.directory.changing import ChangeFacts
from symposia.directory.duplicates.fields import CHOSEN
from symposia.directory.models import ChangeRequest, ChangeState, Merge
from symposia.directory.queries import guarded_fields
from symposia.shared.actors import Actor


@dataclass(frozen=True)
class Guarded:
    """What the kept record says of guarded facts, and what is asked for instead."""

    stands: Mapping[str, str]
    asked: dict[str, str]


def guarded_in_merge(merge: Merge, taken: Collection[str], *, by: Actor) -> Guarded:
    """The older record was there before somebody could add another of the same person: what it says
    stands, unless a second person agreed to what the other says."""
    older = merge.older
    stands: dict[str, str] = {}
    asked: dict[str, str] = {}
    for column in sorted(guarded_fields() & CHOSEN.keys()):
        value = getattr(merge.merged if column in taken else merge.kept, column)
        said = getattr(older, column)
        if said and value != said and not _is_agreed(merge, column, value, by=by):
            stands[column] = said
            if value:
                asked[column] = value
    return Guarded(stands, asked)


def _is_agreed(merge: Merge, column: str, value: str, *, by: Actor) -> bool:
    """Whether somebody else than whoever merges decided that one of the two says this."""
    decided = ChangeRequest.objects.filter(
        clinician__in=[merge.kept_id, merge.merged_id],
        state=ChangeState.ACCEPTED,
        field=column,
        now=value,
    )
    return decided.exclude(decided_by_id=None).exclude(decided_by_id=person_behind(by)).exists()


def ask_after_merge(merge: Merge, asked: Mapping[str, str], *, by: Actor) -> list[ChangeRequest]:
    """Ask a second person for what was chosen and the older record says otherwise; what somebody
    asks for already waits as it is."""
    waiting = set(ChangeRequest.objects.waiting().of(merge.kept).values_list("field", flat=True))
    evidence = _("Merged with %(name)s. %(reason)s") % {
        "name": merge.merged.full_name,
        "reason": merge.reason,
    }
    facts = merge.known_by
    return [
        propose_change(
            merge.kept, ChangeFacts(field, now=value, evidence=evidence, place=facts), by=by
        )
        for field, value in asked.items()
        if field not in waiting
    ]


def take_back_asked_by_merge(merge: Merge, *, by: Actor) -> None:
    """They were two people: nobody decides any more on what the merge asked for."""
    waiting = ChangeRequest.objects.waiting().filter(facts__merge=str(merge.pk))
    for row in waiting.select_for_update(of=["self"]).order_by("pk"):
        row.move(ChangeState.WITHDRAWN, decided_at=now(), decided_by_name=by.name[:200])
        record(by, "change.withdrawn", row, reason=merge.undone_reason)
