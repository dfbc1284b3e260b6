from django.db import transaction

from symposia.accounts.queries import local_day
from symposia.activities.control import exemption_of
from symposia.activities.disclosing import (
    NOT_EXEMPTED,
    objection_to_ending_exemption,
    objection_to_exempting,
    objection_to_exemption,
)
from symposia.activities.events import ActivityChanged
from symposia.activities.models import Activity, DisclosureExemption, ExemptionEnd
from symposia.activities.standards.reading import titles
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if


@transaction.atomic
def exempt_from_disclosure(
    activity: Activity, *, code: str, reason: str, by: Actor
) -> DisclosureExemption:
    """State that one of the standard's own exemptions applies to a whole activity."""
    activity, today = Activity.objects.locked(activity.pk), local_day()

    refuse_if(objection_to_exempting(activity, has_one=exemption_of(activity) is not None))
    refuse_if(objection_to_exemption(code, reason, on=today))

    exemption = DisclosureExemption.objects.create(
        activity=activity,
        code=code,
        title=dict(titles("exemptions", on=today))[code],
        reason=reason.strip(),
        by_name=by.name,
        follows=DisclosureExemption.objects.filter(activity=activity).order_by("-pk").first(),
    )
    record(by, "disclosure.exempted", exemption, reason=exemption.reason, details={"code": code})
    announce(ActivityChanged(activity.pk, ("disclosures",)))
    return exemption


@transaction.atomic
def end_exemption(activity: Activity, *, reason: str, by: Actor) -> ExemptionEnd:
    """Take an exemption back: everybody in control of the content discloses again."""
    activity = Activity.objects.locked(activity.pk)

    exemption = needed(exemption_of(activity), NOT_EXEMPTED)
    refuse_if(objection_to_ending_exemption(reason))

    end = ExemptionEnd.objects.create(exemption=exemption, reason=reason.strip(), by_name=by.name)
    details = {"code": exemption.code}
    record(by, "disclosure.exemption_ended", end, reason=end.reason, details=details)
    announce(ActivityChanged(activity.pk, ("disclosures",)))
    return end
