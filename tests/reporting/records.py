"""Records of invented people and activities, as bodies are told of them."""

from datetime import UTC, datetime

from symposia.reporting.bodies.parts import Record, Sheet

ACTIVITY = {
    "number": "ACT-2026-0142",
    "title": "Sepsis: the first hour & after",
    "description": "Recognise it <early>.",
    "starts_on": "2026-03-12",
    "ends_on": "2026-03-12",
    "format": "Live Course",
    "delivery": ["In-Person"],
    "city": "Boston",
    "region": "MA",
    "country": "USA",
    "providership": "joint",
    "joint_with": "Mill River Clinic",
    "amount": "1.5",
    "has_support": True,
    "support": [
        {"source": "Invented Pharma", "amount": "5000", "currency": "USD", "in_kind": ""},
        {"source": "Invented Devices", "amount": "0", "currency": "USD", "in_kind": "Manikins"},
    ],
    "designed_for": ["competence"],
    "measured": ["Learner Competence"],
    "participants": {"nurse": 3, "physician": 21},
    "boards": [{"board": "ABIM", "points": "1.5"}],
}
LEARNER = {
    "full_name": "Avery Example",
    "given_name": "Avery",
    "family_name": "Example",
    "born": "1970-03-31",
    "permitted": True,
    "activity_number": "ACT-2026-0142",
    "title": "Sepsis: the first hour & after",
    "completed_on": "2026-03-12",
    "amount": "1.25",
    "id_domain": "NPI",
    "id_value": "1234567893",
    "module_id": "001234567",
    "certification": "AMA PRA Category 1",
}
PHARMACIST = LEARNER | {
    "id_domain": "NABP",
    "id_value": "0123456",
    "uan": "0123-0000-26-001-L01-P",
    "profession": "pharmacist",
}
NURSE = LEARNER | {"id_domain": "FL", "id_value": "RN1234567", "profession": "RN"}


def sheet(*facts, **more):
    """A file of these records, made on one day."""
    records = [
        Record(
            each.get("number") or f"ccid:harbor:{position:032x}-1",
            more.get("action", "add"),
            each,
        )
        for position, each in enumerate(facts, start=1)
    ]
    made_at = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
    trial = more.get("is_trial", False)
    kind = more.get("kind", "pars_learners")
    named = ("REP-2026-0001", kind, "Harbor University Hospital", "0004567")
    return Sheet(*named, made_at, 2026, records, is_trial=trial)


EVENT = {
    "number": "ACT-2026-0150",
    "title": "Heart failure at the bedside",
    "summary": "What to do in the first day.",
    "type": "Conference",
    "starts": "2026-03-12 09:00",
    "ends": "2026-03-12 12:00",
    "venue": "House of Physicians, 12 Dock Road",
    "city": "Pune",
    "country": "IN",
    "expected": 60,
    "credit": ["2 Maharashtra Medical Council"],
    "observer": "Dr. Nobody Invented",
    "support": [],
    "sessions": [["2026-03-12 09:00", "=First hour", "60", "Asha Example"]],
    "minutes": 60,
    "faculty": ["Asha Example"],
    "attendees": [["Avery Example", "MMC 2001/03/1234", "58"]],
    "unnamed": 2,
    "present": 3,
    "professions": {"Nurse": 1, "Physician": 2},
    "feedback": 2,
}

PAYMENT = {
    "number": "TOV-2026-0001",
    "gone": "",
    "party": "person",
    "is_person": True,
    "name": "Avery Example",
    "given_name": "Avery",
    "family_name": "Example",
    "profession": "physician",
    "body_type": "Medical Doctor",
    "npi": "1234567893",
    "licence_state": "MA",
    "street": "1 Quay",
    "city": "Boston",
    "region": "MA",
    "country": "US",
    "postal_code": "02110",
    "amount": "450.00",
    "currency": "USD",
    "given_on": "2026-03-12",
    "form": "Cash or cash equivalent",
    "nature": "Food and Beverage",
    "is_journey": "",
    "travel_city": "",
    "travel_country": "",
    "product": "",
    "disputed": "No",
    "context": "=Sepsis, the first hour",
    "year": "2026",
}
DISCLOSED = {
    "number": "hcp_individual-1-2026",
    "block": "hcp_individual",
    "name": "Ada Beispiel",
    "city": "Berlin",
    "country": "DE",
    "address": "Kai 1 10115",
    "local_number": "",
    "donations": "",
    "sponsorship": "",
    "registration": "",
    "travel": "",
    "fees": "450.00",
    "related": "120.50",
    "total": "570.50",
    "currency": "EUR",
    "transfers": ["TOV-2026-0002"],
    "recipients": "",
    "share": "",
}
EXPENDITURE = {
    "number": "ACT-2026-0150",
    "title": "Heart failure at the bedside",
    "on": "2026-03-12",
    "city": "Pune",
    "country": "IN",
    "organiser": "Invented Pharma",
    "delegates": 40,
    "speakers": 2,
    "venue": "20000.00",
    "meals": "9000.00",
    "faculty": "30000.00",
    "travel": "0.00",
    "technology": "0.00",
    "materials": "0.00",
    "other": "0.00",
    "total": "59000.00",
    "total_minor": 5900000,
    "guests_travel": "",
    "currency": "INR",
}
ANNUAL = {
    "number": "ucpmp-2025-26",
    "year": "2025-26",
    "company": "Invented Pharma",
    "events": 1,
    "delegates": 40,
    "speakers": 2,
    "by_category": {"venue": "20000.00", "meals": "9000.00", "faculty": "30000.00"},
    "total": "59000.00",
    "total_minor": 5900000,
    "currency": "INR",
}
