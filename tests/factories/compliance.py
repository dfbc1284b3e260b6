from datetime import date

from symposia.compliance.actions.evaluating import evaluate_subject
from symposia.compliance.facts import Subject
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7

GOOD = {
    "mode": "independent",
    "delivery": "in_person",
    "country": "US",
    "creditable_minutes": 90,
    "objectives": 2,
    "creditable_sessions_without_faculty": 0,
    "commercial_support": False,
    "marketing_alongside": False,
}
DINNER = {
    "mode": "scientific",
    "delivery": "in_person",
    "country": "IN",
    "meal_per_head": "2650.00",
    "items_per_head": "0",
    "travel_total": "0",
    "gifts": False,
    "guests": False,
}


def evaluated(
    facts=GOOD, *, subject_id=None, subject_type="meeting", on=date(2026, 3, 12), **changed
):
    """What the shipped rules say of an activity; needs an organisation's transaction around it."""
    subject = Subject(subject_type, subject_id or uuid7(), on, "A meeting")
    return evaluate_subject(subject, facts=facts | changed, by=SYSTEM)
