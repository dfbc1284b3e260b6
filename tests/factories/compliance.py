from datetime import date

from symposia.compliance.actions import evaluate_subject
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7

GOOD = {
    "mode": "independent",
    "delivery": "in_person",
    "country": "US",
    "creditable_minutes": 90,
    "objectives": 2,
    "creditable_sessions_without_faculty": 0,
}
DINNER = {
    "mode": "scientific",
    "delivery": "in_person",
    "country": "IN",
    "meal_per_head": "2650.00",
    "items_per_head": "0",
    "travel_total": "0",
}


def evaluated(
    facts=GOOD, *, subject_id=None, subject_type="meeting", on=date(2026, 3, 12), **changed
):
    """What the shipped rules say of an activity; needs an organisation's transaction around it."""
    return evaluate_subject(
        subject_type="meeting",
        subject_id=subject_id or uuid7(),
        facts=facts | changed,
        on=on,
        by=SYSTEM,
    )
