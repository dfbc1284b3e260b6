"""Guests of a binder: invited by mail, for a while, looked after each time they open it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation
from symposia.audit.actions import record
from symposia.notifications.actions import queue_message
from symposia.reporting.binder_rules import objection_to_guest, objection_to_revoking_guest
from symposia.reporting.guest_letters import guest_values
from symposia.reporting.models import Binder, BinderInvitation, BinderOpening
from symposia.reporting.queries import last_edition
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def invite_reviewer(
    binder: Binder, name: str, email: str, expires_at: datetime, *, by: Actor
) -> BinderInvitation:
    """Let one person read one binder until a day, by a link of their own that goes by mail."""
    binder = Binder.objects.locked(binder.pk)
    at = now()
    same = BinderInvitation.objects.of(binder).filter(email__iexact=email.strip())
    standing = next((each for each in same if each.opens(at)), None)
    made = last_edition(binder) is not None

    refuse_if(objection_to_guest(name, expires_at, standing, at=at, made=made))

    invitation = BinderInvitation.objects.create(
        binder=binder,
        name=name.strip(),
        email=email.strip(),
        invited_at=at,
        invited_by_name=by.name,
        expires_at=expires_at,
    )
    organisation = this_organisation()
    queue_message(
        "reporting.reviewer",
        to_address=invitation.email,
        to_name=invitation.name,
        language=organisation.language,
        values=guest_values(invitation, organisation),
        about=(invitation._meta.label, invitation.pk),
        by=by,
    )
    details = {"binder": binder.number, "until": f"{expires_at:%F}"}
    record(by, "binder.guest_invited", invitation, details=details)
    return invitation


@transaction.atomic
def revoke_reviewer(invitation: BinderInvitation, *, by: Actor) -> BinderInvitation:
    """Close a guest's link at once."""
    invitation = BinderInvitation.objects.locked(invitation.pk)
    at = now()

    refuse_if(objection_to_revoking_guest(invitation, at=at))

    invitation.revoked_at, invitation.revoked_by_name = at, by.name
    invitation.save(update_fields=["revoked_at", "revoked_by_name"])
    record(by, "binder.guest_revoked", invitation)
    return invitation


@transaction.atomic
def note_binder_opening(invitation: BinderInvitation, what: str, *, by: Actor) -> BinderOpening:
    """Keep that a guest looked at a page or took a file, and when."""
    opening = BinderOpening.objects.create(invitation=invitation, what=what[:300])
    record(by, "binder.opened", opening, details={"guest": invitation.name, "what": what[:300]})
    return opening
