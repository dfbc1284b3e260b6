"""CE Broker: the roster of who earned hours, by licence, for the boards that read it."""

from collections.abc import Collection
from itertools import groupby
from urllib.parse import urlencode
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from django.utils.translation import gettext_lazy as _

from symposia.reporting.bodies.checks import known_by, named, one_of, permitted, required
from symposia.reporting.bodies.collecting import Award, Learners, awards, learners_of, line_of
from symposia.reporting.bodies.cpe_monitor import SYSTEMS as PHARMACY
from symposia.reporting.bodies.parts import Declared, Facts, Line, Parcel, Scope, Sheet
from symposia.reporting.bodies.writing import as_sheet, month_first, put, xml
from symposia.reporting.due_rules import due_rules
from symposia.reporting.models import BodyAccount, Kind
from symposia.shared.refusals import Objection

SYSTEMS = ("ama_pra_1", "ancc_ncpd", "aapa_1", *PHARMACY)
# As the boards of Florida abbreviate professions; to be verified with CE Broker for each board.
PROFESSIONS = {
    "physician": "ME",
    "nurse": "RN",
    "nurse_practitioner": "APRN",
    "physician_assistant": "PA",
    "pharmacist": "PS",
    "technician": "RPT",
    "dentist": "DN",
    "psychologist": "PY",
    "social_worker": "SW",
    "optometrist": "OP",
    "podiatrist": "PO",
    "dietitian": "ND",
}


def boards() -> frozenset[str]:
    """The boards that read CE Broker, as the rules of what is owed name them."""
    named = (rule.boards for rule in due_rules() if rule.kind == Kind.CE_BROKER)
    return frozenset[str]().union(*named)


def collect(scope: Scope) -> list[Line]:
    """What learners with a licence of these boards earned in a year."""
    found = awards(scope, SYSTEMS)
    learners, known = learners_of(found), boards()
    return [
        line_of(
            award,
            learners.facts(award.first.clinician),
            id_domain=board,
            id_value=number,
            profession=PROFESSIONS.get(award.first.clinician.profession, ""),
        )
        for award in found
        for board, number in _licence(award, learners, known)
    ]


def _licence(award: Award, learners: Learners, known: Collection[str]) -> list[tuple[str, str]]:
    """The first licence of a board that reads CE Broker; a learner may hold others before it."""
    found = learners.licences(award.first.clinician)
    return [(board, number) for board, number in found if board in known][:1]


def check(facts: Facts) -> list[Objection]:
    """What CE Broker would reject."""
    return [
        *permitted(facts),
        *named(facts),
        *known_by(facts, _("a licence with the state that issued it")),
        *required(facts, profession=_("Profession"), activity_number=_("Number")),
        *one_of(facts, "id_domain", boards(), _("State")),
    ]


def write_xml(sheet: Sheet) -> bytes:
    """A roster for each activity; a trial is marked so, and keeps nothing there."""
    root = Element("rosters", {"id_parent_provider": sheet.provider_number})
    root.set("upload_key", "")
    root.set("test", "true" if sheet.is_trial else "false")
    ordered = sorted(sheet.records, key=lambda r: str(r.facts["activity_number"]))
    for course, records in groupby(ordered, key=lambda r: str(r.facts["activity_number"])):
        roster = put(root, "roster")
        put(roster, "id_provider", sheet.provider_number)
        put(roster, "provider_course_code", course)
        attendees = put(roster, "attendees")
        for record in records:
            _attendee(put(attendees, "attendee"), record.facts)
    return xml(root)


def _attendee(made: Element, facts: Facts) -> None:
    for name, said in (
        ("licensee_profession", facts["profession"]),
        ("license", facts["id_value"]),
        ("cebroker_state", facts["id_domain"]),
        ("first_name", facts["given_name"]),
        ("last_name", facts["family_name"]),
        ("date_completed", month_first(facts["completed_on"])),
        ("ce_credit_hours", facts["amount"]),
    ):
        put(made, name, said)


def write_sheet(sheet: Sheet) -> bytes:
    """The roster as its own layout of a table: provider, course, publishing, licence, day."""
    head = ("Provider", "Own Course ID", "Publishing", "License", "Date", "State", "Profession")
    rows = []
    for record in sheet.records:
        facts = record.facts
        marks = (f"State={facts['id_domain']}", f"Profession={facts['profession']}")
        course = (sheet.provider_number, facts["activity_number"], "")
        rows.append([*course, facts["id_value"], month_first(facts["completed_on"]), *marks])
    return as_sheet(head, rows)


def wrap(_account: BodyAccount, key: str, content: bytes) -> Parcel:
    """The web service takes the document as a field of a form, with the key in it."""
    quoted = escape(key, {'"': "&quot;"})
    signed = content.replace(b'upload_key=""', f'upload_key="{quoted}"'.encode(), 1)
    body = urlencode({"InXML": signed.decode()}).encode()
    return Parcel(body, {"Content-Type": "application/x-www-form-urlencoded"})


CE_BROKER = Declared(
    kind=Kind.CE_BROKER,
    collect=collect,
    check=check,
    writers={"xml": write_xml, "xlsx": write_sheet},
    shown=(
        ("full_name", _("Learner")),
        ("profession", _("Profession")),
        ("id_value", _("Licence")),
        ("id_domain", _("State")),
        ("activity_number", _("Activity")),
        ("completed_on", _("Completed")),
        ("amount", _("Hours")),
    ),
    wrap=wrap,
)
