from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.notifications.actions import suppress_address
from symposia.notifications.models import Cause, Delivery, State
from symposia.notifications.policies import objection_to_report, objection_to_reports
from symposia.notifications.queries import delivery_of_id, latest_to
from symposia.notifications.reports import Report, ReportKind, reports_in
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if

# Servers try for days before they give up, and people complain of what they find on Monday.
KNOWN_FOR = timedelta(days=30)


@transaction.atomic
def take_reports(raw: bytes, *, by: Actor) -> list[Report]:
    """Take in what a mail server sent back: the message is marked, an address that is no good
    or that complained is invited no more."""
    reports = reports_in(raw)

    refuse_if(objection_to_reports(reports))

    for report in reports:
        _take(report, by=by)
    return reports


def _take(report: Report, *, by: Actor) -> None:
    """Our own number in it says which message it is, whatever address it was forwarded to."""
    found = delivery_of_id(report.message_id) if report.message_id else None
    if found is None:
        found = latest_to(report.address, now() - KNOWN_FOR)
    refuse_if(objection_to_report(found))
    if found is None or report.kind == ReportKind.DELAYED:
        return
    delivery = Delivery.objects.select_for_update().get(pk=found.pk)
    if report.kind == ReportKind.BOUNCED and delivery.state == State.SENT:
        delivery.move(State.BOUNCED, error=report.diagnostic[:500])
    record(by, f"message.{report.kind}", delivery, reason=report.diagnostic)
    if report.is_for_good:
        cause = Cause.BOUNCED if report.kind == ReportKind.BOUNCED else Cause.COMPLAINED
        suppress_address(delivery.to_address, cause=cause, diagnostic=report.diagnostic, by=by)
