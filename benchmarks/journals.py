"""After a benchmark has written: does the journal still hold?"""

import uuid

from symposia.audit.actions import seal_journal
from symposia.audit.verification import verify_journal
from symposia.shared.tenancy import acting_in


def assert_journal_holds(organisation_id: uuid.UUID, *, lines: int) -> None:
    """Chain every line that was written and verify all, as `symposia audit verify` does."""
    while seal_journal(organisation_id):
        continue
    with acting_in(organisation_id):
        report = verify_journal()
    assert report.holds, report.faults[:3]
    assert report.entries >= lines, (report.entries, lines)
    assert report.unsealed == 0, report.unsealed
