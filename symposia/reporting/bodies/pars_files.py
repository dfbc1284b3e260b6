"""PARS: the record of an activity as MEMS XML, as JSON and as a sheet.

The XML is valid against the MedBiquitous schema of Medical Education Metrics 1, whose licence does
not let us ship it; the elements of the accreditor stand in its place for extensions.
"""

from typing import Any
from xml.etree.ElementTree import Element, register_namespace

from symposia.reporting.bodies.parts import Facts, Record, Sheet
from symposia.reporting.bodies.writing import as_json, as_sheet, put, xml

CERTIFICATION = "AMA PRA Category 1"
MEMS, LOM = "http://ns.medbiq.org/metrics/v1/", "http://ltsc.ieee.org/xsd/LOM"
HX, ADDRESS = "http://ns.medbiq.org/lom/extend/v1/", "http://ns.medbiq.org/address/v1/"
# The extension of the accreditor; its own name is to be verified.
ACCME = "http://www.accme.org/pars/xtensible"
for _prefix, _uri in (("m", MEMS), ("lom", LOM), ("hx", HX), ("a", ADDRESS), ("accme", ACCME)):
    register_namespace(_prefix, _uri)


def write_xml(sheet: Sheet) -> bytes:
    """MEMS of MedBiquitous, one element for each activity, with the accreditor's own beside it."""
    root = Element("ACCMEActivities")
    for record in sheet.records:
        _metrics(root, sheet, record)
    return xml(root)


def _metrics(root: Element, sheet: Sheet, record: Record) -> None:
    facts = record.facts
    made = put(root, f"{{{MEMS}}}MedicalEducationMetrics")
    report = put(made, f"{{{MEMS}}}ReportDescription")
    put(report, f"{{{MEMS}}}ReportingStartDate", facts["starts_on"])
    put(report, f"{{{MEMS}}}ReportingEndDate", facts["ends_on"])
    activity = put(made, f"{{{MEMS}}}ActivityDescription")
    _lom(activity, facts)
    for each in facts["support"]:
        marks = {"currency": each["currency"], "supportSource": each["source"]}
        put(activity, f"{{{MEMS}}}CommercialSupportAmount", each["amount"], **marks)
    _changes(activity, facts)
    metrics = put(made, f"{{{MEMS}}}ParticipationMetrics")
    for category, number in facts["participants"].items():
        put(metrics, f"{{{MEMS}}}ParticipantsByCategory", number, category=category)
    _extension(put(made, f"{{{MEMS}}}XtensibleInfo"), sheet, record)


def _lom(parent: Element, facts: Facts) -> None:
    lom = put(parent, f"{{{LOM}}}lom")
    general = put(lom, f"{{{LOM}}}general")
    identifier = put(general, f"{{{LOM}}}identifier")
    put(identifier, f"{{{LOM}}}catalog", "Provider Activity ID")
    put(identifier, f"{{{LOM}}}entry", facts["number"])
    put(put(general, f"{{{LOM}}}title"), f"{{{LOM}}}string", facts["title"])
    if facts["description"]:
        put(put(general, f"{{{LOM}}}description"), f"{{{LOM}}}string", facts["description"])
    _education(put(put(lom, f"{{{HX}}}healthcareMetadata"), f"{{{HX}}}healthcareEducation"), facts)


def _education(parent: Element, facts: Facts) -> None:
    credit = put(parent, f"{{{HX}}}credits")
    put(credit, f"{{{HX}}}activityCertification", CERTIFICATION)
    if facts["joint_with"]:
        put(credit, f"{{{HX}}}nonAccreditedProvider", facts["joint_with"])
    put(credit, f"{{{HX}}}numberOfCredits", facts["amount"])
    if facts["city"]:
        place = put(parent, f"{{{HX}}}activityLocation")
        put(place, f"{{{ADDRESS}}}City", facts["city"])
        if facts["region"]:
            put(place, f"{{{ADDRESS}}}StateOrProvince", facts["region"])
        country = put(place, f"{{{ADDRESS}}}Country")
        put(country, f"{{{ADDRESS}}}CountryCode", facts["country"])
    put(parent, f"{{{HX}}}startDateTime", f"{facts['starts_on']}T00:00:00")
    put(parent, f"{{{HX}}}endDateTime", f"{facts['ends_on']}T00:00:00")
    put(parent, f"{{{HX}}}activitySponsorship", facts["providership"])
    put(put(parent, f"{{{HX}}}activityFormat"), f"{{{LOM}}}string", facts["format"])
    put(parent, f"{{{HX}}}commercialSupport", "yes" if facts["has_support"] else "no")


_CHANGES = (
    ("DesignedToChangeCompetence", "designed_for", "competence"),
    ("DesignedToChangePerformance", "designed_for", "performance"),
    ("DesignedToChangePatientOutcomes", "designed_for", "patients"),
    ("ChangesInCompetenceMeasured", "measured", "Learner Competence"),
    ("ChangesInPerformanceMeasured", "measured", "Learner Performance"),
    ("ChangesInPatientOutcomesMeasured", "measured", "Patient Health"),
)


def _changes(parent: Element, facts: Facts) -> None:
    for name, field, word in _CHANGES:
        put(parent, f"{{{MEMS}}}{name}", "true" if word in facts[field] else "false")


def _extension(parent: Element, sheet: Sheet, record: Record) -> None:
    facts = record.facts
    put(parent, f"{{{ACCME}}}ProviderID", sheet.provider_number)
    methods = put(parent, f"{{{ACCME}}}DeliveryMethods")
    for each in facts["delivery"]:
        put(methods, f"{{{ACCME}}}DeliveryMethod", each)
    for each in facts["measured"]:
        put(put(parent, f"{{{ACCME}}}MeasuredOutcomes"), f"{{{ACCME}}}MeasuredOutcome", each)
    for each in facts["boards"]:
        moc = put(put(parent, f"{{{ACCME}}}MOCRegistrations"), f"{{{ACCME}}}MOCRegistration")
        put(moc, f"{{{ACCME}}}boardName", each["board"])
        put(moc, f"{{{ACCME}}}mocPoints", each["points"])
    put(parent, f"{{{ACCME}}}activityRecordAction", record.action.title())


def write_json(sheet: Sheet) -> bytes:
    """The same for the web service, by the names of its schema."""
    return as_json({"ACCMEActivities": {"MedicalEducationMetrics": _all(sheet)}})


def _all(sheet: Sheet) -> list[dict[str, Any]]:
    return [_one(sheet, record) for record in sheet.records]


def _one(sheet: Sheet, record: Record) -> dict[str, Any]:
    facts = record.facts
    paid = [each for each in facts["support"] if each["amount"] != "0"]
    return {
        "ReportDescription": {
            "ReportingStartDate": facts["starts_on"],
            "ReportingEndDate": facts["ends_on"],
        },
        "ActivityDescription": {
            "commercialSupportAmount": [
                {
                    "currency": each["currency"],
                    "supportSource": each["source"],
                    "value": int(each["amount"]),
                }
                for each in paid
            ],
            "Lom": _lom_json(facts),
        },
        "ParticipationMetrics": {
            "participantsByCategory": [
                {"category": category, "numberOfParticipants": number}
                for category, number in facts["participants"].items()
            ]
        },
        "XtensibleInfo": _extension_json(sheet, record),
    }


def _extension_json(sheet: Sheet, record: Record) -> dict[str, Any]:
    """What the accreditor adds to the schema."""
    facts = record.facts
    gifts = [{"source": each["source"]} for each in facts["support"] if each["in_kind"]]
    points = [{"boardName": each["board"], "mocPoints": each["points"]} for each in facts["boards"]]
    return {
        "ProviderID": sheet.provider_number,
        "DeliveryMethods": {"DeliveryMethod": facts["delivery"]},
        "InKindSupports": {"InKindSupport": gifts},
        "MeasuredOutcomes": [{"MeasuredOutcome": each} for each in facts["measured"]],
        "MOCRegistrations": {"MOCRegistration": points},
        "activityRecordAction": record.action.title(),
    }


def _lom_json(facts: Facts) -> dict[str, Any]:
    credit: dict[str, Any] = {
        "activityCertification": CERTIFICATION,
        "numberOfCredits": facts["amount"],
    }
    if facts["joint_with"]:
        credit["nonAccreditedProvider"] = [facts["joint_with"]]
    education: dict[str, Any] = {
        "credits": [credit],
        "startDateTime": f"{facts['starts_on']}T00:00:00",
        "endDateTime": f"{facts['ends_on']}T00:00:00",
        "activitySponsorship": facts["providership"],
        "activityFormat": facts["format"],
        "commercialSupport": bool(facts["has_support"]),
    }
    if facts["city"]:
        education["activityLocation"] = {
            "city": facts["city"],
            "stateOrProvince": facts["region"],
            "country": facts["country"],
        }
    return {
        "general": {
            "identifier": [{"catalog": "Provider Activity ID", "entry": facts["number"]}],
            "title": facts["title"],
            "description": facts["description"],
        },
        "healthcareMetadata": {"healthcareEducation": education},
    }


_COLUMNS = (
    *("number", "title", "starts_on", "ends_on", "city", "region", "country", "providership"),
    *("joint_with", "format", "amount"),
)


def write_sheet(sheet: Sheet) -> bytes:
    """The same as a table, an activity a line."""
    head = [
        *("Provider Activity ID", "Activity Title", "Start Date", "End Date", "City", "State"),
        *("Country", "Providership", "Joint Provider", "Activity Type", "Credits"),
        *("Physicians", "Other Learners", "Commercial Support Received?", "Supporters"),
    ]
    return as_sheet(head, [_row(record.facts) for record in sheet.records])


def _row(facts: Facts) -> list[Any]:
    people = facts["participants"]
    physicians = people.get("physician", 0)
    gifts = "; ".join(f"{each['source']} {each['amount']}" for each in facts["support"])
    counts = [physicians, sum(people.values()) - physicians]
    supported = "Yes" if facts["has_support"] else "No"
    return [*(facts[name] for name in _COLUMNS), *counts, supported, gifts]
