"""What fields of one's own say of one person who had two records: the one that was chosen."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from symposia.accounts.queries import person_behind
from symposia.directory.actions.changes import propose_change
from symposia.directory.actions.own_values import say_own
from symposia.directory.changing import ChangeFacts
from symposia.directory.duplicates.own_facts import COLUMN, TABLE, OwnPair, pairs_of
from symposia.directory.models import (
    ChangeRequest,
    ChangeState,
    Fate,
    Merge,
    MergeLine,
    OwnField,
    OwnOf,
    OwnValue,
    Proposable,
    Said,
)
from symposia.directory.own_queries import own_fields_of, own_values_held
from symposia.directory.owning import plain_own, read_own
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused


def choose_own(merge: Merge, taken: Collection[OwnField], *, by: Actor) -> dict[OwnField, Said]:
    """Of fields in which both records say something else, the chosen value holds, of two people's
    fields that of the older record; answers what a second person is to be asked for. Rows of which
    there is one are moved by then, and what the other record said stays with it."""
    keys = {each.pk for each in taken}
    asked: dict[OwnField, Said] = {}
    holds: dict[OwnField, Said] = {}
    for pair in pairs_of(own_fields_of(OwnOf.CLINICIAN), merge.kept, merge.merged):
        if not pair.is_open or pair.mine is None or pair.theirs is None:
            continue
        wanted = pair.theirs if pair.field.pk in keys else pair.mine
        said = _of_older(merge, pair) if pair.field.by_two else wanted
        if said != wanted and _is_agreed(merge, pair.field, wanted, by=by):
            said = wanted
        if said != wanted:
            asked[pair.field] = wanted
        if said is not None and said != pair.mine:
            holds[pair.field] = said
    _take_over(merge, holds, by=by)
    return asked


def _of_older(merge: Merge, pair: OwnPair) -> Said | None:
    return pair.mine if merge.older.pk == merge.kept_id else pair.theirs


def _is_agreed(merge: Merge, field: OwnField, said: Said, *, by: Actor) -> bool:
    """Whether somebody else than whoever merges decided that one of the two says this."""
    decided = ChangeRequest.objects.filter(
        clinician__in=[merge.kept_id, merge.merged_id],
        state=ChangeState.ACCEPTED,
        own_field=field,
        now=plain_own(said),
    )
    return decided.exclude(decided_by_id=None).exclude(decided_by_id=person_behind(by)).exists()


def _take_over(merge: Merge, holds: dict[OwnField, Said], *, by: Actor) -> None:
    if not holds:
        return
    before = own_values_held(merge.kept, holds)
    MergeLine.objects.bulk_create(
        MergeLine(
            merge=merge,
            table=TABLE,
            row_id=before[field.pk].pk,
            column=COLUMN,
            was=plain_own(before[field.pk].said),
            now=plain_own(said),
        )
        for field, said in holds.items()
    )
    say_own(merge.kept, holds, by=by, reason=merge.reason)


def ask_for_own(merge: Merge, asked: dict[OwnField, Said], *, by: Actor) -> list[ChangeRequest]:
    """Ask a second person for what was chosen in fields that two people change."""
    waiting = ChangeRequest.objects.waiting().of(merge.kept)
    known = set(waiting.exclude(own_field=None).values_list("own_field_id", flat=True))
    evidence = _("Merged with %(name)s. %(reason)s") % {
        "name": merge.merged.full_name,
        "reason": merge.reason,
    }
    place = merge.known_by
    return [
        propose_change(
            merge.kept,
            ChangeFacts(
                Proposable.OWN, now=plain_own(said), evidence=evidence, place=place, own=field
            ),
            by=by,
        )
        for field, said in asked.items()
        if field.pk not in known
    ]


def give_back_merged_own(merge: Merge, *, by: Actor) -> None:
    """The kept record says again what it said, where nobody has said anything else since and the
    field can still say it."""
    lines = {each.row_id: each for each in merge.lines.filter(table=TABLE, column=COLUMN)}
    if not lines:
        return
    rows = OwnValue.objects.filter(pk__in=lines, clinician=merge.kept_id)
    back = {
        row.field: (lines[row.pk], said)
        for row in rows.select_for_update(of=["self"]).select_related("field").order_by("pk")
        if plain_own(row.said) == lines[row.pk].now
        and (said := _readable(row.field, lines[row.pk].was)) is not None
    }
    say_own(
        merge.kept,
        {field: said for field, (_line, said) in back.items()},
        by=by,
        reason=merge.undone_reason,
    )
    _put_back(merge, [line for line, _said in back.values()])


def _readable(field: OwnField, text: str) -> Said | None:
    """What a field said, unless it is retired or its words are others by now."""
    try:
        return read_own(field, text) if field.is_standing else None
    except Refused:
        return None


def _put_back(merge: Merge, lines: Iterable[MergeLine]) -> None:
    merge.lines.filter(pk__in=[each.pk for each in lines]).update(fate=Fate.PUT_BACK)
