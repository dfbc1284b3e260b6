"""Who was invited to an activity, remembered for another one like it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, RefreshKind
from symposia.activities.taking_over import Mark, Takeable, register_part
from symposia.outreach.models import Invitation
from symposia.shared.actors import Actor


def take_invitations(source: Activity, _copy: Activity, _by: Actor) -> Sequence[Mark]:
    """Nobody is invited by a copy: once it is open, those who were are chosen by its number."""
    count = Invitation.objects.of(source).count()
    if not count:
        return []
    said = ngettext(
        "%(count)d person was invited to %(number)s: choose by that number once it is open",
        "%(count)d people were invited to %(number)s: choose by that number once it is open",
        count,
    ) % {"count": count, "number": source.number}
    return [Mark(RefreshKind.PEOPLE, said)]


def register_invitations() -> None:
    label = _("Invitation list")
    register_part(Takeable("invitations", label, take_invitations, 70, Permission.INVITE))
