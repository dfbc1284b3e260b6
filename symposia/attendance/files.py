"""Reads of the files that logs and lists came in."""

import uuid
from collections.abc import Mapping

from symposia.activities.models import Activity
from symposia.attendance.logs.judging import Frame
from symposia.attendance.logs.tables import Table, table_of
from symposia.attendance.models import PresenceEvidence, PresenceFile
from symposia.attendance.reconciling import candidates_of
from symposia.registrations.models import Registration
from symposia.work.imports.kept import copy_of_kept


def table_of_file(file: PresenceFile) -> Table:
    """The rows of a kept file."""
    with copy_of_kept(file.made.path) as path:
        return table_of(path)


def frame_of_file(file: PresenceFile) -> Frame:
    """What the rows of a file are judged against, as it is now."""
    activity: Activity = file.activity
    places = list(Registration.objects.of(activity).with_people().confirmed().order_by("pk"))
    codes: Mapping[str, uuid.UUID] = {one.ticket_code: one.pk for one in places}
    known = PresenceEvidence.objects.of(activity).exclude(taken_from=None)
    return Frame(
        activity_id=activity.pk,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        zone=file.zone,
        candidates=candidates_of(places),
        codes=codes,
        known=frozenset(known.values_list("event_uuid", flat=True)),
    )
