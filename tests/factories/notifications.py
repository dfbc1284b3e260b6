from symposia.notifications.actions import queue_message
from symposia.shared.actors import SYSTEM

VALUES = {
    "organisation": "Harbour Teaching Hospital",
    "name": "Dr Ada Moreno",
    "activity": "Acute stroke: thrombolysis update",
    "when": "Thu 12 March 2026, 18:30 EDT",
    "where": "Hall A, Harbour Centre",
    "note": "",
    "reply_link": "http://localhost:8000/r/abc/?a=1&b=2",
}


def message(values=None, **given):
    """A message in the outbox of the organisation whose transaction this is."""
    given.setdefault("to_address", "ada@example.org")
    return queue_message(
        "notifications.test_message", values=VALUES | (values or {}), by=SYSTEM, **given
    )
