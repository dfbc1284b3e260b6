"""Where people work, many by a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from symposia.audit.actions import record
from symposia.directory.actions.guarding import settle_place
from symposia.directory.affiliation_lines import AffiliationLine
from symposia.directory.models import ChangeRequest
from symposia.directory.placing_steps import PlaceDo, PlaceStep
from symposia.directory.policies.affiliations import LINE_REFUSED, NOTHING_TO_TAKE
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused, refuse_if


@dataclass(frozen=True)
class TakenLines:
    """How many lines hold at once, and how many wait for a second person."""

    noted: int
    asked: int


@transaction.atomic
def import_affiliations(
    lines: Sequence[AffiliationLine], *, file_name: str, by: Actor
) -> TakenLines:
    """Take the lines of a file that were found right, all of them or none. Where two people say
    where somebody works, a line is asked for as it is by hand."""
    taken = [line for line in lines if line.is_taken]
    refuse_if(None if taken else NOTHING_TO_TAKE)
    asked = sum(_take(line, file_name[:200], by=by) for line in taken)
    details = {"file": file_name, "lines": len(taken), "asked": asked}
    record(by, "affiliation.imported", details=details)
    return TakenLines(len(taken) - asked, asked)


def _take(line: AffiliationLine, file_name: str, *, by: Actor) -> bool:
    """One line, and whether it waits; what an earlier line of the file stands against is said with
    its place."""
    if line.clinician is None or line.facts is None:
        return False
    facts = replace(line.facts, source=line.facts.source or file_name)
    try:
        done = settle_place(line.clinician, PlaceStep(PlaceDo.ADD, facts=facts), by=by)
    except Refused as no:
        raise Refused(LINE_REFUSED.about(line=line.number, why=str(no))) from no
    return isinstance(done, ChangeRequest)
