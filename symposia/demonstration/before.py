"""What the demonstration's provider held before Symposia, brought by files and signed for."""

from datetime import date, datetime

import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.demonstration.thread import Cast
from symposia.directory.models import Clinician
from symposia.reporting.actions.past import PURPOSE, check_past, import_past, receive_past
from symposia.reporting.actions.past_standing import sign_past
from symposia.reporting.models import PastKind
from symposia.work.files import store_file
from symposia.work.imports.kept import copy_of_kept
from symposia.work.models import Import

ACTIVITIES = """Provider Activity ID,Activity Title,Start Date,Activity Type,Credits,Physicians,Other Learners,City,State,Country,Commercial Support Received?
OLD-0041,Antibiotics in the first hour,03/12/{year},Live Course,1.25,34,6,Boston,MA,USA,No
OLD-0042,Grand rounds of the spring,04/02/{year},Regularly Scheduled Series,6,120,40,Boston,MA,USA,No
OLD-0043,Reading an ECG at home,05/40/{year},Enduring Material,1,55,12,,,,No
"""  # noqa: E501  # a line of a file
CREDITS = "E-mail,Title,Provider Activity ID,Date,Credit type,Credits,Certificate number"
DISCLOSURES = """Provider Activity ID,Name,Role,Company,Relationship,Mitigation,Date
OLD-0041,Dr. Ruth Calder,Faculty,Invented Pharma,Speaker,Peer review of content,01/15/{year}
OLD-0041,Dr. Ben Osei,Planner,,,,01/16/{year}
"""
WHY = "One row has no day: it was cancelled and never held."


def tell_before(cast: Cast, today: datetime) -> None:
    """The coordinator brings in what the system before held, and answers for it."""
    if cast.organisation.is_company:
        return
    year = today.year - 1
    with time_machine.travel(cast.at_work(today, 12), tick=True):
        made = _brought(cast, PastKind.ACTIVITIES, ACTIVITIES.format(year=year))
        sign_past(made, note=WHY, by=cast.actor("coordinator"))
        _brought(cast, PastKind.CREDITS, _credits(date(year, 3, 12)))
        _brought(cast, PastKind.DISCLOSURES, DISCLOSURES.format(year=year))


def _credits(on: date) -> str:
    """Three learners of the directory who were there then."""
    people = Clinician.objects.active().exclude(email="").order_by("search_text", "pk")[:3]
    rows = [
        f"{each.email},Antibiotics in the first hour,OLD-0041,{on},AMA PRA Category 1,"
        f"1.25,C-{on.year}-{number:04d}"
        for number, each in enumerate(people, start=907)
    ]
    return "\n".join([CREDITS, *rows, ""])


def _brought(cast: Cast, kind: str, text: str) -> Import:
    by, person = cast.actor("coordinator"), cast.team["coordinator"]
    name = f"{kind.replace('_', '-')}.csv"
    kept = store_file(text.encode(), name=name, content_type="text/csv", purpose=PURPOSE, by=by)
    with copy_of_kept(kept.storage_name) as path:
        made = receive_past(path, kind, kept, by=by)
    access = access_of(person, cast.organisation, at=now())
    if access is None:
        raise AssertionError(person)
    return import_past(check_past(made, access=access, by=by), access=access, by=by)
