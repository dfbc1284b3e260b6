"""What *Today* tells of as one need, whatever its number: its words, how urgent it is, where."""

from datetime import timedelta

from django.utils.translation import ngettext_lazy

WEEK = timedelta(days=7)
# The words, the tone, the page, and how long there is.
TOLD_AT_ONCE = {
    "correct": (
        ngettext_lazy(
            "%d message could not be delivered: correct the address",
            "%d messages could not be delivered: correct the addresses",
        ),
        *("stop", "outbox", timedelta(0)),
    ),
    "addresses": (
        ngettext_lazy(
            "%d address is unknown to its mail server: find the right one",
            "%d addresses are unknown to their mail servers: find the right ones",
        ),
        *("warn", "addresses", WEEK),
    ),
    "follow_ups": (
        ngettext_lazy(
            "%d follow-up of yours is late",
            "%d follow-ups of yours are late",
        ),
        *("warn", "field_follow_ups", timedelta(0)),
    ),
    "adverse_events": (
        ngettext_lazy(
            "%d adverse event waits for a mailbox of drug safety: name it",
            "%d adverse events wait for a mailbox of drug safety: name it",
        ),
        *("stop", "safety_mailbox", timedelta(0)),
    ),
    "reports": (
        ngettext_lazy(
            "%d report to a body is late or due within 30 days",
            "%d reports to bodies are late or due within 30 days",
        ),
        *("warn", "due_reports", WEEK),
    ),
}
