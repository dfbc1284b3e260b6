"""What the letter to a guest says, and the link that opens one binder for one person."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from symposia.accounts.models import Organisation
from symposia.reporting.models import BinderInvitation
from symposia.shared.links import make_link
from symposia.shared.times import day_at

GUEST = "binder"


def guest_path(invitation: BinderInvitation, organisation: Organisation) -> str:
    """Where the guest reads, bound to the address that it went to."""
    token = make_link(GUEST, invitation.pk, organisation.code, sent_to=invitation.email)
    return reverse("guest_binder", args=[token])


def guest_values(invitation: BinderInvitation, organisation: Organisation) -> dict[str, str]:
    """What is filled into the message that invites a guest."""
    last_day = day_at(invitation.expires_at, organisation.zone)
    return {
        "organisation": organisation.name,
        "name": invitation.name,
        "binder": invitation.binder.title,
        "number": invitation.binder.number,
        "until": date_format(last_day, "j F Y"),
        "by": invitation.invited_by_name,
        "binder_link": settings.ORIGIN + guest_path(invitation, organisation),
    }
