import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.letters import tell_of_support
from symposia.accounts.models import Membership, SupportView, User
from symposia.accounts.policies import objection_to_support
from symposia.accounts.queries import this_organisation
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class SupportFacts:
    """Why somebody wants to see what another person sees, and for how many minutes."""

    reason: str
    minutes: int


@transaction.atomic
def start_support(
    viewer: User, membership: Membership, facts: SupportFacts, *, factor: str, by: Actor
) -> SupportView:
    """Let somebody look as another person, for a time; the person is told at once."""
    person, at = membership.user, now()

    refuse_if(
        objection_to_support(
            viewer.pk, membership, reason=facts.reason, minutes=facts.minutes, factor=factor
        )
    )

    for running in SupportView.objects.running(at).filter(viewer=viewer):
        stop_support(running, by=by)
    view = SupportView.objects.create(
        viewer=viewer,
        person=person,
        reason=facts.reason.strip(),
        factor=factor,
        started_at=at,
        ends_at=at + timedelta(minutes=facts.minutes),
    )
    details = {"person": person.pk, "until": view.ends_at, "factor": factor}
    record(by, "support.started", view, reason=view.reason, details=details)
    tell_of_support(view, this_organisation(), by=by)
    return view


@transaction.atomic
def stop_support(view: SupportView, *, by: Actor) -> SupportView:
    """Look as oneself again; a second time changes nothing."""
    view = SupportView.objects.select_for_update(of=["self"]).with_people().get(pk=view.pk)
    if view.ended_at:
        return view

    view.ended_at = now()
    view.save(update_fields=["ended_at"])
    record(by, "support.stopped", view)
    return view


@transaction.atomic
def note_page_seen(view: SupportView, page: str, *, by: Actor) -> uuid.UUID:
    """Keep which page was looked at, before it is shown."""
    return record(by, "support.page_seen", view, details={"page": page[:300]}).pk
