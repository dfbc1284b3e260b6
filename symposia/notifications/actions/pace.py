from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.notifications.models import DomainPace
from symposia.notifications.policies import objection_to_pace
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def set_domain_pace(domain: str, per_minute: int, *, by: Actor) -> DomainPace:
    """Say how many messages a minute the mail servers of a domain get at most."""
    domain, at = domain.strip().lower().removeprefix("@"), now()

    refuse_if(objection_to_pace(domain, per_minute))

    pace, _is_new = DomainPace.objects.select_for_update().update_or_create(
        domain=domain,
        defaults={
            "per_minute": per_minute,
            "next_at": at,
            "changed_by_name": by.name,
            "changed_at": at,
        },
    )
    record(by, "pace.set", pace, details={"per_minute": per_minute})
    return pace


@transaction.atomic
def lift_domain_pace(pace: DomainPace, *, by: Actor) -> None:
    """Let messages to a domain leave as they come."""
    pace = DomainPace.objects.locked(pace.pk)
    record(by, "pace.lifted", pace)
    pace.delete()
