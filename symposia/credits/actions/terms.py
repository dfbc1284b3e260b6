from django.db import transaction

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.credits.models import Certificate, CertificateTerm
from symposia.credits.policies import objection_to_term
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def set_certificate_term(activity: Activity, months: int | None, *, by: Actor) -> None:
    """Say for how many months the certificates of an activity are good; nothing: without end.

    It holds for every certificate of the activity, so it stands once the first was issued.
    """
    activity = Activity.objects.locked(activity.pk)
    before = CertificateTerm.objects.filter(activity=activity).first()
    if months == (before.months if before else None):
        return

    refuse_if(objection_to_term(is_issued=Certificate.objects.of(activity).exists()))

    term = before or CertificateTerm(activity=activity)
    term.months = months
    term.save()
    record(by, "certificate_term.set", term, details={"months": term.months})
