"""PARS: what a learner completed, for boards of licence and for certifying boards.

The body knows no change of a record: a correction takes the old one back and adds a new one, each
by the name that we gave it.
"""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, register_namespace

from django.utils.translation import gettext_lazy as _

from symposia.reporting.bodies.checks import (
    born_on,
    in_steps,
    known_by,
    named,
    numbered,
    permitted,
)
from symposia.reporting.bodies.collecting import (
    Award,
    Learners,
    awards,
    facts_by_activity,
    learners_of,
    line_of,
    pars_words,
)
from symposia.reporting.bodies.pars_activities import AMA
from symposia.reporting.bodies.pars_files import ACCME, CERTIFICATION, HX
from symposia.reporting.bodies.parts import Declared, Facts, Line, Record, Scope, Sheet
from symposia.reporting.bodies.writing import as_json, as_sheet, put, xml
from symposia.reporting.models import Kind
from symposia.shared.refusals import Objection

REPORT, MEMBER = "http://ns.medbiq.org/activityreport/v2/", "http://ns.medbiq.org/member/v2/"
NAME = "http://ns.medbiq.org/name/v2/"
for _prefix, _uri in (("r", REPORT), ("mem", MEMBER), ("n", NAME)):
    register_namespace(_prefix, _uri)
MODULE_DIGITS = 9
_NUMBERS = _("an NPI, or a licence with the state that issued it")


def collect_learners(scope: Scope) -> list[Line]:
    """What physicians and others earned of physicians' credit in a year."""
    found = awards(scope, [AMA])
    learners, modules = learners_of(found), _modules(found)
    return [_line(award, learners, modules, *_license(award, learners)) for award in found]


def collect_moc(scope: Scope) -> list[Line]:
    """Points for certifying boards, each by the number that the board knows the learner by."""
    boards: Mapping[str, str] = pars_words()["boards"]
    found = awards(scope, list(boards))
    learners, modules = learners_of(found), _modules(found)
    lines = []
    for award in found:
        board = boards[award.first.system.code]
        number = learners.number_of(award.first.clinician, board)
        lines.append(_line(award, learners, modules, board, number, certification=board))
    return lines


def _modules(found: list[Award]) -> dict[Any, str]:
    """The number that PARS gave each activity."""
    facts = facts_by_activity([award.first.activity_id for award in found])
    return {pk: each.body_number for pk, each in facts.items()}


def _license(award: Award, learners: Learners) -> tuple[str, str]:
    """An NPI, or the first licence of a state."""
    clinician = award.first.clinician
    if npi := learners.npi(clinician):
        return "NPI", npi
    states = [(by, number) for by, number in learners.licences(clinician) if len(by) == 2]
    return states[0] if states else ("", "")


def _line(
    award: Award,
    learners: Learners,
    modules: Mapping[Any, str],
    domain: str,
    number: str,
    *,
    certification: str = CERTIFICATION,
) -> Line:
    return line_of(
        award,
        learners.facts(award.first.clinician),
        id_domain=domain,
        id_value=number,
        module_id=modules.get(award.first.activity_id, ""),
        certification=certification,
    )


def check_learner(facts: Facts) -> list[Objection]:
    """What PARS would reject of a learner's record."""
    return _check(facts, _NUMBERS)


def check_moc(facts: Facts) -> list[Objection]:
    """The same, by the number of the certifying board."""
    board = _("the number of %(board)s") % {"board": facts["certification"]}
    return _check(facts, board)


def _check(facts: Facts, numbers: Any) -> list[Objection]:
    return [
        *permitted(facts),
        *named(facts),
        *born_on(facts),
        *known_by(facts, numbers),
        *numbered(facts, MODULE_DIGITS),
        *in_steps(facts["amount"]),
    ]


def write_xml(sheet: Sheet) -> bytes:
    """ActivityReport 2 of MedBiquitous, a report for each record."""
    root = Element(f"{{{REPORT}}}ActivityReports")
    put(root, f"{{{REPORT}}}DateTimeCreated", sheet.made_at.isoformat(timespec="seconds"))
    days = sorted(record.facts["completed_on"] for record in sheet.records)
    put(root, f"{{{REPORT}}}ReportingStartDate", days[0])
    put(root, f"{{{REPORT}}}ReportingEndDate", days[-1])
    for record in sheet.records:
        _report(put(root, f"{{{REPORT}}}ActivityReport"), sheet, record)
    return xml(root)


def _report(made: Element, sheet: Sheet, record: Record) -> None:
    facts = record.facts
    put(made, f"{{{REPORT}}}ReportingOrganization", sheet.provider)
    member = put(made, f"{{{REPORT}}}Member")
    put(member, f"{{{MEMBER}}}UniqueID", facts["id_value"], domain=_domain(facts))
    name = put(member, f"{{{MEMBER}}}Name")
    put(name, f"{{{NAME}}}GivenName", facts["given_name"])
    put(name, f"{{{NAME}}}FamilyName", facts["family_name"])
    put(put(member, f"{{{MEMBER}}}PersonalInfo"), f"{{{MEMBER}}}BirthDate", facts["born"])
    activity = put(made, f"{{{REPORT}}}Activity")
    put(activity, f"{{{REPORT}}}ProviderOrganization", sheet.provider_number)
    put(activity, f"{{{REPORT}}}ActivityName", facts["title"])
    module = put(activity, f"{{{REPORT}}}Module")
    put(module, f"{{{REPORT}}}ModuleName", facts["title"], moduleID=facts["module_id"])
    put(module, f"{{{REPORT}}}Status", "Completed")
    put(module, f"{{{REPORT}}}CompletedDateTime", f"{facts['completed_on']}T00:00:00")
    certificate = put(module, f"{{{REPORT}}}CreditCertificate")
    received = put(certificate, f"{{{REPORT}}}CreditReceived")
    put(received, f"{{{HX}}}activityCertification", facts["certification"])
    put(received, f"{{{HX}}}creditUnit", "Point")
    put(received, f"{{{HX}}}numberOfCredits", facts["amount"])
    put(certificate, f"{{{REPORT}}}CreditID", record.record_id)
    extension = put(made, f"{{{REPORT}}}XtensibleInfo")
    put(extension, f"{{{ACCME}}}ProviderID", sheet.provider_number)
    put(extension, f"{{{ACCME}}}LearnerRecordAction", record.action)


def _domain(facts: Facts) -> str:
    return f"idd:accme.org:{facts['id_domain'].lower()}"


def write_json(sheet: Sheet) -> bytes:
    """The same for the web service, by the names of its schema."""
    reports = [_json(sheet, record) for record in sheet.records]
    made = {"DateTimeCreated": sheet.made_at.isoformat(timespec="seconds")}
    return as_json({"ACCMELearnerReports": {"ActivityReports": made | {"ActivityReport": reports}}})


def _json(sheet: Sheet, record: Record) -> dict[str, Any]:
    facts = record.facts
    return {
        "ReportingOrganization": sheet.provider,
        "Member": {
            "Name": {"GivenName": facts["given_name"], "FamilyName": facts["family_name"]},
            "PersonalInfo": {"BirthDate": facts["born"]},
        },
        "Activity": {
            "ProviderOrganization": sheet.provider_number,
            "Module": {
                "ModuleName": {"value": facts["title"], "moduleID": facts["module_id"]},
                "Status": "Completed",
                "CompletedDateTime": f"{facts['completed_on']}T00:00:00",
                "CreditCertificate": [_certificate(record)],
            },
        },
        "XtensibleInfo": {
            "ProviderID": sheet.provider_number,
            "LearnerRecordAction": record.action,
        },
    }


def _certificate(record: Record) -> dict[str, Any]:
    facts = record.facts
    return {
        "UniqueID": {"value": facts["id_value"], "domain": facts["id_domain"]},
        "CreditReceived": {
            "activityCertification": facts["certification"],
            "creditUnit": "Point",
            "numberOfCredits": facts["amount"],
        },
        "CreditID": record.record_id,
    }


_COLUMNS = (
    *("given_name", "family_name", "born", "id_domain", "id_value", "module_id"),
    *("activity_number", "completed_on", "certification", "amount"),
)


def write_sheet(sheet: Sheet) -> bytes:
    """The same as a table, a record a line."""
    head = [
        *("First Name", "Last Name", "Date of Birth", "ID Type", "ID", "ACCME Activity ID"),
        *("Provider Activity ID", "Completion Date", "Credit Type", "Credits"),
        *("Credit ID", "Action"),
    ]
    rows = [
        [*(record.facts[name] for name in _COLUMNS), record.record_id, record.action]
        for record in sheet.records
    ]
    return as_sheet(head, rows)


_SHOWN = (
    ("full_name", _("Learner")),
    ("id_domain", _("Known by")),
    ("id_value", _("Number")),
    ("activity_number", _("Activity")),
    ("module_id", _("Number of the body")),
    ("completed_on", _("Completed")),
    ("amount", _("Credits")),
)
_WRITERS = {"xml": write_xml, "json": write_json, "xlsx": write_sheet}
PARS_LEARNERS = Declared(
    kind=Kind.PARS_LEARNERS,
    collect=collect_learners,
    check=check_learner,
    writers=_WRITERS,
    shown=_SHOWN,
)
PARS_MOC = Declared(
    kind=Kind.PARS_MOC,
    collect=collect_moc,
    check=check_moc,
    writers=_WRITERS,
    shown=_SHOWN,
)
