"""Ways to reach people, many by a file."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from symposia.audit.actions import record
from symposia.directory.actions.contacts import add_contact
from symposia.directory.contact_lines import ContactLine
from symposia.directory.policies.affiliations import LINE_REFUSED
from symposia.directory.policies.contacts import NO_CONTACT_TO_TAKE
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused, refuse_if


@transaction.atomic
def import_contacts(lines: Sequence[ContactLine], *, file_name: str, by: Actor) -> int:
    """Take the lines of a file that were found right, all of them or none; how many. What is used
    now stays in use: a file fills in what the record does not say, and notes all else beside it."""
    taken = [line for line in lines if line.is_taken]
    refuse_if(None if taken else NO_CONTACT_TO_TAKE)
    for line in taken:
        _take(line, file_name[:200], by=by)
    record(by, "contact.imported", details={"file": file_name, "lines": len(taken)})
    return len(taken)


def _take(line: ContactLine, file_name: str, *, by: Actor) -> None:
    """One line; what an earlier line of the file stands against is said with its place."""
    if line.clinician is None or line.facts is None:
        return
    facts = replace(line.facts, source=line.facts.source or file_name)
    try:
        add_contact(line.clinician, facts, by=by)
    except Refused as no:
        raise Refused(LINE_REFUSED.about(line=line.number, why=str(no))) from no
